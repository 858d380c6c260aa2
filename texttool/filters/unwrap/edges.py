"""What stands on both sides of each line break."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

import numpy as np

from texttool.filters.unwrap import charclass as m
from texttool.filters.unwrap.linetable import Lines

WIDE = (m.HAN, m.KANA)
EAST = (m.HAN, m.KANA, m.HANGUL)
LETTERS = (*EAST, m.LOWER, m.UPPER, m.DIGIT)
# Marks that belong to the word before them: they cannot begin a line where kinsoku is kept.
TRAILING = (m.STOP, m.COMMA, m.COLON, m.CLOSE)
# A longer token is an address or a rule across the page; it is cut where the line ends.
TOKEN_CHARS = 30
_NARROW = tuple(kind for kind in m.ALL if kind not in WIDE)
_BOTH_NARROW = m.pairs((_NARROW, _NARROW))
_WORD = (m.LOWER, m.UPPER, m.DIGIT)
_STOPS = (m.STOP, m.COLON)
_SHUT = (m.CLOSE, m.QUOTE, m.SPACE)
_FEW, _SMALL = 20, 1 << 14  # in a text of so many code points, so few tokens are read one by one
_PIECE = 1 << 14  # lines whose tokens are read at once
# What stays on the line of the character in front of it: all but spaces and what opens, behind ideographs only marks
# that cannot begin a line, and behind an opening mark anything.
_NOT_BOUND = (m.SPACE, m.OPEN, *WIDE)
BONDS = m.pairs(
    ((m.OPEN,), tuple(kind for kind in m.ALL if kind != m.SPACE)),
    (WIDE, TRAILING),
    (tuple(kind for kind in _NARROW if kind != m.OPEN), tuple(kind for kind in m.ALL if kind not in _NOT_BOUND)),
)
# Closing marks that may stand behind the mark that ends a sentence, with the spaces an OCR leaves among them.
_CLOSERS = 4


@dataclass(slots=True)
class Edges:
    """Row ``i`` is the break between lines ``i`` and ``i + 1`` of the table."""

    end: Any  # class of the last ink in front, closing marks skipped
    stop: Any  # whether that ends a sentence
    stops: Any  # or a colon stands there
    closed: Any  # whether closing marks were skipped
    last: Any  # class of the very last ink
    first: Any  # class of the first ink behind
    pair: Any  # both: sixteen times the last and the first
    head: Any  # columns of what could not be parted from the first ink behind
    letters: Any  # and in code points
    space: Any  # columns that a space between words would take in front of it: 1 or 0
    gap: Any  # blank lines between

    def before(self, count: int) -> Edges:
        """The edges of the first ``count`` breaks."""
        return Edges(*(getattr(self, field.name)[:count] for field in fields(self)))


def edges(table: Lines) -> Edges:
    """The edges of all breaks of ``table``."""
    end, closed = _ender(table)
    last, first = table.last[:-1], _opening(table)
    pair = last << 4 | first
    space = m.looked_up(pair, _BOTH_NARROW)
    if m.some(space):
        space = space & ~(_full_width(table.last_code[:-1]) | _full_width(table.first_code[1:]))
    head, letters = _head(table)
    end = end[:-1]
    return Edges(end, end == m.STOP, m.among(end, _STOPS), closed[:-1], last, first, pair, head, letters,
                 space.astype(np.int32), table.gap[:-1])  # fmt: skip


def _opening(table: Lines) -> Any:
    """The class of the first ink behind each break. A dot that a Latin letter or a digit follows ends no sentence, as
    in .profile, unless the line in front ends in one too, as a name that was cut does.
    """
    first = table.first[1:]
    rows = (table.first_code[1:] == 0x2E).nonzero()[0]
    if len(rows):
        second = table.kinds[np.minimum(table.start[rows + 1] + 1, table.stop[rows + 1] - 1)]
        named = m.among(second, _WORD) & ~(m.among(table.last[rows], _WORD) & (table.gap[rows] == 0))
        first = first.copy()
        first[rows[named]] = m.OTHER
    return first


def _full_width(codes: Any) -> Any:
    """Whether each code point is a mark of East Asian text that carries its own room: CJK and full-width forms."""
    return ((codes >= 0x3000) & (codes < 0x3100)) | ((codes >= 0xFE30) & (codes < 0xFF61))


def _ender(table: Lines) -> tuple[Any, Any]:
    """The class of each line's last ink with closing marks, quotes and spaces among them stepped over."""
    closed = m.among(table.last, _SHUT) & (table.stop - table.start > 1)
    rows = closed.nonzero()[0]
    if not len(rows):
        return table.last, closed
    end, at = table.last.copy(), table.stop[rows] - 1
    for _ in range(_CLOSERS):
        at -= 1
        kind = table.kinds[at]
        end[rows] = kind
        skipped = m.among(kind, _SHUT) & (at > table.start[rows])
        rows, at = rows[skipped], at[skipped]
        if not len(rows):
            break
    return end, closed


def _head(table: Lines) -> tuple[Any, Any]:
    """Columns and code points of each line's first token, but the first line's: a word or ideograph, and its marks.

    At most ``TOKEN_CHARS`` characters of each line are looked at.
    """
    start, stop = table.start[1:], table.stop[1:]
    width = m.widths(m.traits(table.first_code[1:]), True).astype(np.int32)
    letters = np.zeros(len(start), np.int32)
    second = table.kinds[np.minimum(start + 1, len(table.kinds) - 1)]
    longer = (m.paired(table.first[1:], second, BONDS) & (stop - start > 1)).nonzero()[0]
    if len(longer) <= _FEW and len(table.codes) < _SMALL:
        _lengthen(table, longer, width, letters)
        return width, letters + np.int32(1)
    reach = np.arange(TOKEN_CHARS + 1)
    for at in range(0, len(longer), _PIECE):
        rows = longer[at : at + _PIECE]
        places = start[rows][:, None] + reach
        traits = m.traits(table.codes.take(places, mode="clip"))
        kinds = m.classes(traits)
        inside = m.paired(kinds[:, :-1], kinds[:, 1:], BONDS).reshape(len(rows), -1) & (
            places[:, 1:] < stop[rows][:, None]
        )
        inside[:, -1] = False
        bound = inside.argmin(axis=1)
        letters[rows] += bound
        width[rows] += (m.widths(traits, True) * ((reach > 0) & (reach <= bound[:, None]))).sum(axis=1, dtype=np.int32)
    letters += 1
    return width, letters


def _lengthen(table: Lines, rows: Any, width: Any, letters: Any) -> None:
    """Adds to the tokens of a few ``rows`` what is bound to their first characters."""
    if not len(rows):
        return
    bonds = (table.kinds[:-1] << 4 | table.kinds[1:]).tobytes().translate(BONDS)
    columns = m.widths(m.traits(table.codes), True).tobytes()
    spans = table.start[1:][rows].tolist(), table.stop[1:][rows].tolist()
    for row, start, stop in zip(rows.tolist(), *spans, strict=True):
        most = min(stop, start + TOKEN_CHARS) - 1
        last = bonds.find(0, start, most)
        last = most if last < 0 else last
        letters[row] = last - start
        width[row] += sum(columns[start + 1 : last + 1])
