"""Joints: which runs of equal characters continue one another, and what stands between them.

All in folded characters. Two runs follow one another where in both texts the one begins near the end of the other, so
that their shifts are near; runs are therefore sorted into bands of shifts, and each is looked at with the next few.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from texttool.filters.dedup.lengths import DRIFT, JITTER, NOISE, OUTWEIGH, OVERLAP

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[Any]

_BATCH = 1 << 13  # pairs of runs looked at together


class Runs(NamedTuple):
    """Stretches of equal characters, by shift and then place: ``start`` to ``end``, and the same ``shift`` before."""

    shift: Array
    start: Array
    end: Array


class Joints(NamedTuple):
    """Pairs of runs of which ``y`` goes on where ``x`` stops, and what the one text has more: ``start`` to ``end``.

    Where other characters differ as well the piece may stand up to ``slack`` characters later (earlier if negative).
    """

    x: Array
    y: Array
    start: Array
    end: Array
    slack: Array

    def where(self, kept: Array) -> Joints:
        """Those of them that are kept (a mask)."""
        return Joints(*(column[kept] for column in self))


def joints(codes: Array, runs: Runs) -> Joints:
    """The joints between runs."""
    import numpy as np

    edges = np.flatnonzero(codes == 0)
    text, earlier = edges.searchsorted(runs.start), edges.searchsorted(runs.start - runs.shift)
    xs, ys = [], []
    for offset in (0, DRIFT):
        band = (runs.shift + offset) // (2 * DRIFT)
        order = np.lexsort((runs.start, band))
        band = band[order]
        for ahead in (1, 2, 3):
            near = np.flatnonzero(band[:-ahead] == band[ahead:])
            x, y = order[near], order[near + ahead]
            good = (text[x] == text[y]) & (earlier[x] == earlier[y])
            x, y = x[good], y[good]
            good = _follows(codes, runs, x, y)
            xs.append(x[good])
            ys.append(y[good])
    x, y = np.concatenate(xs), np.concatenate(ys)
    stop, drift = runs.end[x], runs.shift[y] - runs.shift[x]
    start = np.where(drift < 0, stop - runs.shift[x], stop)
    later = runs.start[y] - stop
    return Joints(x, y, start, start + abs(drift), np.minimum(later, later - drift))


def _follows(codes: Array, runs: Runs, x: Array, y: Array) -> Array:
    """Whether y goes on where x stops: between them one lost or inserted piece, or noise in which some agrees."""
    import numpy as np

    later = runs.start[y] - runs.end[x]
    drift = runs.shift[y] - runs.shift[x]
    earlier = later - drift
    least, most = np.minimum(earlier, later), np.maximum(earlier, later)
    # A lost or inserted piece is believed where the runs on both sides of it outweigh it.
    size = runs.end - runs.start
    believed = np.minimum(size[x], size[y]) * 2 >= most
    good = np.asarray((least <= 1) & (most <= DRIFT) & (least > -OVERLAP) & believed)
    maybe = np.flatnonzero((least > 1) & (most <= NOISE) & (abs(drift) <= JITTER))
    agree = agreeing(codes, runs, x[maybe], y[maybe])
    good[maybe] = agree * 2 >= most[maybe]
    good |= (most <= JITTER) & (least >= 0) & (np.minimum(size[x], size[y]) >= OUTWEIGH * most)
    return good


def agreeing(codes: Array, runs: Runs, x: Array, y: Array) -> Array:
    """How many of the characters between x and y agree, at the shifts of the two or near them; 0 if they are many."""
    import numpy as np

    agree = np.zeros(x.size, np.int64)
    gap = runs.start[y] - runs.end[x]
    some = np.flatnonzero((gap > 0) & (gap <= NOISE))
    for base in range(0, some.size, _BATCH):
        part = some[base : base + _BATCH]
        b = runs.end[x[part]][:, None] + np.arange(NOISE)
        here, same = codes.take(b, mode="clip"), np.zeros(b.shape, bool)
        for run in (x, y):
            for aside in (-1, 0, 1):
                same |= here == codes.take(b - (runs.shift[run[part]] + aside)[:, None], mode="clip")
        agree[part] = (same & (np.arange(NOISE) < gap[part][:, None])).sum(axis=1)
    return agree


def connected(size: int, x: Array, y: Array) -> Array:
    """Connected components of a graph with edges ``x``-``y``: for each node the least node of its component.

    By hooking roots to the least neighbour (Shiloach and Vishkin 1982) and halving paths down to trees of one level, so
    that an edge whose ends have one root is done with.
    """
    import numpy as np

    root = np.arange(size)
    while x.size:
        a, b = root[x], root[y]
        apart = a != b
        x, y, a, b = x[apart], y[apart], a[apart], b[apart]
        np.minimum.at(root, np.maximum(a, b), np.minimum(a, b))
        while not np.array_equal(root, above := root[root]):
            root = above
    return root


def steady(runs: Runs, found: Joints, label: Array) -> Array:
    """Which joints stay when chains whose two passages overlap keep to one shift (a mask).

    Two passages overlap where a text repeats with a period, and the period is one: runs of another are other copies.
    """
    import numpy as np

    first, last = np.full(label.size, np.iinfo(np.int64).max), np.zeros(label.size, np.int64)
    np.minimum.at(first, label, runs.start)
    np.maximum.at(last, label, runs.end - runs.shift)
    return np.asarray((last <= first)[label[found.x]] | (found.end - found.start <= JITTER))
