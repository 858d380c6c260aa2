"""Groups: pairs of like passages gathered so that each passage is one group with all its places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from texttool.filters.dedup.adjacent import SEAM
from texttool.filters.dedup.chains import Chains
from texttool.filters.dedup.joints import connected

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[Any]

# A passage that follows itself within a page is one defect however often it does; farther apart the copies are places
# of their own. A printed page of Chinese holds about a thousand characters.
_PAGE = 1000
_NEIGHBOURS = 4  # intervals that are compared with each, in the order of their starts


class Group(NamedTuple):
    """One passage: its places (``start``, ``end`` in folded characters, ascending) and how much of it agrees.

    ``adjacent``: it follows itself with a short period; ``part``: it belongs to a longer passage that something parts.
    """

    spans: tuple[tuple[int, int], ...]
    identity: float
    adjacent: bool = False
    part: bool = False


class Pair(NamedTuple):
    """Two places of one passage."""

    a: int
    a_end: int
    b: int
    b_end: int
    identity: float


def groups(found: Chains, least: int) -> list[Group]:
    """Groups of at least ``least`` characters."""
    import numpy as np

    itself = found.a_end > found.b
    repeats = list(_repeats(found.where(itself)))
    pairs = [pair for repeat in repeats if repeat.period >= _PAGE for pair in _copies(repeat, least)]
    apart = found.where(~itself)
    columns = np.array(pairs, np.float64).reshape(-1, 5).T
    a, a_end, b, b_end = (np.concatenate((x, y.astype(np.int64))) for x, y in zip(apart[:4], columns[:4], strict=True))
    size = np.maximum(apart.a_end - apart.a, apart.b_end - apart.b)
    identity = np.concatenate((np.minimum(apart.agree / np.maximum(size, 1), 1.0), columns[4]))
    made = [Group(((s, s + p), (s + p, e)), i, True) for s, e, p, i in repeats if p < _PAGE]
    part = np.append(apart.whole > apart.agree, np.zeros(len(pairs), bool))
    made += _gathered(np.concatenate((a, b)), np.concatenate((a_end, b_end)), identity, part)
    return made


def longest_first(found: Iterable[Group]) -> list[Group]:
    """Groups in order of their longest place, those of one length in the order of the text."""
    return sorted(found, key=lambda group: (-max(end - start for start, end in group.spans), group.spans))


class _Repeat(NamedTuple):
    start: int
    end: int
    period: int
    identity: float

    def within(self, other: _Repeat) -> bool:
        """Whether the other says where this is a repetition, up to a few characters at its ends."""
        return self.start + self.period >= other.start + other.period - SEAM and self.end <= other.end + SEAM


def _repeats(found: Chains) -> Iterator[_Repeat]:
    """Stretches that repeat with a period. Multiples of a period are left out where they say no more than it does."""
    import numpy as np

    identity = np.minimum(found.agree / np.maximum(found.a_end - found.a, found.b_end - found.b), 1.0)
    columns = (found.a, found.b_end, found.b - found.a, identity)
    near: list[_Repeat] = []
    for row in sorted(zip(*(column.tolist() for column in columns), strict=True), key=lambda row: (row[0], row[2])):
        new = _Repeat(*row)
        near = [old for old in near if new.period > old.period or not old.within(new)]
        if any(new.within(old) for old in near):
            continue
        near.append(new)
        if len(near) > _NEIGHBOURS:
            yield near.pop(0)
    yield from near


def _copies(repeat: _Repeat, least: int) -> Iterator[Pair]:
    """The copies in a stretch that repeats with a period, each with the one before; the last may be cut short."""
    start, end, period, identity = repeat
    for at in range(start + period, end, period):
        stop = min(at + period, end)
        if stop - at >= least:
            yield Pair(at - period, stop - period, at, stop, identity)


def _gathered(start: Array, end: Array, identity: Array, part: Array) -> Iterator[Group]:
    """Groups of the intervals, of which the first half are the earlier places of the second half."""
    import numpy as np

    if not start.size:
        return
    label, pair = _alike(start, end), np.arange(start.size) % (start.size // 2)
    order = np.lexsort((end, start, label))
    label, start, end, pair = label[order], start[order], end[order], pair[order]
    first = np.flatnonzero(np.append(True, label[1:] != label[:-1]))
    lowest, parts = np.minimum.reduceat(identity[pair], first), np.logical_or.reduceat(part[pair], first)
    # Most places stand in two pairs; where each is taken once hardly any overlap.
    once = np.append(True, (label[1:] != label[:-1]) | (start[1:] != start[:-1]) | (end[1:] != end[:-1]))
    first, label, start, end = once.cumsum()[first] - 1, label[once], start[once], end[once]
    over = np.append((label[1:] == label[:-1]) & (start[1:] < end[:-1]), False)
    columns = first, np.append(first[1:], start.size), lowest, parts, np.logical_or.reduceat(over, first)
    places = list(zip(start.tolist(), end.tolist(), strict=True))
    for low, high, least, is_part, overlap in zip(*(column.tolist() for column in columns), strict=True):
        spans = _places(places[low:high]) if overlap else places[low:high]
        if len(spans) > 1:
            yield Group(tuple(spans), least, False, is_part)


def _alike(start: Array, end: Array) -> Array:
    """A label for each interval, the same for those that are one place, or a pair: one of each half."""
    import numpy as np

    half = start.size // 2
    order = np.lexsort((end, start))
    xs, ys = [np.arange(half)], [np.arange(half, 2 * half)]
    for ahead in range(1, _NEIGHBOURS + 1):
        x, y = order[:-ahead], order[ahead:]
        slack = np.maximum(np.minimum(end[x] - start[x], end[y] - start[y]) // 8, SEAM)
        same = (start[y] - start[x] <= slack) & (abs(end[y] - end[x]) <= slack)
        xs.append(x[same])
        ys.append(y[same])
    return connected(2 * half, np.concatenate(xs), np.concatenate(ys))


def _places(intervals: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Intervals in order of their starts, those that overlap by more than half made one."""
    places: list[tuple[int, int]] = []
    for start, end in intervals:
        if places and places[-1][1] > start:
            before, stop = places[-1]
            if 2 * (min(stop, end) - start) > min(stop - before, end - start):
                places[-1] = (before, max(stop, end))
                continue
            start = stop
        if start < end:
            places.append((start, end))
    return places
