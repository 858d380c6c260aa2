"""Seeds: short strings of folded characters that stand more than once, found by hash and sorted, never by pairs.

Method: k-gram hashes by doubling (Karp, Miller and Rosenberg 1972), of which minimizers are kept (Schleimer,
Wilkerson and Aiken 2003: in every window of w k-grams the smallest hash), so that any stretch of k + w - 1 equal
characters shares a seed, whatever stands around it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from texttool.filters.dedup.fold import IDEOGRAPHS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[Any]

# k-grams are hashed in pieces of this many characters, whose columns stay in the processor's cache.
_PIECE = 1 << 15
_LOW = 0xFFFFFFFF
_FEW = 8  # occurrences of a seed that are linked to more than the one before
_OFTEN = 16  # occurrences from which a seed tells nothing by itself: a log of lines with other values is made of such
# How the places back that are asked for add up.
_SUMS = {2: (1, 1), 3: (2, 1), 4: (2, 2), _FEW: (4, 4), _OFTEN: (_FEW, _FEW)}
VOID = 0xFFFFFFFF  # the hash of a k-gram that reaches over the edge of a text


def minimizers(codes: Array, k: int, w: int) -> Array:
    """Sorted uint64 of ``hash << 32 | index`` for the k-grams chosen in ``codes`` (0 is the edge of a text)."""
    import numpy as np

    edge = np.zeros(2 * k + w, codes.dtype)
    keys, n = np.empty(codes.size, np.uint64), 0  # room for all: what is not written takes no memory
    for base in range(0, codes.size, _PIECE):
        low, high = base - (w - 1), base + _PIECE + w - 1 + 2 * k - 1
        piece = codes[max(low, 0) : high]
        if low < 0 or high > codes.size:
            piece = np.concatenate((edge[: max(-low, 0)], piece, edge[: max(high - codes.size, 0)]))
        grams = hashes(piece, k)
        inner = grams[w - 1 : 1 - w]
        chosen = (_slide(_slide(grams, w, np.minimum), w, np.maximum) == inner) & (inner != VOID)
        chosen &= inner != grams[w - 2 : -w]  # a run of one character is no more than its beginning
        kept = np.flatnonzero(chosen[: codes.size - base])
        row = keys[n : n + kept.size]
        row[:] = inner[kept]
        row <<= np.uint64(32)
        row |= (kept + base).astype(np.uint64)
        n += kept.size
    keys = keys[:n]
    keys.sort()
    return keys


def links(keys: Array, reach: int, nearest: int) -> Array:
    """Sorted uint64 of ``shift << 33 | index << 1 | often``: seeds at ``index`` that also stand ``shift`` before.

    Each occurrence is linked to the one before it, the first few of them to the ``reach`` ones before: what stands n
    times makes about n links and not n * n. ``often`` is 1 where it has stood many times before. Those nearer than
    ``nearest`` are left out.
    """
    import numpy as np

    anchors, n = np.empty(keys.size * reach, np.uint64), 0  # room for all: what is not written takes no memory
    for base in range(0, keys.size, _PIECE):
        known = min(base, _OFTEN)
        piece = keys[base - known : base + _PIECE]
        place = (piece & np.uint64(_LOW)).astype(np.int64)
        same = _same(piece)
        often = same[_OFTEN]
        for back in range(1, reach + 1):
            shift = place[back:] - place[:-back]
            linked = same[back][back:] & (shift >= nearest)
            if back > 1:
                linked &= ~same[_FEW][back:]
            linked[: max(known - back, 0)] = False
            at = np.flatnonzero(linked)
            row = anchors[n : n + at.size]
            row[:] = shift[at]
            at += back
            row <<= np.uint64(32)
            row |= place[at].view(np.uint64)
            row <<= np.uint64(1)
            row |= often[at]
            n += at.size
    anchors = anchors[:n]
    anchors.sort()
    return anchors


def _same(keys: Array) -> dict[int, Array]:
    """By how many places back, from 1 to 3 and where it stands often: whether the key there is one of the same hash.

    The keys are sorted, so that all between are of it too. (Masks.)
    """
    import numpy as np

    one = np.zeros(keys.size, bool)
    one[1:] = (keys[1:] ^ keys[:-1]) <= _LOW
    same = {1: one}
    for back, (first, second) in _SUMS.items():
        same[back] = same[first].copy()
        same[back][first:] &= same[second][:-first]
        same[back][:first] = False
    return same


def own(codes: Array, keys: Array, k: int, w: int, start: Array, end: Array, places: Array) -> Array:
    """For each stretch of ``codes`` the part of its seeds that stand in no more than so many ``places``.

    ``keys`` are the minimizers of ``codes``; seeds that stand once do not count: they are not what recurs.
    """
    import numpy as np

    size = end - start
    base = np.cumsum(size + 1) - size  # the stretches in one row, a 0 before each
    row = np.zeros(int((size + 1).sum()) + 1, codes.dtype)
    within = np.flatnonzero(_filled(base, size, row.size))
    row[within] = codes[np.repeat(start - base, size) + within]
    seeds = minimizers(row, k, w)
    grams = seeds >> np.uint64(32) << np.uint64(32)
    count = keys.searchsorted(grams + np.uint64(_LOW), "right") - keys.searchsorted(grams)
    stretch = base.searchsorted((seeds & np.uint64(_LOW)).astype(np.int64), "right") - 1
    shared = np.bincount(stretch, count > 1, size.size)
    few = np.bincount(stretch, (count > 1) & (count <= places[stretch]), size.size)
    return np.asarray(few / np.maximum(shared, 1))


def _filled(base: Array, size: Array, length: int) -> Array:
    """Which of ``length`` places the stretches cover (a mask)."""
    import numpy as np

    edges = np.zeros(length + 1, np.int64)
    edges[base] += 1
    edges[base + size] -= 1
    return edges.cumsum()[:-1] > 0


def hashes(codes: Array, k: int) -> Array:
    """A uint32 for each k-gram (k from 4 to 8) but the last k, ``VOID`` where it holds a 0.

    A k-gram of letters or digits is hashed with the k characters behind it: a letter tells about half of what an
    ideograph does.
    """
    import numpy as np

    h = codes.astype(np.uint32)
    h *= np.uint32(0x9E3779B1)
    h ^= h >> np.uint32(15)
    h = h[:-1] * np.uint32(0x85EBCA77) + h[1:]
    h = h[:-2] * np.uint32(0xC2B2AE3D) + h[2:]
    h ^= h >> np.uint32(13)
    if k > 4:
        h = h[: 4 - k] * np.uint32(0x27D4EB2F) + h[k - 4 :]
    h, behind = h[:-k], h[k:]
    letters = _slide(codes, k, np.maximum)[: h.size] < IDEOGRAPHS
    if letters.any():
        h = np.where(letters, h * np.uint32(0x165667B1) + behind, h)
    h ^= h >> np.uint32(16)
    h *= np.uint32(0x7FEB352D)
    h ^= h >> np.uint32(15)
    edges = np.flatnonzero(codes == 0)
    for before in range(k):
        void = edges - before
        h[void[(void >= 0) & (void < h.size)]] = VOID
    return h


def _slide(values: Array, width: int, best: Any) -> Array:
    """The best of every ``width`` neighbours, by doubling."""
    have = 1
    while have < width:
        step = min(have, width - have)
        values = best(values[:-step], values[step:])
        have += step
    return values
