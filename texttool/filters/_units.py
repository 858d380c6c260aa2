"""A large text as numpy columns of its characters, piece by piece: they stay in the processor's cache."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from texttool.codepoints import narrowest

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Units = NDArray[Any]  # uint16

LARGE = 1 << 16  # code points: in shorter texts `re` finds what is looked for before numpy would be loaded
PIECE = 1 << 16  # code points
BEYOND = 0xFFFF  # stands for every character beyond the Basic Multilingual Plane; itself it is none


def units(text: str) -> Units:
    """``uint16``, one a code point of ``text``: the code point itself, or ``BEYOND``."""
    import numpy as np

    codes = narrowest(text)
    return codes if codes.dtype == np.uint16 else np.minimum(codes, BEYOND).astype(np.uint16)


def pieces(text: str, more: int) -> Iterator[tuple[int, Units]]:
    """The units of ``text`` from each offset on (code points), up to the next offset and ``more`` behind it."""
    for base in range(0, len(text), PIECE):
        yield base, units(text[base : base + PIECE + more])


def flags(chars: str) -> Units:
    """``bool[65536]``: whether a unit is one of ``chars``, which the Basic Multilingual Plane holds."""
    import numpy as np

    table = np.zeros(BEYOND + 1, bool)
    table[list(map(ord, chars))] = True
    return table


def where(text: str, chars: str) -> Units:
    """``int64``: the offsets of each of ``chars`` in ``text``, ascending."""
    import numpy as np

    table = flags(chars)
    found = [table.take(piece).nonzero()[0] + base for base, piece in pieces(text, 0)]
    return np.concatenate(found) if found else np.zeros(0, np.int64)
