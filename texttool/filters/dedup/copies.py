"""Later copies as edits: which code, from where to where, and whether a copy may go."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from itertools import accumulate
from typing import NamedTuple
from unicodedata import category

from texttool.edits import Edits, Span
from texttool.filters.dedup.fold import Folded, fold
from texttool.filters.dedup.passages import Passage, passages_of
from texttool.filters.dedup.policy import DEFAULT, Policy, marker, ordered
from texttool.lines import Lines

_WORDS = 5  # folded characters from which what follows itself may be removed: less may be laughter or a drawn line
_SHOWN = 100  # other copies that a finding names
EXACT, NEAR, ADJACENT = "DP101", "DP201", "DP301"


class Copy(NamedTuple):
    """A copy and the one that is kept, in folded characters; ``others`` are the other places, in code points."""

    code: str
    span: Span
    first: Span
    others: tuple[Span, ...]
    removable: bool


def copies(text: str, policy: Policy = DEFAULT) -> Mapping[str, Edits]:
    """The copies of what stands twice in ``text`` that ``policy`` does not keep, by code; disjoint over all codes."""
    row = fold([text])
    passages = passages_of(row, [text], policy.report, policy.identity)
    copied = _copies(row, [ordered(passage, [text], policy.keep) for passage in passages], policy)
    if policy.keep != "first":
        copied = _with_survivors(copied, row.codes.size)
    found = sorted(copied, key=lambda copy: copy.span)
    spans = list(_with_marks(row, text, found))
    puts = _puts(row, text, found, spans, policy)
    of_code: dict[str, list[tuple[Copy, Span, str]]] = {code: [] for code in (EXACT, NEAR, ADJACENT)}
    for copy, span, put in zip(found, spans, puts, strict=True):
        of_code[copy.code].append((copy, span, put))
    return {code: _edits(some) for code, some in of_code.items()}


def _copies(row: Folded, passages: Iterable[Passage], policy: Policy) -> Iterator[Copy]:
    """Every copy that is not kept, or the parts of it that no longer passage has said."""
    taken = bytearray(row.codes.size)
    for passage in passages:
        for number, (start, end) in enumerate(passage.folded[1:], 1):
            for free in _free(taken, start, end):
                if free == (start, end) or free[1] - free[0] >= policy.report:
                    yield _copy(row, passage, number, free, policy)
            taken[start:end] = b"\1" * (end - start)


def _with_survivors(found: Iterable[Copy], size: int) -> Iterator[Copy]:
    """The copies, of which those stay that stand where another one is kept, or whose own is gone.

    Where the first one is kept every step leads back to a text that stands. With another choice steps could lead in a
    circle, so what one removal refers to no other one may touch.
    """
    held, gone = bytearray(size), bytearray(size)
    for copy in found:
        if copy.removable and (held.find(1, *copy.span) >= 0 or gone.find(1, *copy.first) >= 0):
            copy = copy._replace(removable=False)
        if copy.removable:
            held[slice(*copy.first)] = b"\1" * (copy.first[1] - copy.first[0])
            gone[slice(*copy.span)] = b"\1" * (copy.span[1] - copy.span[0])
        yield copy


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
    if free != later:  # the same part of the first
        first = first[0] + free[0] - later[0], first[0] + free[1] - later[0]
    else:
        first, free = _narrowed(row, first, free)
    equal = _equal(row, first, free)
    code = ADJACENT if adjacent else EXACT if equal else NEAR
    spans = passage.spans[: _SHOWN + 1]
    others = tuple((start, end) for i, (_, start, end) in enumerate(spans) if i != number)[:_SHOWN]
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


def _with_marks(row: Folded, text: str, found: Iterable[Copy]) -> Iterator[Span]:
    """Each copy in code points, with the marks around it that the first has as well; disjoint."""
    stop = 0
    for copy in found:
        span = _widened(row, text, copy, stop)
        yield span
        stop = span[1]


def _widened(row: Folded, text: str, copy: Copy, stop: int) -> Span:
    """One copy with the opening marks before it and what else stands behind it; it begins at ``stop`` or later."""
    touching = copy.first[1] == copy.span[0]
    low, left, right, edge = _bounds(row, text, copy.first)
    floor, start, end, ceiling = _bounds(row, text, copy.span)
    floor = max(floor, stop)
    while start > floor and left > low and text[start - 1] == text[left - 1] and _opens(text[start - 1]):
        start, left = start - 1, left - 1
    edge = min(edge, start) if touching else edge
    last, joint = end, right
    while end < ceiling and right < edge and text[end] == text[right] and not _opens(text[end]):
        end, right = end + 1, right + 1
    if touching and right < start and joint >= stop:
        return joint, last  # what joins the two goes with the second
    return start, end


def _opens(mark: str) -> bool:
    return category(mark) in ("Ps", "Pi")


def _bounds(row: Folded, text: str, span: Span) -> tuple[int, int, int, int]:
    """Code points: the end of the folded character before, start and end of the span, the start of the next one."""
    start, end = span
    low = int(row.at[start - 1]) + 1 if row.codes[start - 1] else 0
    edge = int(row.at[end]) if row.codes[end] else len(text)
    return low, int(row.at[start]), int(row.at[end - 1]) + 1, edge


def _puts(row: Folded, text: str, found: Iterable[Copy], spans: Iterable[Span], policy: Policy) -> Iterator[str]:
    """What stands in the end where each copy stood: itself, nothing, or a marker with the line of the one kept."""
    pairs = list(zip(found, spans, strict=True))
    if not policy.mark:
        yield from ("" if copy.removable else text[slice(*span)] for copy, span in pairs)
        return
    lines = Lines(text)
    removed = [span for copy, span in pairs if copy.removable]
    less = [0, *accumulate(text.count("\n", *span) for span in removed)]
    for copy, span in pairs:
        at = int(row.at[copy.first[0]])
        line = lines.place(at)[0] - less[bisect_left(removed, (at, at))]
        yield marker(line) if copy.removable else text[slice(*span)]


def _edits(found: Iterable[tuple[Copy, Span, str]]) -> Edits:
    """Edits that put what was decided for each copy.

    What goes is equal to a passage that stands before it. That one may itself lose a part that stands twice: every
    step leads back, so whatever is removed is still there in the end. (See ``_with_survivors`` for other choices.)
    """
    start, end, put, strings = array("q"), array("q"), array("I"), dict[str, int]()
    related = {}
    for number, (copy, span, text) in enumerate(found):
        start.append(span[0])
        end.append(span[1])
        put.append(strings.setdefault(text, len(strings)))
        related[number] = copy.others
    return Edits(start, end, put, tuple(strings), related)
