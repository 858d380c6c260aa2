"""Edits by numpy: the same answers as ``Edits`` gives, for many edits at once.

Edits that an analysis made as numpy arrays are many; where they are, each operation here is a few passes over the
columns. Nothing but ``Edits.columns`` makes them, so numpy is loaded already.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable
from operator import eq
from typing import Any

import numpy as np

from texttool.codepoints import narrowest
from texttool.edits import Edits

# One edit costs plain Python as much as so many characters cost the passes over the whole text.
_CHARS_PER_EDIT = 64


class Columns(Edits):
    """Edits whose columns numpy works on. All offsets are code points."""

    __slots__ = ("_read",)

    few = 512  # places: numpy, which is there, has to go over all the edits first
    _read: tuple[str, Any, Any]

    @staticmethod
    def _ascending(start: array[int], end: array[int]) -> tuple[bool, bool | None]:
        s, e = _view(start), _view(end)
        return bool((s <= e).all() and (e[:-1] <= s[1:]).all() and (s[:-1] < e[1:]).all()), None

    def parted(self, source: str) -> tuple[Edits, Edits]:
        """As ``Edits.parted``: only edits that put as much as they found can put back what they found."""
        start, end, put = self._views()
        rows = np.flatnonzero(end - start == self._sizes()[put])
        strings = map(self.strings.__getitem__, put[rows].tolist())
        found = map(source.__getitem__, map(slice, start[rows].tolist(), end[rows].tolist()))
        rows = rows[np.fromiter(map(eq, found, strings), bool, len(rows))]
        if len(rows) in (0, len(self)):
            return (self, NONE) if len(rows) else (NONE, self)
        same = np.zeros(len(self), bool)
        same[rows] = True
        return self._rows(same), self._rows(~same)

    def keep(self, projection: Callable[[str], str], source: str) -> bool:
        """As ``Edits.keep``."""
        if self._few(source):
            return super().keep(projection, source)
        start, end, put = self._views()
        codes = narrowest(source)
        covered = _covered(start, end, len(codes))
        self._read = source, codes, covered  # for `apply`, which comes next
        found = _text(codes[covered])
        return projection(found) == projection("".join(map(self.strings.__getitem__, put.tolist())))

    def apply(self, source: str) -> str:
        """As ``Edits.apply``: what stays is taken out of the text in one piece, what is put is laid between."""
        if self._few(source):
            return super().apply(source)
        start, end, put = self._views()
        known: tuple[str, Any, Any] = getattr(self, "_read", ("", None, None))
        self._read = "", None, None
        read, codes, covered = known
        if read is not source or codes is None:
            codes = narrowest(source)
            covered = _covered(start, end, len(codes))
        kept = codes[~covered]
        size = self._sizes()[put]
        if not size.any():
            return _text(kept)
        out = _view(self._output()[0])
        pool = narrowest("".join(self.strings))
        made = np.empty(len(kept) + int(size.sum()), np.result_type(kept, pool))
        laid = _covered(out, out + size, len(made))
        made[~laid] = kept
        first = np.cumsum(self._sizes()) - self._sizes()
        before = np.cumsum(size) - size
        made[laid] = pool[np.repeat(first[put] - before, size) + np.arange(int(size.sum()))]
        return _text(made)

    def behind(self, done: Edits) -> Edits:
        """As ``Edits.behind``."""
        start, end, _ = self._views()
        over, shift = _view(done.end), _view(done._output()[1])
        moved = start + shift[np.searchsorted(over, start, "right")]
        related = self._related_behind(done)
        return Columns(_column(moved), _column(moved + (end - start)), self.put, self.strings, related)

    def _output(self) -> tuple[array[int], array[int]]:
        if self._out is None:
            start, end, put = self._views()
            shift = np.append(0, np.cumsum(self._sizes()[put] - (end - start)))
            self._out, self._shift = _column(start + shift[:-1]), _column(shift)
        return self._out, self._shift

    def _few(self, source: str) -> bool:
        return len(self) * _CHARS_PER_EDIT < len(source)

    def _views(self) -> tuple[Any, Any, Any]:
        """``int64``, ``int64``, ``uint32``: the columns."""
        return _view(self.start), _view(self.end), np.frombuffer(self.put, np.uint32) if self.put else _NO_PUTS

    def _sizes(self) -> Any:
        """``int64``: the code points of each of ``strings``."""
        return np.fromiter(map(len, self.strings), np.int64, len(self.strings))

    def _rows(self, wanted: Any) -> Edits:
        """The edits that ``wanted`` (``bool`` an edit) names."""
        start, end, put = (column[wanted] for column in self._views())
        places = np.flatnonzero(wanted).tolist() if self.related else []
        related = {new: self.related[old] for new, old in enumerate(places) if old in self.related}
        return Columns(_column(start), _column(end), array("I", put.tobytes()), self.strings, related)


def lifted(edits: Edits, starts: list[int], ends: list[int], puts: list[str]) -> tuple[list[int], list[int], list[str]]:
    """As ``edits.lift`` of each, by at least one edit: one by one only those that cut into what ``edits`` put."""
    out, shift = map(_view, edits._output())
    size = np.fromiter(map(len, edits.strings), np.int64, len(edits.strings))[np.frombuffer(edits.put, np.uint32)]
    start, end = np.array(starts), np.array(ends)
    first, cut = _cover(out, size, start)
    last, cut_too = _cover(out, size, np.maximum(start, end - 1))
    start, end = start - shift[first + 1], end - shift[last + 1]
    for i in np.flatnonzero(cut | cut_too).tolist():
        start[i], end[i], puts[i] = edits.lift(starts[i], ends[i], puts[i])
    return start.tolist(), end.tolist(), puts


def _cover(out: Any, size: Any, at: Any) -> tuple[Any, Any]:
    """The last edit at or before each output offset (-1: none), and whether the offset is in the ``size`` it put."""
    i = np.searchsorted(out, at, "right") - 1
    return i, (i >= 0) & (at - out[i] < size[i])


NONE = Edits.of(())
_NO_OFFSETS, _NO_PUTS = np.zeros(0, np.int64), np.zeros(0, np.uint32)


def _view(column: array[int]) -> Any:
    return np.frombuffer(column, np.int64) if column else _NO_OFFSETS


def _column(values: Any) -> array[int]:
    return array("q", values.astype(np.int64, copy=False).tobytes())


def _covered(start: Any, end: Any, length: int) -> Any:
    """``bool[length]``: whether a span covers the code point. The spans ascend and are disjoint."""
    step = np.zeros(length + 1, np.int8)
    filled = start < end
    step[start[filled]] = 1
    step[end[filled]] -= 1
    return np.cumsum(step[:-1], dtype=np.int8).view(bool)


def _text(codes: Any) -> str:
    if codes.dtype == np.uint16:
        text = str(codes.data, "utf-16-le", "surrogatepass")
        if len(text) == len(codes):  # or two halves of a surrogate pair, each by itself, have met
            return text
    return str(codes.astype("<u4", copy=False).data, "utf-32-le", "surrogatepass")
