"""How far two places of a text say the same: exact runs, and runs that go on behind a few characters that differ."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from texttool.filters.dedup.fold import IDEOGRAPHS
from texttool.filters.dedup.lengths import AHEAD, EDITS, ENOUGH

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[Any]

_BATCH = 1 << 13  # pairs of places looked at together
_COST, _DROP = 2, 8  # what an edit costs, in characters that agree; how far below its best a score may fall
# An end is followed through so many edits. Behind them stand seeds of the passage's own: without a bound each pair of
# a list whose lines differ by a number would be followed to the end of the text, in quadratic time.
_MOST_EDITS = 32


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
        width = max(8, min(width * 4, 4096, (1 << 20) // max(open_.size, 1)))
    return length if limit is None else np.minimum(length, limit)


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
    ahead = np.arange(AHEAD) * step
    alive = (codes.take(a, mode="clip") != 0) & (codes.take(b, mode="clip") != 0)
    far_a, far_b = ([codes.take(at + n * step, mode="clip") != 0 for n in (1, 2)] for at in (a, b))
    for number, (skip_a, skip_b) in enumerate(EDITS):
        x = codes.take((a + skip_a * step)[:, None] + ahead, mode="clip")
        y = codes.take((b + skip_b * step)[:, None] + ahead, mode="clip")
        same = np.logical_and.accumulate((x == y) & (x != 0), axis=1)
        tells = (same * np.where(x >= IDEOGRAPHS, 3, 1)).sum(axis=1)
        # Among edits behind which equally much agrees, the shorter wins: it stands first.
        better = (tells > best) & (tells >= ENOUGH * max(skip_a, skip_b))
        for skip, far in ((skip_a, far_a), (skip_b, far_b)):
            for inside in far[: max(skip - 1, 0)]:  # no edit leads over the edge of a text
                better &= inside
        best[better], choice[better] = tells[better], number
    edits = np.array(EDITS)[choice]
    return edits[:, 0], edits[:, 1], alive & (best > 0)
