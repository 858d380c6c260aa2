"""Offsets <-> line and column. A table of line starts, made on demand; it holds no text."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from itertools import accumulate, islice, repeat
from operator import add

_BLOCK = 1 << 16  # code points that are cut into lines at once


class Lines:
    """Where the lines of a text start. A line ends behind LF, as it does for an editor and for git."""

    __slots__ = ("starts",)

    def __init__(self, text: str) -> None:
        self.starts = array("q", [0])
        for at in range(0, len(text), _BLOCK):
            parts = text[at : at + _BLOCK].split("\n")
            ends = accumulate(map(add, map(len, parts), repeat(1)), initial=at)
            self.starts.extend(islice(ends, 1, len(parts)))

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column of a code point offset, both counted from 1, columns in code points."""
        line = bisect_right(self.starts, offset)
        return line, offset - self.starts[line - 1] + 1

    def number(self, offset: int) -> int:
        """Index, from 0, of the line that holds ``offset``."""
        return bisect_right(self.starts, offset) - 1
