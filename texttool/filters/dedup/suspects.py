"""Where a seed may begin that stands elsewhere in a small text too, by numpy: for many texts, all at once."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from texttool.filters.dedup.fold import folded_row
from texttool.filters.dedup.lengths import SEED, WORDS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[Any]

_FACTOR, _OTHER = 0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F  # any odd ones without a pattern
# Of a hash, beyond those that number the seeds: one seed in a hundred then shares its place in the table by chance.
_MORE = 6
_MOST = 20  # bits of a hash: the table stays in the cache


def suspected(texts: Sequence[str]) -> list[tuple[str, list[int]]]:
    """Of each text the folded text, and where in it seeds begin that stand elsewhere too, or WORDS characters that
    follow at once.

    Ascending. There may be too many places, and never too few; of what follows at once only one is told. Where there
    are none, the folded text is not made: it is empty.
    """
    import numpy as np

    codes, bounds = folded_row(texts)
    units = codes.astype(np.uint16, copy=False)
    seeds = _seeds(units, bounds) if len(units) > SEED else units[:0]
    first = seeds.searchsorted(bounds).tolist()
    again = (units[WORDS:] == units[:-WORDS]).tobytes()
    found: list[tuple[str, list[int]]] = []
    for (start, end), (low, high) in zip(pairwise(bounds), pairwise(first), strict=True):
        places = {at - start for at in seeds[low:high].tolist() if at + SEED <= end} if high > low else set[int]()
        at_once = again.find(b"\1" * WORDS, start, max(start, end - WORDS))
        if at_once >= 0:
            places.add(at_once - start)
        found.append((_text(codes[start:end]) if places else "", sorted(places)))
    return found


def _text(codes: Array) -> str:
    return str(codes.astype("<u4").tobytes().decode("utf-32-le", "surrogatepass"))


def _seeds(units: Array, bounds: Sequence[int]) -> Array:
    """Where seeds begin that stand twice in one text, ascending: those that have the hash of another one."""
    import numpy as np

    hashes, last = _hashes(units, bounds), _last()
    short = (hashes >> np.uint64(64 - min(len(hashes).bit_length() + _MORE, _MOST))).view(np.int64)
    places = np.arange(len(hashes), dtype=np.int32)
    last[short] = places  # where there are several, the last is written last
    known = last.take(short)
    again: Array = (known != places).nonzero()[0]
    if not len(again):
        return again  # none
    some = np.unique(np.concatenate((again, known.take(again))))
    order = hashes.take(some).argsort()
    ranked = hashes.take(some.take(order))
    same = ranked[1:] == ranked[:-1]
    twice = np.zeros(len(some), bool)
    twice[1:] = same
    twice[:-1] |= same
    return np.sort(some.take(order[twice]))


def _hashes(units: Array, bounds: Sequence[int]) -> Array:
    """A number of 64 bits for each seed and its text, from its first four characters as one number and its last."""
    import numpy as np

    fours = np.ndarray((len(units) - 3,), np.uint64, units, 0, (2,)).copy()
    hashes = fours[: 4 - SEED] * np.uint64(_FACTOR)
    hashes ^= fours[SEED - 4 :]
    hashes *= np.uint64(_OTHER)
    if len(bounds) > 2:
        numbers = np.arange(len(bounds) - 1, dtype=np.uint64) * np.uint64(_FACTOR)
        hashes ^= numbers.repeat(np.diff(bounds))[: len(hashes)]
    return hashes


@cache
def _last() -> Array:
    """For each hash the last place that has it: what is not written by a text is not read for it."""
    import numpy as np

    return np.zeros(1 << _MOST, np.int32)
