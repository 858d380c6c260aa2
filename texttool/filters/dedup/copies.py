"""Later copies: which code, from where to where, and whether a copy may go."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from texttool.edits import Span
from texttool.filters.dedup.fold import Folded
from texttool.filters.dedup.passages import Passage, passages_of
from texttool.filters.dedup.policy import Policy, ordered

_WORDS = 5  # folded characters from which what follows itself may be removed: less may be laughter or a drawn line
_SHOWN = 100  # other copies that a finding names
EXACT, NEAR, ADJACENT = "DP101", "DP201", "DP301"
Place = tuple[int, int, int]  # number of the text, start and end in it (code points)


class Copy(NamedTuple):
    """A copy and the one that is kept, in folded characters; ``others`` are the other places."""

    code: str
    span: Span
    first: Span
    others: tuple[Place, ...]
    removable: bool


def copies(row: Folded, texts: Sequence[str], policy: Policy) -> list[Copy]:
    """The copies of what stands twice in ``texts`` that ``policy`` does not keep, in their order, disjoint.

    Whether one may go does not yet depend on what happens to the others.
    """
    passages = passages_of(row, texts, policy.report, policy.identity)
    return sorted(_copies(row, (ordered(passage, texts, policy.keep) for passage in passages), policy), key=_place)


def _place(copy: Copy) -> Span:
    return copy.span


def _copies(row: Folded, passages: Iterable[Passage], policy: Policy) -> Iterator[Copy]:
    """Every copy that is not kept, or the parts of it that no longer passage has said."""
    taken = bytearray(row.codes.size)
    for passage in passages:
        for number, (start, end) in enumerate(passage.folded[1:], 1):
            for free in _free(taken, start, end):
                if free == (start, end) or free[1] - free[0] >= policy.report:
                    yield _copy(row, passage, number, free, policy)
            taken[start:end] = b"\1" * (end - start)


def _free(taken: bytearray, start: int, end: int) -> Iterator[Span]:
    """The stretches that are not taken."""
    while (begin := taken.find(0, start, end)) >= 0:
        start = taken.find(1, begin, end)
        start = end if start < 0 else start
        yield begin, start


def _copy(row: Folded, passage: Passage, number: int, free: Span, policy: Policy) -> Copy:
    before, later = passage.folded[number - 1], passage.folded[number]
    adjacent = passage.adjacent and before[1] == later[0] == free[0]
    first = passage.folded[0]
    if first[1] == later[0] == free[0]:  # a period, and what follows: cut short or not, it says the period again
        pass
    elif free != later:  # the same part of the first
        first = first[0] + free[0] - later[0], first[0] + free[1] - later[0]
    else:
        first, free = _narrowed(row, first, free)
    equal = _equal(row, first, free) and (first[1] <= free[0] or free[1] <= first[0])
    code = ADJACENT if adjacent else EXACT if equal else NEAR
    spans = passage.spans[: _SHOWN + 1]
    others = tuple(place for i, place in enumerate(spans) if i != number)[:_SHOWN]
    enough = first[1] - first[0] >= _WORDS if adjacent else free[1] - free[0] >= policy.remove
    return Copy(code, free, first, others, equal and enough and policy.keep != "none")


def _narrowed(row: Folded, first: Span, later: Span) -> tuple[Span, Span]:
    """The two without what the longer has more at its ends, where that makes them equal.

    Places of one group are nearly the same, not always to the character.
    """
    x, y = row.codes[slice(*first)], row.codes[slice(*later)]
    if x.size == y.size or first[1] == later[0]:
        return first, later
    at = max(y, x, key=len).tobytes().find(min(x, y, key=len).tobytes())
    if at < 0 or at % x.itemsize:
        return first, later
    at //= x.itemsize
    if x.size < y.size:
        return first, (later[0] + at, later[0] + at + x.size)
    return (first[0] + at, first[0] + at + y.size), later


def _equal(row: Folded, first: Span, later: Span) -> bool:
    """Whether the two say the same to the character; a copy that follows at once may say it several times."""
    import numpy as np

    size = later[1] - later[0]
    if size != first[1] - first[0] and first[1] != later[0]:
        return False
    return bool(np.array_equal(row.codes[first[0] : first[0] + size], row.codes[later[0] : later[1]]))
