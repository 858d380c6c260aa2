"""Where a seed may begin that stands elsewhere in a small text too, by numpy: for many texts, one after another."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from texttool.filters.dedup.fold import folded_codes
from texttool.filters.dedup.lengths import SEED, WORDS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[Any]

_FACTOR = 0x9E3779B97F4A7C15  # any odd one without a pattern
_BITS = 17  # of a hash: of a page some two seeds then have one by chance, and the table stays in the cache


def suspected(text: str) -> tuple[str, list[int]]:
    """The folded text, and where in it seeds begin that stand elsewhere too, or WORDS characters that follow at once.

    Ascending. There may be too many places, and never too few; of what follows at once only one is told. Where there
    are none, the folded text is not made: it is empty.
    """
    import numpy as np

    codes = folded_codes(text)
    if len(codes) <= SEED:
        return "", []
    units = codes.astype(np.uint16, copy=False)
    found = _seeds(units)
    at_once = (units[WORDS:] == units[:-WORDS]).tobytes().find(b"\1" * WORDS)
    found += [at_once] if at_once >= 0 else []
    if not found:
        return "", []
    return codes.astype("<u4").tobytes().decode("utf-32-le", "surrogatepass"), sorted(set(found))


def _seeds(units: Array) -> list[int]:
    """Where seeds begin that stand twice: those that have the hash of another one, and are the same."""
    import numpy as np

    hashes, last = _hashes(units), _last()
    places = np.arange(len(hashes), dtype=np.int32)
    last[hashes] = places  # where there are several, the last is written last
    known = last.take(hashes)
    again = (known != places).nonzero()[0]
    if not len(again):
        return []
    of_hash: dict[int, list[int]] = {}
    for place, at in zip(again.tolist(), known.take(again).tolist(), strict=True):
        of_hash.setdefault(at, [at]).append(place)
    said, found = units.tobytes(), list[int]()
    for same in of_hash.values():
        if len({said[2 * at : 2 * (at + SEED)] for at in same}) < len(same):
            found += same
    return found


def _hashes(units: Array) -> Array:
    """A number of ``_BITS`` bits for each seed, from its first four characters as one number and its last four."""
    import numpy as np

    fours = np.ndarray((len(units) - 3,), np.uint64, units, 0, (2,)).copy()
    hashes = fours[: 4 - SEED] * _numbers()[0]
    hashes ^= fours[SEED - 4 :]
    hashes >>= _numbers()[1]
    return np.asarray(hashes.view(np.int64))


@cache
def _numbers() -> tuple[Any, Any]:
    import numpy as np

    return np.uint64(_FACTOR), np.uint64(64 - _BITS)


@cache
def _last() -> Array:
    """For each hash the last place that has it: what is not written by a text is not read for it."""
    import numpy as np

    return np.zeros(1 << _BITS, np.int32)
