"""Adjacent repetition with a short period: something that is said and at once said again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from texttool.filters.dedup.extend import run

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[Any]

_DIGITS = 0x39  # the last of the digits, which stand before all letters
SEAM = 3  # characters by which the ends of places differ that are one: copies that follow one another share a few
_HAN = ((0x3400, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x323AF))


def repeats(codes: Array, longest: int, words: int, least: int) -> list[tuple[int, int, int]]:
    """Stretches that repeat with a period under ``longest`` folded characters: start, end, period.

    A repetition counts where the period holds at least ``words`` ideographs, or the repeated part at least ``least``
    characters. Only every p-th character need be compared at period p, so the work is n (1 + 1/2 + 1/3 + ...).
    """
    import numpy as np

    found: list[Array] = [np.empty((0, 2), np.int64)]
    for period in range(1, longest):
        step = period if period >= words else least
        here = codes[period::step]
        hits = np.flatnonzero((here == codes[:-period:step][: here.size]) & (here != 0)) * step + period
        hits = hits[_beside(codes, hits, period)] if hits.size else hits
        divisors = [found[shorter] for shorter in range(1, period) if period % shorter == 0]
        for rows in divisors if hits.size else ():
            hits = hits[~_inside(hits, rows, period + step, step)]
        if not hits.size:
            found.append(found[0])
            continue
        before = run(codes, hits - period - 1, hits - 1, -1, np.full(hits.size, step))
        hits, before = hits[before < step], before[before < step]  # one hit a stretch: the first
        after = run(codes, hits - period, hits, 1)
        start, end = hits - before - period, hits + after
        for rows in divisors:
            more = ~_within(start, end, rows)
            start, end = start[more], end[more]
        again = end - start - period
        whole = np.flatnonzero((again >= step) & (again < least))
        says = _says(codes[start[whole, None] + np.arange(period)], words)
        long = np.flatnonzero(again >= least)
        words_too = (codes[start[long, None] + np.arange(period)] > _DIGITS).any(axis=1)  # a column of noughts repeats
        kept = np.sort(np.concatenate((long[words_too], whole[says])))
        found.append(np.stack((start[kept], end[kept]), axis=1))
    return [(start, end, period) for period, rows in enumerate(found) for start, end in rows.tolist()]


def _beside(codes: Array, hits: Array, period: int) -> Array:
    """Which hits have another one beside them (a mask): by chance one character in some dozens is a hit."""
    import numpy as np

    after = codes.take(hits + 1, mode="clip") == codes[hits + 1 - period]
    return np.asarray(after | (codes[hits - 1] == codes.take(hits - 1 - period, mode="clip")))


def _inside(hits: Array, found: Array, head: int, tail: int) -> Array:
    """Which hits stand in a stretch of a period that divides this one, and not near its ends (a mask).

    They repeat with that one. Those near the ends may belong to a stretch that leads out of it.
    """
    import numpy as np

    if not len(found):
        return np.zeros(hits.size, bool)
    last = found[:, 0].searchsorted(hits, "right") - 1
    start, end = found[np.maximum(last, 0)].T
    return np.asarray((hits >= start + head) & (hits < end - tail))


def _within(start: Array, end: Array, found: Array) -> Array:
    """Which stretches one of a period that divides theirs holds, but for a few characters at their ends (a mask)."""
    import numpy as np

    if not len(found):
        return np.zeros(start.size, bool)
    last = found[:, 0].searchsorted(start + SEAM, "right") - 1
    return np.asarray((last >= 0) & (end <= found[np.maximum(last, 0), 1] + SEAM))


def _says(chars: Array, words: int) -> Array:
    """Which rows hold ``words`` ideographs and are not themselves a repetition of something shorter (a mask)."""
    import numpy as np

    period = chars.shape[1]
    says = np.asarray(sum(((chars >= low) & (chars <= high)).sum(axis=1) for low, high in _HAN) >= words)
    for shorter in range(1, period):
        if period % shorter == 0:
            says &= (chars[:, shorter:] != chars[:, :-shorter]).any(axis=1)
    return says
