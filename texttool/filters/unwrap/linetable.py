"""The lines of a text as columns: where they start and stop, how far they reach, what stands at their edges.

Only lines that hold ink have a row; the blank lines between two rows are counted.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from texttool.filters.unwrap import charclass

NEWLINE, RETURN, FEED = 10, 13, 12


_WIDE_IN_PRINT = (charclass.STOP, charclass.COMMA, charclass.COLON, charclass.OPEN, charclass.CLOSE)
_ROWS = ("begin", "start", "stop", "eol", "gap", "left", "right", "marks", "spaces")


def code_points(text: str) -> Any:
    """``uint32``: the code points of ``text``, lone surrogates included."""
    import numpy as np

    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


@dataclass(slots=True)
class Lines:
    """One row a line with ink. Offsets are code points, ``int32``; widths are columns of a fixed-pitch page."""

    codes: Any
    kinds: Any  # uint8: the class of each code point
    begin: Any  # where the line starts
    start: Any  # its first ink
    stop: Any  # behind its last ink
    eol: Any  # its line end: a newline, a return before one, or the end of the text
    gap: Any  # blank lines behind it
    left: Any  # columns of its indent
    right: Any  # columns up to its last ink
    marks: Any  # half-width marks in it that stand behind an ideograph
    spaces: Any  # spaces in it between two ideographs or their marks
    raw_begin: Any  # every line, blank ones too: where it starts
    raw_stop: Any  # behind its last ink (its start, if blank)
    raw_eol: Any

    def __len__(self) -> int:
        return len(self.start)

    def head(self, count: int) -> Lines:
        """The table of the first ``count`` rows; the columns of code points and of all lines stay whole."""
        rows = {name: getattr(self, name)[:count] for name in _ROWS}
        return replace(self, **rows)

    def numbers(self) -> Any:
        """The number of each row's line among all lines, from 0."""
        import numpy as np

        return np.searchsorted(self.raw_begin, self.begin)

    def first(self, skip: int = 0) -> Any:
        """``uint8``: the class of the ``skip``-th ink of each line; 0 behind its end."""
        return self._kind_at(self.start + skip)

    def last(self, skip: int = 0) -> Any:
        """``uint8``: the class of the ``skip``-th last ink of each line; 0 before its start."""
        return self._kind_at(self.stop - 1 - skip)

    def _kind_at(self, at: Any) -> Any:
        import numpy as np

        inside = (at >= self.start) & (at < self.stop)
        return np.where(inside, self.kinds[np.where(inside, at, self.start)], 0) if len(self) else self.start

    def count(self, wanted: Any) -> Any:
        """How often each line's ink holds what ``wanted`` (an array over the code points, booleans or small) counts."""
        return sums(wanted, self.start, self.stop)


def measure(codes: Any) -> Lines:
    """The table of a text given as code points (``uint32``)."""
    import numpy as np

    kinds = charclass.classes(codes)
    newline = np.flatnonzero(codes == NEWLINE).astype(np.int32)
    begin = np.append(np.int32(0), newline + 1)
    eol = np.append(newline, np.int32(len(codes)))
    if begin[-1] == len(codes):
        begin, eol = begin[:-1], eol[:-1]
    if len(codes):
        eol = eol - ((eol > begin) & (codes[np.maximum(eol, 1) - 1] == RETURN) & (eol < len(codes))).astype(np.int32)
    start, stop = _trimmed(kinds, begin, eol)
    ink = np.flatnonzero(start < stop)
    gap = np.diff(ink, append=len(begin)) - 1
    wide = _is_east_asian(kinds)
    columns = charclass.widths(codes, wide)
    left = _indents(columns, begin[ink], start[ink])
    right = left + sums(columns, start[ink], stop[ink])
    spaces = sums(_loose_spaces(codes, kinds), start[ink], stop[ink])
    marks = sums(_half_width_marks(codes, kinds), start[ink], stop[ink])
    return Lines(codes, kinds, begin[ink], start[ink], stop[ink], eol[ink], gap.astype(np.int32), left, right, marks,
                 spaces, begin, np.where(start < stop, stop, begin), eol)  # fmt: skip


def _half_width_marks(codes: Any, kinds: Any) -> Any:
    """Which code points are ASCII marks right behind an ideograph or kana: print sets them as wide as it."""
    import numpy as np

    marks = np.zeros(len(codes), bool)
    wide = (kinds == charclass.HAN) | (kinds == charclass.KANA)
    marks[1:] = (
        wide[:-1]
        & (codes[1:] < 0x80)
        & charclass.among(
            kinds[1:], (charclass.STOP, charclass.COMMA, charclass.COLON, charclass.OPEN, charclass.CLOSE)
        )
    )
    return marks


def _loose_spaces(codes: Any, kinds: Any) -> Any:
    """Which code points are single spaces between ideographs, kana or full-width marks."""
    import numpy as np

    wide = (kinds == charclass.HAN) | (kinds == charclass.KANA) | ((codes >= 0x3001) & (codes <= 0x3011))
    wide |= (codes >= 0xFF01) & (codes <= 0xFF1F)
    out = np.zeros(len(codes), bool)
    out[1:-1] = (codes[1:-1] == 0x20) & wide[:-2] & wide[2:]
    return out


def _is_east_asian(kinds: Any) -> bool:
    """Whether ambiguous widths are to be read as wide: one letter in five or more is an ideograph, kana or hangul.

    Counted on a sample of at most 64 Ki code points spread over the text.
    """
    import numpy as np

    counts = np.bincount(kinds[:: max(1, len(kinds) >> 16)], minlength=16)
    east, west = counts[charclass.HAN : charclass.HANGUL + 1].sum(), counts[charclass.LOWER] + counts[charclass.UPPER]
    return bool(east * 4 >= west and east)


def _trimmed(kinds: Any, begin: Any, eol: Any) -> tuple[Any, Any]:
    """Where each line's ink starts and stops; a blank line starts where it stops."""
    start, stop = begin.copy(), eol.copy()
    blank = kinds == charclass.SPACE
    _advance(blank, start, eol)
    _retreat(blank, start, stop)
    return start, stop


# Most indents and most trailing spaces are short: they are stepped over one by one, all lines at once. Longer runs are
# looked up among the places where white space starts and ends, so that time stays linear.
_STEPS = 4


def _advance(blank: Any, start: Any, eol: Any) -> None:
    import numpy as np

    rows = np.arange(len(start))
    for _ in range(_STEPS):
        rows = rows[start[rows] < eol[rows]]
        rows = rows[blank[start[rows]]]
        if not len(rows):
            return
        start[rows] += 1
    edges = np.flatnonzero(blank[1:] != blank[:-1]) + 1
    rows = rows[start[rows] < eol[rows]]
    rows = rows[blank[start[rows]]]
    found = np.append(edges, len(blank))[np.searchsorted(edges, start[rows], "right")]
    start[rows] = np.minimum(found, eol[rows])


def _retreat(blank: Any, start: Any, stop: Any) -> None:
    import numpy as np

    rows = np.flatnonzero(start < stop)
    for _ in range(_STEPS):
        rows = rows[blank[stop[rows] - 1]]
        if not len(rows):
            return
        stop[rows] -= 1
    rows = rows[blank[stop[rows] - 1]]
    edges = np.flatnonzero(blank[1:] != blank[:-1]) + 1
    stop[rows] = np.append(0, edges)[np.searchsorted(edges, stop[rows] - 1, "right")]


def _indents(columns: Any, begin: Any, start: Any) -> Any:
    """Columns before the ink of each line; most lines have none."""
    import numpy as np

    left = np.zeros(len(begin), np.int32)
    rows = np.flatnonzero(begin < start)
    left[rows] = sums(columns, begin[rows], start[rows])
    return left


def sums(values: Any, start: Any, stop: Any) -> Any:
    """``int32``: the sum of ``values[start:stop]`` for each pair; the spans ascend and are disjoint."""
    import numpy as np

    if not len(start) or not values.any():
        return np.zeros(len(start), np.int32)
    bounds = np.empty(2 * len(start), np.int64)
    bounds[::2], bounds[1::2] = start, stop
    padded = values if bounds[-1] < len(values) else np.append(values, values.dtype.type(0))
    total = np.add.reduceat(padded, bounds, dtype=np.int32)[::2]
    total[start >= stop] = 0
    return total
