"""Blocks of a text, which blank lines part: marks that come in pairs do not reach from one into another."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from texttool.edits import Span

_BLANK = re.compile(r"\n[ \t\u3000]*\n")


def blocks(text: str, at: Iterable[int]) -> Iterator[Span]:
    """The blocks that hold the offsets ``at`` (ascending), each once."""
    end = 0
    for i in at:
        if i < end:
            continue
        start = _block_start(text, end, i)
        blank = _BLANK.search(text, i)
        end = blank.start() if blank else len(text)
        yield start, end


def _block_start(text: str, floor: int, at: int) -> int:
    """Where the block of ``at`` begins: behind the last blank line before it, not before ``floor``."""
    line = text.rfind("\n", floor, at)
    while line >= 0:
        before = text.rfind("\n", floor, line)
        if not text[max(before + 1, floor) : line].strip(" \t\u3000"):
            return line + 1
        line = before
    return floor
