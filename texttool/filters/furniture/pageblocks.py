"""The blocks of a page by their edges alone: which lines stand by themselves, and where forms were fed."""

from __future__ import annotations

import re
from typing import NamedTuple

# Blank lines, or a form feed at a line's end or start: what stands between two blocks, with the indent behind it.
_BETWEEN = re.compile(r"\n[^\S\n\f]*[\n\f]\s*|\f\s*")
_BLANK = re.compile(r"\n[^\S\n]*\n\s*")  # the same without form feeds: one literal is looked for ten times as fast
LONGEST = 100  # code points: a running head is a line at the most
DEPTH = 2  # a page carries two lines of heads at the most, and as many feet


class Block(NamedTuple):
    """Lines with no blank line between. Offsets are code points; ``begin`` counts the indent, ``start`` does not."""

    begin: int
    start: int
    stop: int  # behind its last ink
    fed: bool  # a form feed stands behind it
    alone: bool  # it is one line, short enough for a running head
    line: str  # its text, where it is alone


def blocks(text: str) -> list[Block]:
    """The blocks of ``text``, in order."""
    out, begin = [], 0
    at = len(text) - len(text.lstrip())
    for gap in (_BETWEEN if "\f" in text else _BLANK).finditer(text, at):
        out.append(_block(text, begin, at, gap.start(), "\f" in gap[0]))
        at = gap.end()
        begin = at
        if gap[0] != "\n\n":
            begin = max(text.rfind("\n", gap.start(), at), text.rfind("\f", gap.start(), at)) + 1
    if at < len(text):
        out.append(_block(text, begin, at, len(text), fed=False))
    return out


def _block(text: str, begin: int, start: int, end: int, fed: bool) -> Block:
    if end - start > LONGEST:
        return Block(begin, start, end, fed, False, "")
    line = text[start:end].rstrip()
    alone = "\n" not in line
    return Block(begin, start, start + len(line), fed, alone, line if alone else "")
