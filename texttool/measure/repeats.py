"""What a text says again: sequences of characters, and whole paragraphs, in it and in others.

Both come from one prefix hash over the ink (Karp and Rabin 1987, modulo 2^64), so that wraps and spaces do not count.
"""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

import numpy as np

GRAM = 13  # characters: Chen et al., ChineseWebText (2023)
_BASE = 0x9E3779B97F4A7C15  # odd, so that it has an inverse
_MIX = np.uint64(0xFF51AFD7ED558CCD)
# Of more grams than these one in _PART is looked at, chosen by what it begins with, so that its copies are chosen too
# (Manber 1994).
_FEW, _PART = 1 << 14, 16
_PAIR = np.uint32(0x9E3779B1)
_LEAST = 12  # characters: a shorter paragraph is a heading or a formula
_KEPT = 1 << 16  # paragraphs that a sketch holds: an error of 1 in 256 at most, in a few megabytes


class Hashed(NamedTuple):
    """Some ink (``uint32``) and its prefix hashes: ``sums[i]`` is of the first ``i`` characters."""

    ink: Any
    sums: Any


def hashed(ink: Any) -> Hashed:
    """The prefix hashes of ``ink``, code points without white space."""
    sums = np.zeros(len(ink) + 1, np.uint64)
    np.cumsum(ink * _powers(len(ink)), out=sums[1:])
    return Hashed(ink, sums)


def of_spans(made: Hashed, start: Any, end: Any) -> Any:
    """``uint64``: a hash of each stretch of ink, the same wherever it stands."""
    found = (made.sums[end] - made.sums[start]) * _powers(len(made.sums), inverse=True)[start]
    return _stirred(found)


def grams(made: Hashed) -> tuple[int, int]:
    """How many sequences of ``GRAM`` characters there are, and how many of those stood before; of many, a sample."""
    count = len(made.sums) - GRAM
    if count <= 0:
        return 0, 0
    if count > _FEW:
        pairs = made.ink[:count] * _PAIR + made.ink[1 : count + 1]
        at = np.flatnonzero((pairs * _PAIR) >> 28 < 16 // _PART)
    else:
        at = np.arange(count)
    found = of_spans(made, at, at + GRAM)
    found.sort()
    return len(found), int(np.count_nonzero(found[1:] == found[:-1]))


def _stirred(values: Any) -> Any:
    """The same with all bits in play: the low ones of a polynomial tell little (MurmurHash3, finalizer)."""
    values ^= values >> np.uint64(33)
    values *= _MIX
    values ^= values >> np.uint64(33)
    return values


def _powers(count: int, *, inverse: bool = False) -> Any:
    """``uint64[count]``: the powers of the base, or of its inverse."""
    size = 1 << max(10, count.bit_length())
    return _table(size, inverse)[:count]


@cache
def _table(size: int, inverse: bool) -> Any:
    base = pow(_BASE, -1, 1 << 64) if inverse else _BASE
    powers = np.full(size, base, np.uint64)
    powers[0] = 1
    return np.cumprod(powers)


class Sketch:
    """Paragraphs and how often each was met, in bounded memory (distinct sampling, Gibbons 2001).

    Kept are those whose hash is a multiple of ``part``, a power of two that doubles where they become too many. Two
    sketches added up are the sketch of both texts, in whatever order.
    """

    __slots__ = ("_rows", "_waiting", "part")

    def __init__(self) -> None:
        self.part = 1
        self._rows = _NO_ROWS  # hashes, how often each was met, characters
        self._waiting: list[tuple[Any, Any, Any]] = []  # rows that are merged when there are many

    def add(self, made: Hashed, start: Any, end: Any) -> None:
        """Paragraphs of the ink that ``made`` is of; those of a few characters are left out."""
        long = end - start >= _LEAST
        start, end = start[long], end[long]
        self._wait((of_spans(made, start, end), np.ones(len(start), np.int64), (end - start).astype(np.int64)))

    def update(self, other: Sketch) -> None:
        """All that another sketch has met."""
        self.part = max(self.part, other.part)
        for rows in (other._rows, *other._waiting):
            self._wait(rows)

    def repeated(self) -> tuple[int, int]:
        """Characters in paragraphs that stood before, and in all of those that are kept."""
        self._merge()
        _, count, size = self._rows
        return int(((count - 1) * size).sum()), int((count * size).sum())

    def __len__(self) -> int:
        return len(self._rows[0]) + sum(len(rows[0]) for rows in self._waiting)

    def _wait(self, rows: tuple[Any, Any, Any]) -> None:
        self._waiting.append(_thinned(rows, self.part))
        if len(self) > 2 * _KEPT:
            self._merge()

    def _merge(self) -> None:
        key, count, size = (np.concatenate(column) for column in zip(self._rows, *self._waiting, strict=True))
        key, first, back = np.unique(key, return_index=True, return_inverse=True)
        self._rows = _thinned((key, np.bincount(back, count, len(key)).astype(np.int64), size[first]), self.part)
        self._waiting.clear()
        while len(self._rows[0]) > _KEPT:
            self.part *= 2
            self._rows = _thinned(self._rows, self.part)


_NO_ROWS = np.zeros(0, np.uint64), np.zeros(0, np.int64), np.zeros(0, np.int64)


def _thinned(rows: tuple[Any, Any, Any], part: int) -> tuple[Any, Any, Any]:
    """The rows whose hash is a multiple of ``part``."""
    if part == 1:
        return rows
    kept = (rows[0] & np.uint64(part - 1)) == 0
    return rows[0][kept], rows[1][kept], rows[2][kept]
