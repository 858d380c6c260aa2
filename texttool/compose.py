"""Two lists of edits, one found in what the other made, as one list over the source."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from heapq import merge
from itertools import repeat
from operator import add, eq
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from texttool.edits import Edit, Edits


def compose(first: Edits, later: Edits, middle: str) -> Iterator[Edit]:
    """Edits over the source of ``first``: one for each cluster of edits that meet in ``middle``."""
    out, shift = first._output()
    stop = array("q", map(add, out, map(len, first.puts())))
    i = j = 0
    for lo, hi, i1, j1 in _clusters(first, later, out, stop):
        start = first.start[i] - (out[i] - lo) if i1 > i else lo - shift[i]
        end = first.end[i1 - 1] + (hi - stop[i1 - 1]) if i1 > i else hi - shift[i]
        yield start, end, _patched(later, j, j1, middle[lo:hi], lo)
        i, j = i1, j1


def _clusters(first: Edits, later: Edits, out: array[int], stop: array[int]) -> Iterator[tuple[int, int, int, int]]:
    """Spans of the middle text that edits of either list cover together, and how many of each list are then used."""
    spans = merge(
        zip(out, stop, repeat(0), map(eq, first.start, first.end)),
        zip(later.start, later.end, repeat(1), map(eq, later.start, later.end)),
    )
    used = [0, 0]
    lo = hi = -1
    inserts = False
    for s, e, side, insertion in spans:
        if lo >= 0 and (s < hi or (s == hi and (inserts or insertion))):
            hi, inserts = max(hi, e), inserts or insertion
        else:
            if lo >= 0:
                yield lo, hi, used[0], used[1]
            lo, hi, inserts = s, e, insertion
        used[side] += 1
    if lo >= 0:
        yield lo, hi, used[0], used[1]


def _patched(edits: Edits, first: int, last: int, text: str, base: int) -> str:
    """``text``, which starts at offset ``base``, with the edits from ``first`` up to ``last`` made."""
    pieces, at = list[str](), 0
    for k in range(first, last):
        pieces += text[at : edits.start[k] - base], edits.strings[edits.put[k]]
        at = edits.end[k] - base
    return "".join(pieces) + text[at:]
