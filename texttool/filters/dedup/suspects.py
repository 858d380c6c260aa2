"""Where a seed may begin that stands elsewhere in a small text too, by numpy: for many texts, one after another."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from texttool.filters.dedup.fold import folded_codes
from texttool.filters.dedup.lengths import WORDS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[Any]

_FACTORS = (0x9E37, 0x85EB, 0xC2B3)  # any odd ones without a pattern


def suspected(text: str) -> tuple[str, list[int]]:
    """The folded text, and where in it WORDS characters begin that may stand elsewhere too; ascending.

    Those of one hash are taken for the same, so that there may be too many places, and never too few.
    """
    import numpy as np

    codes = folded_codes(text)
    folded = codes.astype("<u4").tobytes().decode("utf-32-le", "surrogatepass")
    if len(codes) < WORDS:
        return folded, []
    hashes = _hashes(codes.astype(np.uint16, copy=False))
    places, last = np.arange(len(hashes), dtype=np.int32), _last()
    last[hashes] = places  # where there are several, the last is written last
    known = last[hashes]
    again = (known != places).nonzero()[0]
    return folded, sorted({*again.tolist(), *known[again].tolist()})


def _hashes(row: Array) -> Array:
    """A number below 65,536 for each five characters: their sum, each with a weight of its own."""
    one, two, three = _weights()
    pairs = row[:-1] * one + row[1:]
    fours = pairs[:-2] * two + pairs[2:]
    hashes: Array = fours[:-1] * three + row[WORDS - 1 :]
    return hashes


@cache
def _weights() -> Array:
    import numpy as np

    return np.array(_FACTORS, np.uint16)


@cache
def _last() -> Array:
    """For each hash the last place that has it: what is not written by a text is not read for it."""
    import numpy as np

    return np.zeros(1 << 16, np.int32)
