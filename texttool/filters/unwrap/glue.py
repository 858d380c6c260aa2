"""What stands at a join: nothing, a space, or nothing in place of a hyphen."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from texttool.filters.unwrap import bits
from texttool.filters.unwrap import charclass as m
from texttool.filters.unwrap.edges import EAST, LETTERS, WIDE, Edges
from texttool.filters.unwrap.fit import Fit
from texttool.filters.unwrap.hyphens import gone
from texttool.filters.unwrap.linetable import BLANK, NEWLINE, Lines
from texttool.filters.unwrap.wordcuts import cut_anywhere, stood

NOTHING, SPACE, DEHYPHEN = range(3)
_CASED = (m.LOWER, m.UPPER)
_LATIN = (*_CASED, m.DIGIT)
_WORDS = (*_CASED, m.HANGUL)
_LETTERS_OF_WORDS = m.kinds(*EAST, *_CASED)
_SIGN = m.kinds(m.OTHER, m.HYPHEN, m.QUOTE)  # of code, paths, options: they belong to the word beside them
_SKIPPED = m.kinds(*(kind for kind in m.ALL if kind not in (*EAST, *_LATIN, m.SPACE)))
_ENDING = (m.COMMA, m.STOP, m.COLON, m.CLOSE)
_ENDS, _HAS_CASE, _IS_LATIN = m.kinds(*_ENDING), m.kinds(*_CASED), m.kinds(*_LATIN)
_WIDE, _LETTER, _HYPHEN = m.kinds(*WIDE), m.kinds(*LETTERS), m.kinds(m.HYPHEN)
_ANY_LATIN = m.pairs((_LATIN, m.ALL), (m.ALL, _LATIN))
_MARK_LETTER = m.pairs((_ENDING, LETTERS))
_NEVER_SPACED = m.pairs((m.ALL, _ENDING), ((m.OPEN,), m.ALL))
_DIGITS = m.pairs(((m.DIGIT,), (m.DIGIT,)))
_KOREAN = m.pairs(((m.HANGUL,), _WORDS), (_WORDS, (m.HANGUL,)))
_LOWERS = m.pairs(((m.LOWER,), (m.LOWER,)))
_MIXED = m.pairs((WIDE, _CASED), (_CASED, WIDE))
# Marks that some texts part from letters by a space: those that open, from what is before, and those that close.
_PARTED = {-1: tuple(map(ord, "([“‘")), 1: tuple(map(ord, ")]”’"))}
_OUTSIDE = m.pairs((WIDE, (m.OPEN,)), ((m.CLOSE,), WIDE))
_SPACED_QUOTES = (" “", "” ", " ‘", "’ ")
_SIGNS_INSIDE = tuple(map(ord, "@_="))
_SIGNS_BEFORE = tuple(map(ord, "#~$"))
# What a path, an address or a home goes on from with a slash.
_PATH = re.compile(r"(?:/[\w.*~+-]*|[~:])\Z")
_PATHS = re.compile(r"/[\w.*~+-]* [\w./*~+-]*\Z")
_ENCLOSED = re.compile(r"[^\s<>]+>")
_LONGEST = 80  # code points of a token that are looked at


@dataclass(slots=True)
class _Seams:
    """The breaks, undone all, at which more than nothing may stand: a row each."""

    rows: Any  # the break
    stop: Any  # behind the last ink in front
    start: Any  # the first ink behind
    last: Any  # classes and code points of both
    first: Any
    last_code: Any
    first_code: Any
    second: Any  # class of the ink before the last; 0 where the line has no other
    space: Any  # a space between words belongs there, by the classes of both


class Glue(NamedTuple):
    """Sets of breaks, see `bits`: where a space is put, and where a hyphen goes. Nothing stands at other joins."""

    space: int
    dehyphen: int


def glue(text: str, table: Lines, e: Edges, f: Fit, join: int) -> Glue:
    """The glue of the breaks that ``join`` undoes."""
    if not table.spaced and not join & (e.spaced | e.last.rows(_HYPHEN)):
        return Glue(0, 0)  # a text without spaces has no habit of them
    rows = _seamed(table, e, join)
    if not len(rows):
        return Glue(0, 0)
    seams = _seams(table, e, rows)
    out = np.zeros(len(e), np.uint8)
    space = _spaced(table, seams)
    out[rows[space]] = SPACE
    hyphen = (seams.last == m.HYPHEN) & m.among(seams.second, _HAS_CASE) & m.among(seams.first, _HAS_CASE)
    if m.some(hyphen):
        cut = rows[hyphen]
        spans = zip(table.stop[cut].tolist(), table.start[cut + 1].tolist(), strict=True)
        out[cut] = np.where(gone(text, spans, join.bit_count()), DEHYPHEN, NOTHING)
    if m.some(space) and len(cut := _cut_words(table, seams, f, space)):
        spans = zip(table.stop[cut].tolist(), table.start[cut + 1].tolist(), strict=True)
        out[cut] = np.where(stood(text, list(spans)), SPACE, NOTHING)
    return Glue(bits.of(out == SPACE), bits.of(out == DEHYPHEN))


def _seamed(table: Lines, e: Edges, join: int) -> Any:
    """The joins where a space may belong between words, or ASCII or a Latin letter or digit of any width stands; and
    those outside of quotation marks, where the text ever has a space there.
    """
    ascii_ = bits.of(np.minimum(table.last_code[:-1], table.first_code[1:]) < 0x80)
    quotes = e.pair.rows(_OUTSIDE) if any(map(table.text.__contains__, _SPACED_QUOTES)) else 0
    return bits.places(join & (e.spaced | ascii_ | quotes | e.pair.rows(_ANY_LATIN)), len(e))


def _seams(table: Lines, e: Edges, rows: Any) -> _Seams:
    last_code, first_code = table.last_code[:-1], table.first_code[1:]
    stop, start = table.stop[rows], table.start[rows + 1]
    second = table.kinds[stop - 2] * (stop - table.start[rows] > 1)
    last, first = e.last.values[rows], e.first.values[rows]
    return _Seams(rows, stop, start, last, first, last_code[rows], first_code[rows], second,
                  bits.flags(e.spaced, len(e))[rows])  # fmt: skip


def _spaced(table: Lines, s: _Seams) -> Any:
    """Whether a space belongs to each seam, by the characters on both sides and the text's habit."""
    if not table.spaced and not m.some(s.space):
        return s.space  # a text without spaces has no habit of them
    before = _side(table, s.stop - 1, -1, table.start[s.rows])
    behind = _side(table, s.start, 1, table.stop[s.rows + 1])
    pair = s.last << 4 | s.first
    space = s.space & ~m.among(before, _WIDE) & ~m.among(behind, _WIDE)
    mark = (s.last_code < 0x80) & m.among(pair, _MARK_LETTER)
    mark &= ~(m.among(s.second, _WIDE) & m.among(s.first, _WIDE))
    if m.some(mark) and _spaces_marks(table):
        space |= mark
    latin_last = m.among(s.last, _IS_LATIN) | (
        (s.last_code < 0x80) & m.among(s.last, _SIGN) & m.among(before, _IS_LATIN)
    )
    latin_first = m.among(s.first, _IS_LATIN) | (
        (s.first_code < 0x80) & m.among(s.first, _SIGN) & m.among(behind, _IS_LATIN)
    )
    mixed = (m.among(s.last, _WIDE) & latin_first) | (latin_last & m.among(s.first, _WIDE))
    if m.some(mixed) and _spaces_scripts(table):
        space |= mixed
    east = _is_east(table)
    space = _by_habit(table, s, space, (_WIDE, _IS_LATIN) if east else (_WIDE,))
    if not m.some(space):
        return space
    space &= ~m.among(pair, _NEVER_SPACED) & ~_of_one_token(table, s, east=east)
    if east:
        space &= ~m.among(pair, _DIGITS)
        space &= ~((s.last == m.DIGIT) & (s.first_code == ord("%")))  # of the number: UAX #14, class PO
    space &= ~((s.last_code == ord(".")) & (s.second == m.DIGIT) & (s.first == m.DIGIT))
    return space & ~((s.last_code == ord("/")) & m.among(s.first, _LETTER))


def _by_habit(table: Lines, s: _Seams, space: Any, scripts: tuple[Any, ...]) -> Any:
    """``space``, but where a mark opens or closes beside a letter as the text has it in its lines, if it has it there.

    Some set a space outside of brackets and quotation marks and others none; so do some programs beside ideographs.
    ``scripts`` are those that lines are cut in at any character: beside others there was a space, or no cut.
    """
    for codes, kinds, ahead in ((s.first_code, s.last, -1), (s.last_code, s.first, 1)):
        for code in _PARTED[ahead]:
            here = codes == code
            if not m.some(here):
                continue
            for script in scripts:
                rows = here & m.among(kinds, script)
                if m.some(rows) and (habit := _habit(table, code, script, ahead)):
                    space = np.where(rows, habit > 0, space)
    return space


def _habit(table: Lines, code: int, script: Any, ahead: int) -> int:
    """How much oftener a space stands than nothing between a mark and a letter of ``script`` ``ahead`` of it."""
    kinds, last = table.kinds, len(table.kinds) - 1
    at = (table.codes == code).nonzero()[0] + ahead
    at = at[(at >= 1) & (at < last)]
    blank = kinds[at] == m.SPACE
    beyond = at[blank & (table.codes[at] != NEWLINE)] + ahead
    return m.count(m.among(kinds[beyond], script)) - m.count(m.among(kinds[at[~blank]], script))


def _of_one_token(table: Lines, s: _Seams, *, east: bool) -> Any:
    """Whether a name, an address or a setting was cut in front of a sign or behind one: at no space, then.

    ``east``: lines are cut at any character. Elsewhere only slashes and equals signs are cut at.
    """
    out = (s.last_code == ord("=")) & m.among(s.second, _IS_LATIN)
    if east:
        ahead = table.kinds[np.minimum(s.start + 1, table.stop[s.rows + 1] - 1)]
        out |= np.isin(s.first_code, _SIGNS_INSIDE) & m.among(ahead, _LETTER) & m.among(s.last, _IS_LATIN)
        out |= np.isin(s.last_code, _SIGNS_BEFORE) & m.among(s.first, _IS_LATIN) & ~m.among(s.second, _IS_LATIN)
    for row in ((s.first_code == ord("/")) | (s.last_code == ord("<"))).nonzero()[0].tolist():
        out[row] |= _is_address(table, s, row)
    return out


def _is_address(table: Lines, s: _Seams, row: int) -> bool:
    """Whether a path goes on at its slash, and is not one of several in a row; or an address stands between < and >."""
    stop, start = int(s.stop[row]), int(s.start[row])
    if table.text[stop - 1] == "<":
        return _ENCLOSED.match(table.text, start) is not None
    begin = max(int(table.start[s.rows[row]]), stop - _LONGEST)
    return _PATH.search(table.text, begin, stop) is not None and not _PATHS.search(table.text, begin, stop)


def _cut_words(table: Lines, s: _Seams, f: Fit, space: Any) -> Any:
    """The joins that may be within a word: between letters of scripts with spaces, in lines cut at any character."""
    pair, out = s.last << 4 | s.first, []
    scripts = (_KOREAN, _LOWERS) if _is_east(table) else (_KOREAN,)
    for script in scripts:
        rows = s.rows[space & m.among(pair, script)]
        if cut_anywhere(f, rows):
            out.append(rows)
    return np.sort(np.concatenate(out)) if out else np.zeros(0, np.int64)


def _spaces_marks(table: Lines) -> bool:
    """Whether this text puts a space behind half-width marks more often than not."""
    if not table.spaced:
        return False
    at = (m.among(table.kinds[:-1], _ENDS) & (table.codes[:-1] < 0x80)).nonzero()[0] + 1
    spaced, direct = table.codes[at] == BLANK, m.among(table.kinds[at], _LETTERS_OF_WORDS)
    return m.count(spaced) > m.count(direct)


def _side(table: Lines, at: Any, step: int, edge: Any) -> Any:
    """The class of the ink at each place, marks skipped from there by ``step`` up to the line's ``edge``: the script
    that the line is written in there.
    """
    kinds = table.kinds[at]
    rows = m.among(kinds, _SKIPPED).nonzero()[0]
    for _ in range(3):
        at = at + step
        rows = rows[(at[rows] < edge[rows]) if step > 0 else (at[rows] >= edge[rows])]
        if not len(rows):
            break
        kinds[rows] = table.kinds[at[rows]]
        rows = rows[m.among(kinds[rows], _SKIPPED)]
    return kinds


def _is_east(table: Lines) -> bool:
    """Whether the text is in ideographs or kana for a fifth or more: there, programs cut lines at any character."""
    east, west = (sum(table.scripts[kind] for kind in kinds) for kinds in (WIDE, _CASED))
    return east * 4 >= west


def _spaces_scripts(table: Lines) -> bool:
    """Whether this text puts a space between an ideograph and a Latin letter more often than not."""
    if not table.spaced:
        return False
    kinds = table.kinds
    direct = m.count(m.paired(kinds[:-1], kinds[1:], _MIXED))
    spaces = m.paired(kinds[:-2], kinds[2:], _MIXED)
    spaces = spaces & (kinds[1:-1] == m.SPACE) & (table.codes[1:-1] != NEWLINE)
    return m.count(spaces) > direct
