"""Which of many pairs of documents share enough k-grams: told by a bound for most, counted for those that are left.

The bound is that of a bit for each k-gram (a filter of Bloom 1970, of one hash): what two documents share has its bits
in both, so that they share no more than there are such bits, and k-grams of the shorter that had no bit of their own.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from texttool.filters.dedup.fold import Folded
from texttool.filters.dedup.seeds import VOID, hashes

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[Any]

# Bits of a document: of one of a page, which has some hundred k-grams, few fall together, and 64 words are soon read.
_BITS = 1 << 12
_PIECE = 1 << 16  # characters that are hashed, and words that are compared, together
# A Jaccard index that documents do not reach of which the one is more than four times as long.
_INDEX = 0.25


class _Grams(NamedTuple):
    """The k-grams of documents: ``values`` (uint32, those of a document ascending, each once) from ``first`` on."""

    values: Array
    first: Array
    bits: Array  # uint64, documents by words

    def sizes(self) -> Array:
        """How many k-grams each document has."""
        import numpy as np

        return np.diff(self.first)

    def common(self, x: int, y: int) -> int:
        """How many k-grams two of the documents share."""
        import numpy as np

        both = np.concatenate([self.values[self.first[n] : self.first[n + 1]] for n in (x, y)])
        both.sort()
        return int(np.count_nonzero(both[1:] == both[:-1]))


def alike(row: Folded, x: Array, y: Array, k: int, like: float) -> tuple[Array, Array, Array]:
    """The pairs of documents that are alike, and how much: the part of the k-grams of the shorter.

    Alike are those of which that part is ``like`` or more, and the Jaccard index ``_INDEX`` or more.
    """
    import numpy as np

    wanted = np.zeros(row.first.size - 1, bool)
    wanted[x] = wanted[y] = True
    number = wanted.cumsum() - 1
    grams = _grams(row, np.flatnonzero(wanted), k)
    left, right, count = number[x], number[y], grams.sizes()
    both, fewer = count[left] + count[right], np.maximum(np.minimum(count[left], count[right]), 1)
    maybe = np.flatnonzero(_enough(_bound(grams, left, right), fewer, both, like))
    pairs = zip(left[maybe].tolist(), right[maybe].tolist(), strict=True)
    common = np.fromiter((grams.common(*pair) for pair in pairs), np.int64, maybe.size)
    good = _enough(common, fewer[maybe], both[maybe], like)
    kept = maybe[good]
    return x[kept], y[kept], common[good] / fewer[kept]


def _enough(common: Array, fewer: Array, both: Array, like: float) -> Array:
    """Where so many k-grams in common make two documents alike (a mask)."""
    import numpy as np

    return np.asarray((common / fewer >= like) & (common >= _INDEX * (both - common)))


def _bound(grams: _Grams, x: Array, y: Array) -> Array:
    """How many k-grams the pairs share at the most."""
    import numpy as np

    bits = grams.bits
    without = grams.sizes() - _ones(bits)
    found, step = np.minimum(without[x], without[y]), _PIECE * 64 // _BITS
    for base in range(0, x.size, step):
        part = slice(base, base + step)
        found[part] += _ones(bits[x[part]] & bits[y[part]])
    return np.asarray(found)


def _ones(words: Array) -> Array:
    """The bits that are set in each row of words (Warren, Hacker's Delight, 5-1)."""
    import numpy as np

    one, two, four, bytes_ = (np.uint64(0xFFFFFFFFFFFFFFFF // part) for part in (3, 5, 17, 255))
    words = words - (words >> np.uint64(1) & one)
    words = (words & two) + (words >> np.uint64(2) & two)
    words = words + (words >> np.uint64(4)) & four
    return np.asarray((words * bytes_ >> np.uint64(56)).sum(axis=1).astype(np.int64))


def _grams(row: Folded, numbers: Array, k: int) -> _Grams:
    """The k-grams of the documents with these numbers (ascending)."""
    import numpy as np

    values, count = [np.zeros(0, np.uint32)], np.zeros(numbers.size + 1, np.int64)
    bits = np.zeros((numbers.size, _BITS // 64), np.uint64)
    for low, high in _together(row, numbers):
        document, grams = _hashed(row, numbers[low:high], k)
        values.append(grams)
        count[low + 1 : high + 1] = np.bincount(document, minlength=high - low)
        of = np.zeros((high - low, _BITS), bool)
        of[document, grams & (_BITS - 1)] = True
        bits[low:high] = np.packbits(of, axis=1).view(np.uint64)
    return _Grams(np.concatenate(values), count.cumsum(), bits)


def _together(row: Folded, numbers: Array) -> Iterator[tuple[int, int]]:
    """Documents that follow one another, those of a piece together; a longer one by itself."""
    size = (row.first[numbers + 1] - row.first[numbers]).cumsum()
    low = 0
    while low < numbers.size:
        before = size[low - 1] if low else 0
        high = max(low + 1, int(size.searchsorted(before + _PIECE, "right")))
        yield low, high
        low = high


def _hashed(row: Folded, numbers: Array, k: int) -> tuple[Array, Array]:
    """Documents, and their k-grams, ascending: a document has each once (two columns, the first from 0)."""
    import numpy as np

    start, size = row.first[numbers] + 1, row.first[numbers + 1] - row.first[numbers] - 1 + k
    last = size.cumsum()  # a document, and so much nothing that no k-gram knows of the next one
    document = np.arange(numbers.size).repeat(size)
    within = np.arange(last[-1]) - (last - size)[document]
    codes = np.where(within < (size - k)[document], row.codes.take(start[document] + within, mode="clip"), 0)
    found = hashes(np.append(codes, np.zeros(2 * k, codes.dtype)), k)[: document.size]
    keys = (document.astype(np.uint64) << np.uint64(32) | found)[found != VOID]
    keys.sort()
    keys = keys[np.append(True, keys[1:] != keys[:-1])[: keys.size]]
    return (keys >> np.uint64(32)).astype(np.int64), keys.astype(np.uint32)
