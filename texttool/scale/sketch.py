"""What documents that share a passage, or are nearly the same, have in common: 64-bit keys to be joined.

Passages: of the seeds of the local finder (minimizers, so that any nine equal characters hold one) each with the six
characters behind it, 12 folded ideographs in 64 bits. Every stretch of 15 equal ideographs shares one; the six of a
seed alone, in 32 bits, would join everything with everything in a corpus of more than a few gigabytes.

Documents: MinHash in 128 bins as in the local finder, in bands of 8: documents with a Jaccard index of 0.8 share a band
in 95 % of cases, and of a billion that are not alike none does. Those less alike share passages, which join them too.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, NamedTuple

from texttool.filters.dedup.fold import Folded, fold
from texttool.filters.dedup.minhash import BINS, signatures
from texttool.filters.dedup.seeds import VOID, hashes, minimizers

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[Any]

_SEED, _WINDOW = 6, 4  # as in `passages`
_BAND = 8  # bins
_MIX = 0x9E3779B97F4A7C15  # 2^64 divided by the golden ratio: its multiples are spread evenly
# Documents that a key may stand in: what stands in more is a formula, and those who share it share more than that if
# they are copies of each other.
MOST = 256


class Sketch(NamedTuple):
    """The keys of some documents (uint64), of each the number of its document, and the folded length of each."""

    keys: Array
    documents: Array
    size: Array


def sketch(texts: Sequence[str], *, spans: bool, documents: bool) -> Sketch:
    """The keys of passages, of whole documents, or of both."""
    import numpy as np

    row = fold(texts)
    found = [(np.zeros(0, np.uint64), np.zeros(0, np.int64))]
    if spans:
        found.append(_passages(row))
    if documents:
        found += [_bands(row), _equal(row)]
    keys, of = (np.concatenate(columns) for columns in zip(*found, strict=True))
    return Sketch(keys, of, np.diff(row.first) - 1)


def _passages(row: Folded) -> tuple[Array, Array]:
    import numpy as np

    at = np.sort((minimizers(row.codes, _SEED, _WINDOW) & np.uint64(0xFFFFFFFF)).astype(np.int64))
    grams = hashes(np.append(row.codes, np.zeros(4 * _SEED, row.codes.dtype)), _SEED)
    head, tail = grams[at], grams[at + _SEED]
    kept = (head != VOID) & (tail != VOID)
    keys = head[kept].astype(np.uint64) << np.uint64(32) | tail[kept]
    return keys * np.uint64(_MIX), row.first.searchsorted(at[kept], "right") - 1


def _bands(row: Folded) -> tuple[Array, Array]:
    import numpy as np

    numbers = np.flatnonzero(np.diff(row.first) - 1 >= BINS)
    bins = signatures(row, numbers).astype(np.uint64)
    keys = []
    for band in range(BINS // _BAND):
        key = np.full(numbers.size, band + 1, np.uint64)
        for column in bins[:, band * _BAND : (band + 1) * _BAND].T:
            key = (key ^ column) * np.uint64(_MIX)
            key ^= key >> np.uint64(29)
        keys.append(key)
    return np.concatenate(keys), np.tile(numbers, len(keys))


def _equal(row: Folded) -> tuple[Array, Array]:
    """Documents with fewer characters than there are bins are like those that they equal."""
    import numpy as np

    size = np.diff(row.first) - 1
    numbers = np.flatnonzero((size > 0) & (size < BINS))
    texts = (row.codes[row.first[number] + 1 : row.first[number + 1]] for number in numbers)
    keys = [int.from_bytes(blake2b(text.astype("<u4").tobytes(), digest_size=8).digest(), "little") for text in texts]
    return np.array(keys, np.uint64), numbers


def pairs(keys: Array, documents: Array) -> Array:
    """Pairs of documents (rows of two, each once) that share a key: of those with a key each with the one before it.

    A document that has a key twice is a pair with itself.
    """
    import numpy as np

    order = np.argsort(keys, kind="stable")  # the documents of a key come in their order
    keys, documents = keys[order], documents[order]
    edges = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1], [True]))) if keys.size else np.zeros(1, int)
    count = np.diff(edges)
    often = np.repeat(count > MOST, count)
    same = np.flatnonzero((keys[1:] == keys[:-1]) & ~often[1:])
    x, y = documents[same], documents[same + 1]
    order = np.lexsort((y, x))
    rows: Array = np.stack((x[order], y[order]), axis=1)
    kept: Array = rows[np.append(True, (rows[1:] != rows[:-1]).any(axis=1))[: len(rows)]]
    return kept
