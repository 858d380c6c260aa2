"""Running heads and feet: lines that come again beside page numbers and form feeds, and hardly anywhere else."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import takewhile

from texttool.filters.furniture.pageblocks import DEPTH, Block
from texttool.filters.furniture.pagenumbers import mid_sentence

# Left and right pages may have heads of their own: each comes again on every other page.
_STRIDE = 2
# In a text of so few pages, a head that comes but twice is on most of them.
_FEW_PAGES = 6


def running_heads(text: str, blocks: Sequence[Block], numbers: Collection[int]) -> list[int]:
    """The blocks that are running heads or feet, ascending; ``numbers`` are those that are page numbers."""
    places = dict(_beside(blocks, numbers))
    if not places:
        return []
    pages = _pages(blocks, numbers)
    found = defaultdict(list)
    for i in sorted(places):
        found[signature(blocks[i].line)].append(i)
    anywhere = Counter(signature(block.line) for block in blocks if block.alone)
    steady = {head: _steady(here, places, pages) for head, here in found.items() if anywhere[head] - len(here) <= 1}
    few = pages[-1] <= _FEW_PAGES
    taken = {place for place, count in steady.values() if count > 2 or (count == 2 and few)}
    heads = {head for head, (place, count) in steady.items() if count > 1 and place in taken}
    again = {i for head in heads if _is_head(text, blocks, found[head]) for i in found[head]}
    worn = Counter(_shape(blocks[i].line) for i in places)
    shapes = {shape for shape, count in worn.items() if shape and count > _STRIDE}
    shapes |= {_shape(blocks[i].line) for i in again} - {""}
    alike = {i for i in {*places, *_first(blocks)} if _shape(blocks[i].line) in shapes}
    return sorted(again | alike)


def _is_head(text: str, blocks: Sequence[Block], here: Sequence[int]) -> bool:
    """Whether lines that differ in their numbers alone are heads: chapters that count up begin where sentences end."""
    if len({blocks[i].line for i in here}) == 1:
        return True
    return sum(mid_sentence(text, blocks, i) for i in here) * 3 >= len(here)


def _pages(blocks: Sequence[Block], numbers: Collection[int]) -> list[int]:
    """The page that each block stands on, counted by page numbers and form feeds with text between them."""
    out, page, text = [], 0, True
    for i, block in enumerate(blocks):
        text |= not block.alone
        out.append(page)
        if text and (i in numbers or block.fed):
            page, text = page + 1, False
    return out


def _steady(here: Sequence[int], places: Mapping[int, int], pages: Sequence[int]) -> tuple[int, int]:
    """Where on the page a line stands most often, and how often: the longest stretch with no page left out but one.

    What comes again only by chance, as the headings of sections do, comes pages apart.
    """
    place, _ = Counter(places[i] for i in here).most_common(1)[0]
    best = run = 0
    last = -_STRIDE - 1
    for page in (pages[i] for i in here if places[i] == place):
        run = run + 1 if page - last <= _STRIDE else 1
        best, last = max(best, run), page
    return place, best


def signature(line: str) -> str:
    """What the heads of all pages share: the line without its white space, its numbers taken out."""
    return re.sub(r"\d+", "0", "".join(line.split()))


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
