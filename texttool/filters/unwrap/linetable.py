"""The lines of a text as columns: where they start and stop, how far they reach, what stands at their edges.

Only lines that hold ink have a row; the blank lines between two rows are counted.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from texttool.filters.unwrap import bits, charclass

NEWLINE, RETURN, TAB, BLANK = 10, 13, 9, 0x20

_NEWLINE = np.array(NEWLINE, np.uint32)
ONE = {offset: np.array(1, offset) for offset in (np.intp, np.int32)}
_ROWS = ("begin", "start", "stop", "eol", "gap", "left", "right", "number",
         "first", "last", "first_trait", "first_code", "last_code")  # fmt: skip
_SAMPLE = 1 << 16  # code points from which the scripts of a text are told
_SUMMED = 1 << 16  # code points whose running sum is made at once
_SPARSE = 16  # code points: to look one place up takes as long as to sum up so many
_SMALL = 1 << 16  # code points: below, offsets are of the type that numpy indexes with, and need no conversion


def code_points(text: str) -> Any:
    """``uint32``: the code points of ``text``, lone surrogates included."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


@dataclass(slots=True)
class Lines:
    """One row a line with ink. Widths are columns of a fixed-pitch page; offsets are code points, ``int32`` or, in a
    small text, ``intp``.
    """

    text: str
    codes: Any
    kinds: Any  # uint8: the class of each code point
    begin: Any  # where the line starts
    start: Any  # its first ink
    stop: Any  # behind its last ink
    eol: Any  # its line end: a newline, a return before one, or the end of the text
    gap: Any  # blank lines behind it
    left: Any  # columns of its indent
    right: Any  # columns up to its last ink
    number: Any  # the number of its line among all lines, from 0
    first: Any  # uint8: the class of its first ink
    last: Any  # uint8: the class of its last ink
    first_trait: Any  # uint8: class and widths of its first ink
    first_code: Any  # and the code points
    last_code: Any
    longer: int  # the lines of more than one code point of ink
    raw_begin: Any  # every line, blank ones too: where it starts
    raw_stop: Any  # behind its last ink (its start, if blank)
    raw_eol: Any
    flush: bool  # no line is indented
    spaced: bool  # there is white space other than newlines
    scripts: list[int]  # how many of a sample of code points, spread over the text, are of each class
    code: int | None = None  # the lines that look like lines of a program, once they have been asked for

    def __len__(self) -> int:
        return len(self.start)

    def count(self, kind: int) -> int:
        """How many code points of the text are of the class ``kind``."""
        whole = len(self.kinds) < 2 * _SAMPLE  # then the sample is the text
        return self.scripts[kind] if whole else charclass.count(self.kinds == kind)

    def lacks(self, kind: int) -> bool:
        """Whether the text is known to have no code point of the class ``kind``: told of small ones."""
        return not self.scripts[kind] and len(self.kinds) < 2 * _SAMPLE

    def head(self, count: int) -> Lines:
        """The table of the first ``count`` rows; the columns of code points and of all lines stay whole."""
        rows = {name: getattr(self, name)[:count] for name in _ROWS}
        return replace(self, **rows, longer=self.longer & bits.all_of(count), code=None)


def measure(text: str, codes: Any) -> Lines:
    """The table of a text, given as code points (``uint32``) too."""
    traits = charclass.traits(codes)
    kinds = charclass.classes(traits)
    begin, eol, newlines = _lines(text, codes)
    step = max(1, len(kinds) // _SAMPLE)
    scripts = np.bincount(kinds[::step], minlength=16).tolist()
    blanks = scripts[charclass.SPACE] if step == 1 else charclass.count(kinds == charclass.SPACE)
    spaced = blanks > newlines
    start, stop = _trimmed(kinds == charclass.SPACE, begin, eol) if spaced else (begin, eol)
    raw_begin, raw_eol, raw_stop = begin, eol, stop
    inked = start < stop
    number = inked.nonzero()[0]
    if len(number) < len(begin):
        if spaced:
            raw_stop = np.where(inked, stop, begin)
            begin, start, stop, eol = (column[number] for column in (begin, start, stop, eol))
        else:
            start, stop = begin, eol = begin[number], eol[number]
    left, right = _reach(charclass.widths(traits, _is_east_asian(scripts)), begin, start, stop, spaced)
    last, first = stop - ONE[stop.dtype.type], traits[start]
    return Lines(
        text, codes, kinds, begin, start, stop, eol, _gaps(number, len(raw_begin)), left, right,
        number,
        charclass.classes(first), kinds[last], first, codes[start], codes[last], bits.of(start < last),
        raw_begin, raw_stop, raw_eol, not (spaced and left.any()), spaced, scripts,
    )  # fmt: skip


def _reach(widths: Any, begin: Any, start: Any, stop: Any, spaced: bool) -> tuple[Any, Any]:
    """``int32``, columns: the indent of each line, and how far its ink reaches."""
    if not spaced:  # what stands between two lines takes no room
        return np.zeros(len(start), np.int32), np.add.reduceat(widths, begin, dtype=np.int32)
    front, indent, reach = _sums_before(widths, begin, start, stop)
    return indent - front, reach - front


def _lines(text: str, codes: Any) -> tuple[Any, Any, int]:
    """Where each line starts, and where it ends: at a newline, a return before one, or the end of the text.

    And how many newlines there are.
    """
    newline = (codes == _NEWLINE).nonzero()[0]
    offset: Any = np.intp if len(codes) < _SMALL else np.int32
    ends = np.empty(len(newline) + 2, offset)
    ends[0], ends[1:-1], ends[-1] = -1, newline, len(codes)
    begin, eol = ends[:-1] + ONE[offset], ends[1:]
    if begin[-1] == len(codes):
        begin, eol = begin[:-1], eol[:-1]
    if "\r" in text:
        eol = eol - ((eol > begin) & (codes[np.maximum(eol, 1) - 1] == RETURN) & (eol < len(codes)))
    return begin, eol, len(newline)


def _gaps(number: Any, lines: int) -> Any:
    """``int32``: blank lines behind each line with ink."""
    if not 0 < len(number) < lines:
        return np.zeros(len(number), np.int32)
    gap = np.empty(len(number), np.int32)
    gap[:-1] = number[1:] - number[:-1]
    gap[-1] = lines - number[-1]
    gap -= 1
    return gap


def _is_east_asian(scripts: list[int]) -> bool:
    """Whether ambiguous widths are to be read as wide: one letter in five or more is an ideograph, kana or hangul."""
    east, west = sum(scripts[charclass.HAN : charclass.HANGUL + 1]), scripts[charclass.LOWER] + scripts[charclass.UPPER]
    return east * 4 >= west and east > 0


def _trimmed(blank: Any, begin: Any, eol: Any) -> tuple[Any, Any]:
    """Where each line's ink starts and stops; a blank line starts where it stops. ``blank``: where white space is."""
    start, stop = begin.copy(), eol.copy()
    _advance(blank, start, eol)
    _retreat(blank, start, stop)
    return start, stop


# Most indents and most trailing spaces are short: they are stepped over one by one, all lines at once. Longer runs are
# looked up among the places where white space starts and ends, so that time stays linear.
_STEPS = 4


def _advance(blank: Any, start: Any, eol: Any) -> None:
    rows = (blank[start] & (start < eol)).nonzero()[0]
    for _ in range(_STEPS):
        if not len(rows):
            return
        start[rows] += 1
        rows = rows[start[rows] < eol[rows]]
        rows = rows[blank[start[rows]]]
    if len(rows):
        edges = np.append((blank[1:] != blank[:-1]).nonzero()[0] + 1, len(blank))
        start[rows] = np.minimum(edges[edges[:-1].searchsorted(start[rows], "right")], eol[rows])


def _retreat(blank: Any, start: Any, stop: Any) -> None:
    rows = ((start < stop) & blank[stop - 1]).nonzero()[0]
    for _ in range(_STEPS):
        if not len(rows):
            return
        stop[rows] -= 1
        rows = rows[blank[stop[rows] - 1]]
    if len(rows):
        edges = np.append(0, (blank[1:] != blank[:-1]).nonzero()[0] + 1)
        stop[rows] = edges[edges[1:].searchsorted(stop[rows] - 1, "right")]


def _sums_before(values: Any, *places: Any) -> list[Any]:
    """``int32``, for each of the columns of ascending ``places``: the sum of all ``values`` before each place."""
    if len(values) <= _SUMMED:
        total = _running(values, 0)
        return [total[column] for column in places]
    sums_ = [np.empty(len(column), np.int32) for column in places]
    edges = np.arange(_SUMMED, len(values), _SUMMED)
    cuts = [[0, *column.searchsorted(edges).tolist(), len(column)] for column in places]
    before = 0
    for i, base in enumerate(range(0, len(values), _SUMMED)):
        total = _running(values[base : base + _SUMMED], before)
        for column, made, cut in zip(places, sums_, cuts, strict=True):
            rows = slice(cut[i], cut[i + 1])
            made[rows] = total[column[rows] - base]
        before = int(total[-1])
    return sums_


def _running(values: Any, before: int) -> Any:
    """``int32``, one entry more than ``values``: the sum of all before each, and ``before``."""
    total = np.empty(len(values) + 1, np.int32)
    total[0], total[1:] = before, values
    np.add.accumulate(total, out=total)
    return total


def sums(values: Any, start: Any, stop: Any) -> Any:
    """``int32``: how many of ``values[start:stop]`` (``bool``) are true, for spans that ascend and are disjoint.

    Few are looked up among the spans; of many the whole text is summed up.
    """
    if charclass.count(values) * _SPARSE > len(values):
        before, until = _sums_before(values, start, stop)
        return until - before
    places = values.nonzero()[0]
    rows = start.searchsorted(places, "right") - 1
    inside = (rows >= 0) & (places < stop[rows])
    return np.bincount(rows[inside], minlength=len(start)).astype(np.int32)
