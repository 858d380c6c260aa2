"""What stands between the Han characters of a text: it must stay when those are converted.

Characters are told apart by the high bytes of their UTF-16 units: nearly all blocks of 256 are Han as a whole, or hold
none. Every step is one of ``bytes``, ``str`` or integers. It takes half as long again as numpy, which takes longer to
import than twenty megabytes take here.
"""

from __future__ import annotations

import re

_PIECE = 1 << 16  # code points: a piece stays in the processor's cache
_BLOCKS = bytes((*range(0x34, 0x4D), *range(0x4E, 0xA0), 0xF9, 0xFA))  # high bytes
_IS_HAN = bytes(high in _BLOCKS for high in range(256))
_OTHER = bytes(0 if high in _BLOCKS else 0xFF for high in range(256))
_AS_ONE = bytes(_BLOCKS[0] if high in _BLOCKS else high for high in range(256))
_ELSEWHERE = "[\u2e80-\u2fdf\u3005-\u3007\u4d00-\u4dbf\U00020000-\U00033fff]"


def other_than_han(text: str) -> str:
    """Everything but Han characters and radicals. It projects whole texts: ``re`` takes four times as long."""
    pieces = (text[base : base + _PIECE] for base in range(0, len(text), _PIECE))
    return "".join(map(_other_than_han, pieces))


def only_han_differs(old: str, new: str) -> bool:
    """Whether two texts of equal length differ only where both have characters of blocks that are all Han.

    Then ``other_than_han`` is the same for both; this takes half the time.
    """
    places = range(0, len(old), _PIECE)
    pieces = ((old[base : base + _PIECE], new[base : base + _PIECE]) for base in places)
    return len(old) == len(new) and all(a == b or _only_han_differs(a, b) for a, b in pieces)


def _other_than_han(piece: str) -> str:
    """Of a piece, which stays in the processor's cache: the codec of Latin-1 leaves out what it has no byte for.

    The characters of most blocks of 256 are Han all of them, as their high bytes tell, or none is. The others get a
    high byte of 0, so that Latin-1 has their low bytes.
    """
    units = _units(piece)
    high = units[1::2]
    told = bytearray(units)
    told[1::2] = high.translate(_IS_HAN)
    low = told.decode("utf-16-le").encode("latin-1", "ignore")
    other = bytearray(2 * len(low))
    other[::2], other[1::2] = low, high.translate(None, _BLOCKS)
    return re.sub(_ELSEWHERE, "", other.decode("utf-16-le", "surrogatepass"))


def _only_han_differs(old: str, new: str) -> bool:
    a, b = _units(old), _units(new)
    high = a[1::2].translate(_AS_ONE)
    if high != b[1::2].translate(_AS_ONE):
        return False
    low, other = int.from_bytes(a[::2], "little"), int.from_bytes(b[::2], "little")
    return not (low ^ other) & int.from_bytes(high.translate(_OTHER), "little")


def _units(text: str) -> bytes:
    return text.encode("utf-16-le", "surrogatepass")
