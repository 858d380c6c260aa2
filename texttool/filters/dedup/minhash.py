"""Documents that are nearly the same: MinHash over k-grams of folded characters.

One permutation is made into many by binning (one-permutation hashing, Li, Owen and Zhang 2012); empty bins borrow from
the next full one (Shrivastava and Li 2014); documents that agree in a whole band of bins are compared (banding, as in
Leskovec, Rajaraman and Ullman, Mining of Massive Datasets, 3.4), exactly. Of a band's documents each is compared with
the next in the order of what they hold: n of them make n pairs and not n * n, in whatever order they came.
"""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING, Any, NamedTuple

from texttool.filters.dedup.fold import Folded
from texttool.filters.dedup.joints import connected
from texttool.filters.dedup.overlap import alike
from texttool.filters.dedup.seeds import hashes

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[Any]

_GRAM = 5
_BITS = 7
# Of two documents with a Jaccard index of 0.3 one band in eleven agrees: at least one of 64 in 99.8 % of cases.
BINS, _BAND = 1 << _BITS, 2
# What 128 bins do not estimate of documents that are alike (a Jaccard index of 0.25): three standard deviations below.
_ESTIMATE = 0.12
_PIECE = 1 << 17
_VOID = 0xFFFFFFFF


class Cluster(NamedTuple):
    """Documents (numbers, ascending) of which each is like another one, and the least likeness among those."""

    members: tuple[int, ...]
    identity: float


def clusters(row: Folded, like: float, least: int) -> list[Cluster]:
    """Clusters of documents: of the k-grams of the shorter the part ``like`` or more stands in the longer one.

    Documents of fewer characters than there are bins are like those that they equal, if they have ``least``.
    """
    import numpy as np

    size = np.diff(row.first) - 1
    pairs = [_equal(row, np.flatnonzero((size >= least) & (size < BINS)))]
    enough = np.flatnonzero(size >= BINS)
    if enough.size > 1:
        x, y = _candidates(signatures(row, enough))
        pairs.append(alike(row, enough[x], enough[y], _GRAM, like))
    x, y, parts = (np.concatenate(columns) for columns in zip(*pairs, strict=True))
    label = connected(size.size, x, y)
    found: dict[int, set[int]] = {}
    lowest: dict[int, float] = {}
    for a, b, of, part in zip(x.tolist(), y.tolist(), label[x].tolist(), parts.tolist(), strict=True):
        found.setdefault(of, set()).update((a, b))
        lowest[of] = min(lowest.get(of, 1.0), part)
    return [Cluster(tuple(sorted(members)), lowest[of]) for of, members in found.items()]


def _equal(row: Folded, numbers: Array) -> tuple[Array, Array, Array]:
    """Documents that equal an earlier one to the folded character, each with the last such one."""
    import numpy as np

    last: dict[bytes, int] = {}
    x, y = [], []
    for number, start, end in zip(
        numbers.tolist(), (row.first[numbers] + 1).tolist(), row.first[numbers + 1].tolist(), strict=True
    ):
        key = blake2b(row.codes[start:end].tobytes(), digest_size=16).digest()
        if key in last:
            x.append(last[key])
            y.append(number)
        last[key] = number
    return np.array(x, np.int64), np.array(y, np.int64), np.ones(len(x))


def signatures(row: Folded, numbers: Array) -> Array:
    """The least hash in each bin for each of the documents (uint32, documents by bins)."""
    import numpy as np

    which = np.full(row.first.size, -1, np.int64)
    which[numbers] = np.arange(numbers.size)
    least = np.full(numbers.size * BINS, _VOID, np.uint32)
    for base in range(0, row.codes.size, _PIECE):
        piece = np.append(row.codes[base : base + _PIECE + 2 * _GRAM - 1], np.zeros(_GRAM, row.codes.dtype))
        grams = hashes(piece, _GRAM)[:_PIECE]
        low, high = row.first.searchsorted((base, base + grams.size), "right")
        edges = np.clip(row.first[low:high] - base, 0, grams.size)
        document = which[low - 1 : high].repeat(np.diff(np.concatenate(([0], edges, [grams.size]))))
        at = np.flatnonzero((grams != _VOID) & (document >= 0))
        np.minimum.at(least, document[at] * BINS + (grams[at] & (BINS - 1)), grams[at] >> _BITS)
    return _densified(least.reshape(-1, BINS))


def _densified(least: Array) -> Array:
    """Signatures whose empty bins hold what the next full one holds, changed by how far it is."""
    import numpy as np

    twice = np.concatenate((least, least), axis=1)
    bins = np.where(twice == _VOID, 2 * BINS, np.arange(2 * BINS))
    after = np.minimum.accumulate(bins[:, ::-1], axis=1)[:, ::-1][:, :BINS]
    far = (after - np.arange(BINS)).astype(np.uint32)
    return np.asarray(np.take_along_axis(twice, np.minimum(after, 2 * BINS - 1), axis=1) + far * np.uint32(0x9E3779B1))


def _candidates(signatures: Array) -> tuple[Array, Array]:
    """Pairs of signatures that agree in a band and in enough bins: in each band each with the one before it."""
    import numpy as np

    # Sorted by what they hold, and within a band by the next one: like stands beside like, whatever order they came in.
    by = signatures.view(f"V{signatures.itemsize * BINS}").ravel().argsort(kind="stable")
    sorted_, pairs = signatures[by], []
    for first in range(0, BINS, _BAND):
        bands = sorted_[:, np.arange(first, first + 2 * _BAND) % BINS]
        order = np.lexsort(bands.T[::-1])
        band = bands[order, :_BAND]
        same = (band[1:] == band[:-1]).all(axis=1)
        pair = np.sort(by[np.stack((order[:-1][same], order[1:][same]))], axis=0)
        pairs.append(pair[0] * len(signatures) + pair[1])
    x, y = np.divmod(_distinct(np.concatenate(pairs)), len(signatures))
    agree = [np.zeros(0, bool)]
    for base in range(0, x.size, _PIECE // BINS):
        part = slice(base, base + _PIECE // BINS)
        agree.append((signatures[x[part]] == signatures[y[part]]).mean(axis=1) >= _ESTIMATE)
    near = np.concatenate(agree)
    return x[near], y[near]


def _distinct(values: Array) -> Array:
    """The values in order, each once. (``np.unique`` of numpy 2.3 hashes them, in quadratic time for some patterns.)"""
    import numpy as np

    values = np.sort(values)
    return np.asarray(values[np.append(True, values[1:] != values[:-1])[: values.size]])
