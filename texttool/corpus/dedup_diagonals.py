"""Diagonals: where the seeds of a text stand in another text about equally far apart (Wilbur and Lipman 1983).

All places are folded characters.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from texttool.corpus.dedup_segment import SEED

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[Any]

_LOW = 0xFFFFFFFF
_FEW = 8  # places of one seed in the text asked about: where it repeats itself the finder sees that without an index
_BLOCK = 1 << 15  # seeds looked up together: the memory for their hits is bounded
_DRIFT = 32  # characters by which places may be less or more far apart in one of two like passages
_GAP = 64  # characters without a common seed inside a passage: more than errors leave
_OFTEN = 16  # runs looked at for one place of the text, the longest first; most come twice (see `diagonals`)
_MOST = 2048  # runs looked at in all: reading as many files takes about half a second


def in_blocks(seeds: Array) -> Iterator[Array]:
    """Minimizers of a text, the first few of each hash, in blocks of neighbours, each block sorted by hash."""
    import numpy as np

    grams = seeds >> np.uint64(32)
    kept = seeds[np.arange(seeds.size) - grams.searchsorted(grams) < _FEW]
    kept = kept[(kept & np.uint64(_LOW)).argsort(kind="stable")]
    for base in range(0, kept.size, _BLOCK):
        yield np.sort(kept[base : base + _BLOCK])


def diagonals(places: Array, there: Array, number: Array, least: int) -> Array:
    """Runs of seeds that two texts share about equally far apart: number, start and end there, start and end here.

    ``places`` here and ``there`` are those of common seeds, ``number`` is that of the text there. A run spans
    ``least`` characters. Bands of diagonals overlap by half, so that none is cut in two: most runs come twice.
    """
    import numpy as np

    made = [np.empty((0, 5), np.int64)]
    for shift in (0, _DRIFT // 2) if places.size else ():
        band = (there - places + shift) // _DRIFT
        order = np.lexsort((places, band, number))
        here, far, of, band = places[order], there[order], number[order], band[order]
        new = np.flatnonzero((np.diff(of) != 0) | (np.diff(band) != 0) | (np.diff(here) > _GAP)) + 1
        first, last = np.concatenate(([0], new)), np.concatenate((new, [here.size])) - 1
        start, end = np.minimum.reduceat(far, first), np.maximum.reduceat(far, first) + SEED
        run = np.stack((of[first], start, end, here[first], here[last] + SEED), axis=1)
        made.append(run[run[:, 4] - run[:, 3] >= least])
    return np.concatenate(made)


def longest(rows: Array, size: int) -> Array:
    """The first four columns of those rows that are among the longest for some place of the text."""
    import numpy as np

    covered = np.zeros(size + SEED, np.int32)
    kept = []
    order = np.argsort(rows[:, 4] - rows[:, 5], kind="stable")[:_MOST]
    for i, start, end in zip(order.tolist(), *rows[order, 4:].T.tolist(), strict=True):
        if covered[start:end].min() < _OFTEN:
            covered[start:end] += 1
            kept.append(i)
    return rows[kept, :4]
