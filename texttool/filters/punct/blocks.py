"""Blocks of a text, which blank lines part: marks that come in pairs do not reach from one into another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from texttool.edits import Span
from texttool.patterns import compiled

_BLANK = compiled(r"\n[ \t\u3000]*+\n")
_BLANKS = compiled(r"(?:[ \t\u3000]*+\n)*+")
# How far before an offset a blank line is looked for at first; then twice as far, and so on.
_NEAR = 256


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
    reach, found = _NEAR, floor
    while True:
        first = max(floor, at - reach)
        for m in _BLANK.finditer(text, first, at):
            found = m.end()
        if found > floor or first == floor:
            break
        reach *= 2
    blanks = _BLANKS.match(text, found, at)
    return blanks.end() if blanks else found
