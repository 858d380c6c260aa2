"""Sets of rows - lines, or breaks between them - as the bits of one integer: row ``i`` is bit ``i``.

Python's integers are anded, shifted and counted in one step each. For the sixty lines of a page that takes a
thirtieth of what numpy needs to begin with as many booleans, and for a million lines less than numpy too. ``~`` makes
a negative integer, which stands for all other rows without end: it is only good for ``&``.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import cache
from itertools import compress
from typing import Any

import numpy as np

_SMALL = 1 << 12  # rows: below, numpy takes longer to begin than digits to be read
_DIGITS = b"01" + bytes(254)
_FLAGS = bytes(digit == ord("1") for digit in range(256))


def of(wanted: Any) -> int:
    """The rows where ``wanted`` (``bool``, one-dimensional) is true."""
    if 0 < len(wanted) < _SMALL:
        return int(wanted.tobytes()[::-1].translate(_DIGITS), 2)
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


def _flag_bytes(rows: int, count: int) -> bytes:
    """A 1 for each row in the set, and else a 0."""
    return f"{rows | 1 << count:b}"[:0:-1].encode().translate(_FLAGS)


def flags(rows: int, count: int) -> Any:
    """``bool[count]``: whether each row is in the set."""
    if count < _SMALL:
        return np.frombuffer(_flag_bytes(rows, count), bool)
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


class Column:
    """A column of numbers, none negative, to be compared with one number after the other.

    A few of them are kept as bytes too, for which a comparison is a look-up; all above 254 are 255 there. What has been
    asked of those is known from then on: one share of a margin is asked for in several places.
    """

    __slots__ = ("_backward", "_bytes", "_known", "values")

    def __init__(self, values: Any, top: int = 1 << 31) -> None:
        """``values`` are none above ``top``, as far as that is known."""
        self.values = values  # int32
        self._known: dict[int, int] = {}
        self._bytes = self._backward = b""
        if len(values) < _SMALL:
            low = values if top < 256 else np.minimum(values, _MOST)
            self._bytes = low.astype(np.uint8).tobytes()
            self._backward = self._bytes[::-1]

    def at_most(self, most: Any) -> int:
        """The rows of at most ``most``, which is one number or a column."""
        if isinstance(most, int) and most < 255 and self._bytes:
            known = self._known.get(most)
            if known is None:
                known = self._known[most] = int(self._backward.translate(_up_to(most)), 2)
            return known
        return of(self.values <= most)

    def quantiles(self, rows: int, *shares: float) -> list[int]:
        """The values that each of ``shares`` (0 to 1) of ``rows`` do not exceed; 0 where there are no rows."""
        if not rows:
            return [0] * len(shares)
        if self._bytes:
            last = rows.bit_count() - 1
            ranks = [int(last * share) for share in shares]
            up_to: list[int] = []  # how many rows are at most 0, 1, ...: in a column of prose most leave nothing free
            while len(up_to) < _STEPS:
                up_to.append((self.at_most(len(up_to)) & rows).bit_count())
                if up_to[-1] > max(ranks):
                    return [bisect_right(up_to, rank) for rank in ranks]
            ordered = sorted(compress(self._bytes, _flag_bytes(rows, len(self.values))))
            if ordered[max(ranks)] < 255:
                return [ordered[rank] for rank in ranks]
        return quantiles(self.values[flags(rows, len(self.values))], *shares)


_STEPS = 4  # numbers: so few are counted sooner than the rows are sorted
_MOST = np.array(255, np.int32)


@cache
def _up_to(most: int) -> bytes:
    return bytes(b"01"[value <= most] for value in range(256))


_FEW = 1 << 10  # values: so many are sorted sooner than counted


def quantiles(values: Any, *shares: float) -> list[int]:
    """The values that each of ``shares`` (0 to 1) of ``values`` (columns, not empty) do not exceed: elements of it.

    Many are counted: they are small and repeat, which slows selection down. Above 65,535 they count as that.
    """
    ranks = [int((len(values) - 1) * share) for share in shares]
    if len(values) <= _FEW:
        ordered = values.copy()
        ordered.sort()
        return [min(int(ordered[rank]), 0xFFFF) for rank in ranks]
    up_to = np.bincount(np.minimum(values, 0xFFFF)).cumsum()
    return [int(up_to.searchsorted(rank, "right")) for rank in ranks]
