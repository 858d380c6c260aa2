"""Offsets <-> line and column. A table of line starts, made on demand; it holds no text."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right

_NEWLINE = re.compile("\n")


class Lines:
    """Where the lines of a text start. A line ends behind LF, as it does for an editor and for git."""

    __slots__ = ("starts",)

    def __init__(self, text: str) -> None:
        self.starts = array("q", [0])
        self.starts.extend(m.end() for m in _NEWLINE.finditer(text))

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column of a code point offset, both counted from 1, columns in code points."""
        line = bisect_right(self.starts, offset)
        return line, offset - self.starts[line - 1] + 1

    def number(self, offset: int) -> int:
        """Index, from 0, of the line that holds ``offset``."""
        return bisect_right(self.starts, offset) - 1
