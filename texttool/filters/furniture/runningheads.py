"""Running heads and feet: lines that come again beside page numbers and form feeds, and hardly anywhere else."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from itertools import takewhile

from texttool.filters.furniture.pageblocks import Block

# A page carries two lines of heads at the most, and as many feet.
DEPTH = 2


def running_heads(blocks: Sequence[Block], numbers: Collection[int]) -> list[int]:
    """The blocks that are running heads or feet, ascending; ``numbers`` are those that are page numbers."""
    places = dict(_beside(blocks, numbers))
    if not places:
        return []
    here = Counter(signature(blocks[i].line) for i in places)
    anywhere = Counter(signature(block.line) for block in blocks if block.alone)
    again = {i for i in places if _repeats(signature(blocks[i].line), here, anywhere)}
    shapes = {_shape(blocks[i].line) for i in again} - {""}
    alike = {i for i in {*places, *_first(blocks)} if _shape(blocks[i].line) in shapes}
    return sorted(again | alike)


def signature(line: str) -> str:
    """What the heads of all pages share: the line without its white space, its numbers taken out."""
    return re.sub(r"\d+", "0", "".join(line.split()))


def _repeats(head: str, here: Counter[str], anywhere: Counter[str]) -> bool:
    """Whether a head stands beside two pages or more, and once elsewhere at the most: that is the title itself."""
    return here[head] >= 2 and anywhere[head] - here[head] <= 1


def _shape(line: str) -> str:
    """The dress of a head whose words change by chapter: capitals throughout, cut short with dots. Empty: none."""
    return "capitals" if line.isupper() and line.endswith("…") else ""


def _first(blocks: Sequence[Block]) -> Iterator[int]:
    """The first blocks of the text, as far as they are lines by themselves: it may begin with a page."""
    return takewhile(lambda i: blocks[i].alone, range(min(DEPTH, len(blocks))))


def _beside(blocks: Sequence[Block], numbers: Collection[int]) -> Iterator[tuple[int, int]]:
    """Blocks of one line beside a page number or a form feed, with their place: how far behind it, or before."""
    edges = {(i, 1) for i in numbers} | {(i, -1) for i in numbers}
    for i, block in enumerate(blocks):
        if block.fed:
            edges |= {(i, 1), (i + 1, -1)}
    for edge, step in sorted(edges):
        for away in range(1, DEPTH + 1):
            at = edge + away * step
            if not 0 <= at < len(blocks) or not blocks[at].alone:
                break
            if at not in numbers:
                yield at, away * step
