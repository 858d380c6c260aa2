"""How far two places of a text say the same: exact runs, and runs that go on behind a few characters that differ."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from texttool.filters.dedup.fold import IDEOGRAPHS
from texttool.filters.dedup.lengths import AHEAD, EDITS, ENOUGH

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[Any]

_BATCH = 1 << 13  # pairs of places looked at together
_LONG, _FEW = 4096, 16  # characters: pairs that agree for so many, and are so few, are followed one by one
_PIECE = 1 << 15  # characters of one pair that are compared at once
_COST, _DROP = 2, 8  # what an edit costs, in characters that agree; how far below its best a score may fall
# An end is followed through so many edits. Behind them stand seeds of the passage's own: without a bound each pair of
# a list whose lines differ by a number would be followed to the end of the text, in quadratic time.
_MOST_EDITS = 32
_SEEN = AHEAD + max(map(max, EDITS))  # characters looked at from a difference on


def run(codes: Array, a: Array, b: Array, step: int, limit: Array | None = None) -> Array:
    """How many characters agree from ``a`` and ``b`` on, forwards (``step`` 1) or backwards (-1), up to ``limit``."""
    import numpy as np

    length = np.zeros(a.size, np.int64)
    for base in range(0, a.size, _BATCH):
        part = slice(base, base + _BATCH)
        length[part] = _run(codes, a[part], b[part], step, None if limit is None else limit[part])
    return length


def _run(codes: Array, a: Array, b: Array, step: int, limit: Array | None) -> Array:
    import numpy as np

    length = np.zeros(a.size, np.int64)
    open_, width = np.arange(a.size), 8
    while open_.size:
        ahead = np.arange(width) * step
        done = length[open_] * step
        x = codes.take((a[open_] + done)[:, None] + ahead, mode="clip")
        y = codes.take((b[open_] + done)[:, None] + ahead, mode="clip")
        differ = (x != y) | (x == 0)
        stop = differ.any(axis=1)
        length[open_] += np.where(stop, differ.argmax(axis=1), width)
        going = ~stop
        if limit is not None:
            going &= length[open_] < limit[open_]
        open_ = open_[going]
        width = max(8, min(width * 4, _LONG, (1 << 20) // max(open_.size, 1)))
        if width == _LONG and open_.size < _FEW:
            for i in open_.tolist():
                most = codes.size if limit is None else int(limit[i])
                length[i] = _far(codes, int(a[i]), int(b[i]), step, int(length[i]), most)
            break
    return length if limit is None else np.minimum(length, limit)


def _far(codes: Array, a: int, b: int, step: int, done: int, most: int) -> int:
    """As ``run``, of one pair that agrees for long: ``done`` characters are known to, ``most`` are asked about."""
    room = codes.size - max(a, b) if step > 0 else min(a, b) + 1
    while done < min(room, most):
        size = min(_PIECE, room - done)
        x, y = (_stretch(codes, at + done * step, size, step) for at in (a, b))
        differ = (x != y) | (x == 0)
        first = int(differ.argmax())
        if differ[first]:
            return done + first
        done += size
    return done


def _stretch(codes: Array, at: int, size: int, step: int) -> Array:
    return codes[at : at + size] if step > 0 else codes[at - size + 1 : at + 1][::-1]


def gapped(codes: Array, a: Array, b: Array, step: int) -> tuple[Array, Array, Array]:
    """How far each pair goes on with edits between: characters of the one, of the other, and how many agree.

    Greedy with x-drop (Zhang, Schwartz, Wagner and Miller 2000): run to the first difference, take the edit behind
    which most characters agree, go on while the score stays near its best; what counts is where it was best.
    """
    import numpy as np

    best = np.zeros((4, a.size), np.int64)  # score, characters of the one, of the other, agreeing
    for base in range(0, a.size, _BATCH):
        part = slice(base, base + _BATCH)
        _gapped(codes, a[part].copy(), b[part].copy(), step, best[:, part])
    return best[1], best[2], best[3]


def _gapped(codes: Array, a: Array, b: Array, step: int, best: Array) -> None:
    import numpy as np

    a0, b0, agree, score = a.copy(), b.copy(), np.zeros(a.size, np.int64), np.zeros(a.size, np.int64)
    open_ = np.arange(a.size)
    for _ in range(_MOST_EDITS):
        if not open_.size:
            break
        length = run(codes, a[open_], b[open_], step)
        for column, sign in ((a, step), (b, step), (agree, 1), (score, 1)):
            column[open_] += length * sign
        better = open_[score[open_] > best[0, open_]]
        best[:, better] = score[better], abs(a[better] - a0[better]), abs(b[better] - b0[better]), agree[better]
        skip_a, skip_b, going = _resume(codes, a[open_], b[open_], step)
        going &= score[open_] > best[0, open_] - _DROP
        open_, skip_a, skip_b = open_[going], skip_a[going], skip_b[going]
        a[open_] += skip_a * step
        b[open_] += skip_b * step
        score[open_] -= _COST * np.maximum(skip_a, skip_b)


def _resume(codes: Array, a: Array, b: Array, step: int) -> tuple[Array, Array, Array]:
    """The best edit at each pair of places that differ, and whether there is one to believe in."""
    import numpy as np

    best = np.zeros(a.size, np.int64)
    choice = np.zeros(a.size, np.int64)
    ahead = np.arange(_SEEN)[:, None] * step  # a row for each character ahead
    x, y = (codes.take(at + ahead, mode="clip") for at in (a, b))
    for number, (skip_a, skip_b) in enumerate(EDITS):
        maybe = np.flatnonzero((x[skip_a] == y[skip_b]) & (x[skip_a + 1] == y[skip_b + 1]))  # less is never enough
        if maybe.size:
            tells = _told(x[:, maybe], y[:, maybe], skip_a, skip_b)
            better = tells > best[maybe]  # among edits behind which equally much agrees, the shorter: it stands first
            best[maybe[better]], choice[maybe[better]] = tells[better], number
    best[(x[0] == 0) | (y[0] == 0)] = 0
    edits = np.array(EDITS)[choice]
    return edits[:, 0], edits[:, 1], best > 0


def _told(x: Array, y: Array, skip_a: int, skip_b: int) -> Array:
    """How much agrees behind an edit, 0 where that is not enough; ``x`` and ``y`` have a row for each character."""
    import numpy as np

    here, there = x[skip_a : skip_a + AHEAD], y[skip_b : skip_b + AHEAD]
    same = np.logical_and.accumulate((here == there) & (here != 0))
    tells = (same * np.where(here >= IDEOGRAPHS, 3, 1)).sum(axis=0)
    inside = x[1 : max(skip_a, 1)].all(axis=0) & y[1 : max(skip_b, 1)].all(axis=0)  # not over the edge of a text
    return np.where(inside & (tells >= ENOUGH * max(skip_a, skip_b)), tells, 0)
