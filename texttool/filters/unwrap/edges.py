"""What stands on both sides of each line break."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache, lru_cache
from typing import Any

import numpy as np

from texttool.filters.unwrap import bits
from texttool.filters.unwrap import charclass as m
from texttool.filters.unwrap.linetable import ONE, Lines, code_points

WIDE = (m.HAN, m.KANA)
EAST = (m.HAN, m.KANA, m.HANGUL)
LETTERS = (*EAST, m.LOWER, m.UPPER, m.DIGIT)
# Marks that belong to the word before them: they cannot begin a line where kinsoku is kept.
TRAILING = (m.STOP, m.COMMA, m.COLON, m.CLOSE)
HANG = 4  # columns: two full-width marks
FULL_WIDTH = 0x2010  # from here on marks are as wide as ideographs in East Asian text
# A longer token is an address or a rule across the page; it is cut where the line ends.
TOKEN_CHARS = 30
_NARROW = tuple(kind for kind in m.ALL if kind not in WIDE)
_BOTH_NARROW = m.pairs((_NARROW, _NARROW))
_WORD = m.kinds(m.LOWER, m.UPPER, m.DIGIT)
_STOP = m.kinds(m.STOP)
_STOPS = m.kinds(m.STOP, m.COLON)
_TRAILING = m.kinds(*TRAILING)
_SHUT = m.kinds(m.CLOSE, m.QUOTE, m.SPACE)
_FEW, _SMALL = 48, 1 << 14  # in a text of so many code points, so few tokens are read one by one
_PIECE = 1 << 14  # lines whose tokens are read at once
# What stays on the line of the character in front of it: all but spaces and what opens, behind ideographs only marks
# that cannot begin a line, and behind an opening mark anything.
_NOT_BOUND = (m.SPACE, m.OPEN, *WIDE)
BONDS = m.pairs(
    ((m.OPEN,), tuple(kind for kind in m.ALL if kind != m.SPACE)),
    (WIDE, TRAILING),
    (tuple(kind for kind in _NARROW if kind != m.OPEN), tuple(kind for kind in m.ALL if kind not in _NOT_BOUND)),
)
_HALF, _TWO, _FULL_WIDTH = np.array(4, np.uint8), np.array(2, np.int32), np.array(FULL_WIDTH, np.uint32)
_ONES = np.ones(1 << 8, np.int32)
_REACH = np.arange(TOKEN_CHARS + 1)
# Closing marks that may stand behind the mark that ends a sentence, with the spaces an OCR leaves among them.
_CLOSERS = 4


@dataclass(slots=True)
class Edges:
    """Row ``i`` is the break between lines ``i`` and ``i + 1`` of the table; sets of them are integers, see `bits`."""

    end: m.Column  # class of the last ink in front, closing marks skipped
    stop: int  # where that ends a sentence
    stops: int  # or a colon stands there
    closed: int  # where closing marks were skipped
    last: m.Column  # class of the very last ink
    first: m.Column  # class of the first ink behind
    pair: m.Column  # both: sixteen times the last and the first
    head: Any  # columns of what could not be parted from the first ink behind
    letters: Any  # and in code points
    spaced: int  # where a space between words would stand in front of it
    gap: bits.Column  # blank lines between

    def __len__(self) -> int:
        return len(self.head)

    def before(self, count: int) -> Edges:
        """The edges of the first ``count`` breaks."""
        every = bits.all_of(count)

        def some(of: Any) -> Any:
            if isinstance(of, int):
                return of & every
            return type(of)(of.values[:count]) if isinstance(of, (bits.Column, m.Column)) else of[:count]

        return Edges(*(some(getattr(self, field.name)) for field in fields(self)))

    def with_space(self, columns: Any) -> Any:
        """``columns`` (``int32`` a break), and the space between words."""
        return columns + bits.flags(self.spaced, len(self)) if self.spaced else columns


def edges(table: Lines) -> Edges:
    """The edges of all breaks of ``table``."""
    ends, closed = _ender(table)
    last, first = table.last[:-1], _opening(table)
    end, pair = m.Column(ends[:-1]), m.Column(last << _HALF | first)
    spaced = pair.rows(_BOTH_NARROW)
    if spaced:
        spaced &= ~bits.of(_full_width(table.last_code[:-1]) | _full_width(table.first_code[1:]))
    head, letters = _head(table)
    gap = bits.Column(table.gap[:-1], len(table.raw_begin))
    return Edges(end, end.rows(_STOP), end.rows(_STOPS), closed & bits.all_of(len(last)),
                 m.Column(last), m.Column(first), pair, head, letters, spaced, gap)  # fmt: skip


def _opening(table: Lines) -> Any:
    """The class of the first ink behind each break. A dot that a Latin letter or a digit follows ends no sentence, as
    in .profile, unless the line in front ends in one too, as a name that was cut does.
    """
    first = table.first[1:]
    if m.STOP not in first.tobytes():
        return first
    rows = (table.first_code[1:] == 0x2E).nonzero()[0]
    if len(rows):
        second = table.kinds[np.minimum(table.start[rows + 1] + 1, table.stop[rows + 1] - 1)]
        named = m.among(second, _WORD) & ~(m.among(table.last[rows], _WORD) & (table.gap[rows] == 0))
        first = first.copy()
        first[rows[named]] = m.OTHER
    return first


def _full_width(codes: Any) -> Any:
    """Whether each code point is a mark of East Asian text that carries its own room: CJK and full-width forms."""
    return _full_widths().take(codes, mode="clip")


@cache
def _full_widths() -> Any:
    """``bool[0xFF62]``; the last entry stands for all code points above."""
    table = np.zeros(0xFF62, bool)
    table[0x3000:0x3100] = table[0xFE30:0xFF61] = True
    return table


def _ender(table: Lines) -> tuple[Any, int]:
    """The class of each line's last ink with closing marks, quotes and spaces among them stepped over; and where."""
    closed = m.rows(table.last, _SHUT) & table.longer
    if not closed:
        return table.last, closed
    rows = bits.places(closed, len(table))
    end, at = table.last.copy(), table.stop[rows] - 1
    for _ in range(_CLOSERS):
        at -= 1
        kind = table.kinds[at]
        end[rows] = kind
        skipped = m.among(kind, _SHUT)
        if not m.some(skipped):
            break
        skipped = skipped & (at > table.start[rows])
        rows, at = rows[skipped], at[skipped]
        if not len(rows):
            break
    return end, closed


def hanging(table: Lines) -> Any:
    """Columns of up to two full-width marks at each line's end: they may hang over the margin."""
    columns = np.zeros(len(table), np.int32)
    rows = (m.among(table.last, _TRAILING) & (table.last_code >= _FULL_WIDTH)).nonzero()[0]
    if table.longer != bits.all_of(len(table)):
        rows = rows[table.start[rows] < table.stop[rows] - 1]
    if not len(rows):
        return columns
    columns[rows] = _TWO
    at = table.stop[rows] - _TWO
    again = m.among(table.kinds[at], _TRAILING)
    if m.some(again):
        again = again & (at > table.start[rows]) & (table.codes[at] >= FULL_WIDTH)
        columns[rows[again]] = HANG
    return columns


def _head(table: Lines) -> tuple[Any, Any]:
    """Columns and code points of each line's first token, but the first line's: a word or ideograph, and its marks.

    At most ``TOKEN_CHARS`` characters of each line are looked at.
    """
    start, stop = table.start[1:], table.stop[1:]
    width = m.columns(table.first_trait[1:])
    letters = _ONES[: len(start)].copy() if len(start) < len(_ONES) else np.ones(len(start), np.int32)
    second = table.kinds.take(start + ONE[start.dtype.type], mode="clip")
    longer = m.rows(table.first[1:] << _HALF | second, BONDS) & table.longer >> 1
    if not longer:
        return width, letters
    rows = bits.places(longer, len(start))
    lengthen = _lengthen_few if len(rows) <= _FEW and len(table.codes) < _SMALL else _lengthen
    for at in range(0, len(rows), _PIECE):
        lengthen(table, start, stop, rows[at : at + _PIECE], width, letters)
    return width, letters


def _lengthen(table: Lines, start: Any, stop: Any, rows: Any, width: Any, letters: Any) -> None:
    """Adds to the tokens of ``rows`` what is bound to their first characters."""
    places = start[rows][:, None] + _REACH
    traits = m.traits(table.codes.take(places, mode="clip"))
    kinds = m.classes(traits)
    inside = m.paired(kinds[:, :-1], kinds[:, 1:], BONDS).reshape(len(rows), -1) & (places[:, 1:] < stop[rows][:, None])
    inside[:, -1] = False
    bound = inside.argmin(axis=1)
    letters[rows] += bound
    ends = m.widths(traits, True).cumsum(axis=1, dtype=np.int32)
    width[rows] = ends[np.arange(len(rows)), bound]


def _lengthen_few(table: Lines, start: Any, stop: Any, rows: Any, width: Any, letters: Any) -> None:
    """The same, one by one: most have two characters, so that few are looked at."""
    text, kinds, bound = table.text, table.kinds.tobytes(), BONDS.flags
    tokens: list[str] = []
    for first, end in zip(start[rows].tolist(), stop[rows].tolist(), strict=True):
        at, last = first, (end if end - first < TOKEN_CHARS else first + TOKEN_CHARS) - 1
        while at < last and bound[kinds[at] << 4 | kinds[at + 1]]:
            at += 1
        tokens.append(text[first : at + 1])
    letters[rows], width[rows] = list(map(len, tokens)), list(map(_columns, tokens))


@lru_cache(maxsize=1 << 12)
def _columns(token: str) -> int:
    """The columns of a token: an ideograph with its comma stands at the beginning of many lines."""
    return sum(m.widths(m.traits(code_points(token)), True).tobytes())
