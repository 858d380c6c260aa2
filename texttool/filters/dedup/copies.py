"""Later copies as edits: which code, from where to where, and whether a copy may go."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple
from unicodedata import category

from texttool.edits import Edits, Span
from texttool.filters.dedup.fold import Folded, fold
from texttool.filters.dedup.passages import Passage, passages_of

_REPORT, _IDENTITY = 24, 0.75  # folded characters from which a copy is reported, and how much of it must agree
_REMOVE = 40  # folded characters from which one may be removed
_WORDS = 5  # folded characters from which what follows itself may be removed: less may be laughter or a drawn line
_SHOWN = 100  # other copies that a finding names
EXACT, NEAR, ADJACENT = "DP101", "DP201", "DP301"


class Copy(NamedTuple):
    """A later copy and the first one, in folded characters; ``others`` are the other places, in code points."""

    code: str
    span: Span
    first: Span
    others: tuple[Span, ...]
    removable: bool


def copies(text: str) -> Mapping[str, Edits]:
    """The later copies of what stands twice in ``text``, by code; disjoint over all codes."""
    row = fold([text])
    found = sorted(_copies(row, passages_of(row, [text], _REPORT, _IDENTITY)), key=lambda copy: copy.span)
    of_code: dict[str, list[tuple[Copy, Span]]] = {code: [] for code in (EXACT, NEAR, ADJACENT)}
    for copy, span in zip(found, _with_marks(row, text, found), strict=True):
        of_code[copy.code].append((copy, span))
    return {code: _edits(text, some) for code, some in of_code.items()}


def _copies(row: Folded, passages: Iterable[Passage]) -> Iterator[Copy]:
    """Every later copy, or the parts of it that no longer passage has said."""
    taken = bytearray(row.codes.size)
    for passage in passages:
        for number, (start, end) in enumerate(passage.folded[1:], 1):
            for free in _free(taken, start, end):
                if free == (start, end) or free[1] - free[0] >= _REPORT:
                    yield _copy(row, passage, number, free)
            taken[start:end] = b"\1" * (end - start)


def _free(taken: bytearray, start: int, end: int) -> Iterator[Span]:
    """The stretches that are not taken."""
    while (begin := taken.find(0, start, end)) >= 0:
        start = taken.find(1, begin, end)
        start = end if start < 0 else start
        yield begin, start


def _copy(row: Folded, passage: Passage, number: int, free: Span) -> Copy:
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
    enough = first[1] - first[0] >= _WORDS if adjacent else free[1] - free[0] >= _REMOVE
    return Copy(code, free, first, others, equal and enough)


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


def _edits(text: str, found: Iterable[tuple[Copy, Span]]) -> Edits:
    """Edits that remove the copies that may go, and put back the rest.

    What goes is equal to a passage that stands before it. That one may itself lose a part that stands twice: every
    step leads back, so whatever is removed is still there in the end.
    """
    start, end, put, strings = array("q"), array("q"), array("I"), {"": 0}
    related = {}
    for number, (copy, span) in enumerate(found):
        start.append(span[0])
        end.append(span[1])
        put.append(0 if copy.removable else strings.setdefault(text[slice(*span)], len(strings)))
        related[number] = copy.others
    return Edits(start, end, put, tuple(strings), related)
