"""Sets of rows - lines, or breaks between them - as the bits of one integer: row ``i`` is bit ``i``.

Python's integers are anded, shifted and counted in one step each. For the sixty lines of a page that takes a
thirtieth of what numpy needs to begin with as many booleans, and for a million lines less than numpy too. ``~`` makes
a negative integer, which stands for all other rows without end: it is only good for ``&``.
"""

from __future__ import annotations

from typing import Any

import numpy as np

_SMALL = 1 << 12  # rows: below, numpy takes longer to begin than digits to be read
_DIGITS = b"01" + bytes(254)
_FLAGS = bytes(digit == ord("1") for digit in range(256))


def of(wanted: Any) -> int:
    """The rows where ``wanted`` (``bool``, one-dimensional) is true."""
    if len(wanted) < _SMALL:
        return of_digits(wanted.tobytes().translate(_DIGITS))
    return int.from_bytes(np.packbits(wanted, bitorder="little").tobytes(), "little")


def of_digits(digits: bytes) -> int:
    """The rows where ``digits`` (ASCII) has a one."""
    return int(digits[::-1], 2) if digits else 0


def at(rows: Any, count: int) -> int:
    """The set of ``rows`` (numbers, distinct, a list or an array), of ``count`` that there are."""
    if not len(rows):
        return 0
    wanted = np.zeros(count, bool)
    wanted[rows] = True
    return of(wanted)


def all_of(count: int) -> int:
    """All of ``count`` rows."""
    return (1 << count) - 1


def flags(rows: int, count: int) -> Any:
    """``bool[count]``: whether each row is in the set."""
    if count < _SMALL:
        return np.frombuffer(f"{rows | 1 << count:b}"[:0:-1].encode().translate(_FLAGS), bool)
    packed = np.frombuffer(rows.to_bytes((count + 7) // 8, "little"), np.uint8)
    return np.unpackbits(packed, count=count, bitorder="little").view(bool)


def places(rows: int, count: int) -> Any:
    """``intp``: the rows of the set, in order."""
    return flags(rows, count).nonzero()[0]


def has_whole_run(runs: int, among: int) -> bool:
    """Whether all rows of any run of two or more neighbours in ``runs`` are ``among`` others, a part of ``runs``.

    Where one is added to a run at its first row it carries up to the first row that is missing, or behind the run.
    """
    runs &= runs << 1 | runs >> 1
    among &= runs
    first = among & runs & ~(runs << 1)
    return bool((among + first) & ~among & ~runs)
