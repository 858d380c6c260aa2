"""Offsets <-> line and column. A table of line starts, made on demand; it holds no text."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from itertools import accumulate, islice, repeat
from operator import add

_BLOCK = 1 << 16  # code points that are cut into lines at once


class Lines:
    """Where the lines of a text start. A line ends behind LF, as it does for an editor and for git."""

    __slots__ = ("_known", "_read", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        self._known = array("q", [0])
        self._read = 0  # code points: places are asked for in order mostly, and often in the beginning alone

    @property
    def starts(self) -> array[int]:
        """Of every line its first code point; behind a last LF starts an empty one."""
        return self._until(len(self._text))

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column of a code point offset, both counted from 1, columns in code points."""
        starts = self._until(offset)
        line = bisect_right(starts, offset)
        return line, offset - starts[line - 1] + 1

    def number(self, offset: int) -> int:
        """Index, from 0, of the line that holds ``offset``."""
        return bisect_right(self._until(offset), offset) - 1

    def _until(self, offset: int) -> array[int]:
        """The starts, those up to ``offset`` among them."""
        while self._read <= offset and self._read < len(self._text):
            parts = self._text[self._read : self._read + _BLOCK].split("\n")
            ends = accumulate(map(add, map(len, parts), repeat(1)), initial=self._read)
            self._known.extend(islice(ends, 1, len(parts)))
            self._read += _BLOCK
        return self._known
