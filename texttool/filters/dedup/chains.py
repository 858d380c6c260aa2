"""Chains: seeds grown into runs of equal characters, and runs that continue one another, as pairs of like passages.

All in folded characters. A pair of places is (earlier, later), its shift how far they are apart.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

from texttool.filters.dedup.extend import gapped, run
from texttool.filters.dedup.fold import IDEOGRAPHS
from texttool.filters.dedup.joints import Joints, Runs, agreeing, connected, joints, steady

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[Any]

_LOW = 0xFFFFFFFF
_PIECE = 1 << 15  # links that are looked at together
_SHORT = 24  # ideographs up to which equal characters that stand often, or hold a number, tell nothing by themselves
_NUMBER = 3  # digits, of the characters of a seed
_BESIDE, _BAND = 256, 128  # characters of text, and of shift: a few lines
_ASIDE = 3  # characters that may stand inside a passage in one text only: the number of a page


class Chains(NamedTuple):
    """Pairs of like passages: the earlier ``a`` to ``a_end``, the later ``b`` to ``b_end``, and how much agrees.

    ``whole`` is how much agrees in the passage that they are part of.
    """

    a: Array
    a_end: Array
    b: Array
    b_end: Array
    agree: Array
    whole: Array

    def where(self, kept: Array) -> Chains:
        """Those of them that are kept (a mask or indices)."""
        return Chains(*(column[kept] for column in self))


def runs(codes: Array, anchors: Array, k: int) -> Runs:
    """The longest runs of equal characters around the links of seeds (see ``seeds.links``) that are a passage's.

    What stands often is a passage where it is long, and else a formula; what holds a number is the same with another
    one, where it is short.
    """
    import numpy as np

    shift, start, end, weak = _linked(codes, anchors, k)
    del anchors  # of what may be long nothing is kept longer than it is needed
    real = run(codes, start - shift, start, 1, np.full(start.size, k)) == k  # not a mere collision of hashes
    real &= _beside(shift, start, ~weak | _may_be_long(codes, start, end, k))
    shift, start, end, weak = shift[real], start[real], end[real], weak[real]
    same = shift[1:] == shift[:-1]
    far = np.iinfo(np.int64).max
    limit = np.append(np.where(same, np.maximum(start[1:] - end[:-1], 0), far), far)[: start.size]
    end = end + run(codes, end - shift, end, 1, limit)
    before = np.concatenate(([far], np.where(same, np.maximum(start[1:] - end[:-1], 0), far)))[: start.size]
    start = start - run(codes, start - shift - 1, start - 1, -1, before)
    new = _new(shift, start[1:] > end[:-1])
    weak = np.logical_and.reduceat(weak, np.flatnonzero(new)) if weak.size else weak
    made = Runs(shift[new], start[new], end[_last(new)])
    kept = _beside(made.shift, made.start, ~weak | _is_long(codes, made))
    return Runs(*(column[kept] for column in made))


def _linked(codes: Array, anchors: Array, k: int) -> tuple[Array, Array, Array, Array]:
    """Shift, start and end of the links that follow one another, and which stand often or hold a number (a mask)."""
    import numpy as np

    new, stands_often = np.ones(anchors.size, bool), np.empty(anchors.size, np.uint8)
    for base in range(0, anchors.size, _PIECE):
        piece = anchors[base : base + _PIECE + 1]
        # One comparison for both: another shift makes a difference of 2 ** 32 or more.
        new[base + 1 : base + piece.size] = piece[1:] - piece[:-1] > 2 * k + 1
        stands_often[base : base + _PIECE] = piece[:_PIECE] & np.uint64(1)
    begin, last, first = anchors[new], anchors[_last(new)], np.flatnonzero(new)
    shift = (begin >> np.uint64(33)).astype(np.int64)
    start, end = ((at >> np.uint64(1) & np.uint64(_LOW)).astype(np.int64) for at in (begin, last))
    often = np.add.reduceat(stands_often, first, dtype=np.int32) if anchors.size else first
    weak = 2 * often >= np.diff(first, append=anchors.size)
    few = np.flatnonzero(~weak & (end + k - start < 2 * _SHORT))
    chars = codes.take(start[few, None] + np.arange(2 * k), mode="clip")
    weak[few] = ((chars >= 0x30) & (chars <= 0x39)).sum(axis=1) >= _NUMBER
    return shift, start, end + k, weak


def _beside(shift: Array, start: Array, strong: Array) -> Array:
    """Which runs are strong or stand where a strong one does, so that they may belong to its passage (a mask)."""
    import numpy as np

    if strong.all() or not strong.any():
        return strong
    cells = (shift // _BAND << 32) + start // _BESIDE
    known = np.sort(cells[strong])
    rest = np.flatnonzero(~strong)
    kept = strong.copy()
    for band in (-1, 0, 1):  # the three places in a band follow one another
        low = cells[rest] + (band << 32) - 1
        kept[rest] |= known.searchsorted(low) < known.searchsorted(low + 2, "right")
    return kept


def _may_be_long(codes: Array, start: Array, end: Array, k: int) -> Array:
    """Which seeds in a row may be part of a run that `_is_long` (a mask): a seed of letters holds twice as many.

    Of one character said again and again only the beginning is a seed: how long that goes on is not known yet.
    """
    import numpy as np

    letters = (codes.take(start) < IDEOGRAPHS) & (codes.take(end, mode="clip") < IDEOGRAPHS)
    may = np.asarray(end - start >= np.where(letters, _SHORT - _SHORT // 6, _SHORT // 2))
    rest = np.flatnonzero(~may)
    last = codes.take(end[rest] - 1)
    for back in range(2, k + 1):
        same = codes.take(end[rest] - back) == last
        rest, last = rest[same], last[same]
    may[rest] = True
    return may


def _is_long(codes: Array, found: Runs) -> Array:
    """Which runs tell as much as ``_SHORT`` ideographs (a mask): three letters or digits as much as two."""
    import numpy as np

    letters = codes.take(found.start) < IDEOGRAPHS
    return np.asarray(found.end - found.start >= np.where(letters, 3 * _SHORT // 2, _SHORT))


def _new(shift: Array, apart: Array) -> Array:
    """Where something begins: another shift, or apart from the one before."""
    import numpy as np

    if not shift.size:
        return np.zeros(0, bool)
    return np.concatenate(([True], (shift[1:] != shift[:-1]) | apart))


def _last(new: Array) -> Array:
    """The last of those that each beginning begins (as a mask)."""
    import numpy as np

    return np.append(new[1:], True)[: new.size]


def chains(
    codes: Array, found: Runs, least: int, identity: float, apart: Callable[[Array, Array, Array], Array]
) -> Chains:
    """Runs that continue one another, joined, and followed at both ends through single edits.

    ``apart`` tells which of the pieces that only one of two texts has (``start``, ``end`` and ``slack`` of a joint)
    part a passage in two; the parts stand for themselves, but count as ``whole`` together. Passages in which fewer
    than ``least`` characters agree as a whole are left out; in the others the part ``identity`` of the longer place
    agrees.
    """
    import numpy as np

    found, between = _heavy(found, joints(codes, found), least)
    size = found.start.size
    label = connected(size, between.x, between.y)
    between = between.where(steady(found, between, label))
    # Where too little agrees the pieces that only one text has are left out, and if that does not help all joints are.
    for piece in (_ASIDE, -1):
        label = connected(size, between.x, between.y)
        unlike = _unlike(codes, found, label, identity)
        between = between.where(~unlike[label[between.x]] | (between.end - between.start <= piece))
    whole = connected(size, between.x, between.y)
    parting = np.flatnonzero(between.end - between.start > _ASIDE)
    inner = np.ones(between.x.size, bool)
    inner[parting] = ~apart(between.start[parting], between.end[parting], between.slack[parting])
    part = connected(size, between.x[inner], between.y[inner])
    weight = np.bincount(whole, found.end - found.start, size)[whole]
    order = np.lexsort((found.start, part))
    return _followed(codes, _joined(codes, found, order[weight[order] >= least], part, weight))


def _heavy(found: Runs, between: Joints, least: int) -> tuple[Runs, Joints]:
    """The runs that with those joined to them hold ``least`` characters, and their joints."""
    import numpy as np

    size = found.start.size
    label = connected(size, between.x, between.y)
    heavy = np.bincount(label, found.end - found.start, size)[label] >= least
    number = heavy.cumsum() - 1
    some = between.where(heavy[between.x])
    return Runs(*(column[heavy] for column in found)), some._replace(x=number[some.x], y=number[some.y])


def _unlike(codes: Array, found: Runs, label: Array, identity: float) -> Array:
    """Which of the labels name chains of which less than ``identity`` agrees (a mask)."""
    import numpy as np

    order = np.lexsort((found.start, label))
    made = _joined(codes, found, order, label, label)
    unlike = np.zeros(label.size, bool)
    unlike[made.whole] = made.agree < identity * np.maximum(made.a_end - made.a, made.b_end - made.b)
    return unlike


def _joined(codes: Array, found: Runs, order: Array, part: Array, whole: Array) -> Chains:
    """The runs in ``order``, those of one ``part`` made one pair of passages."""
    import numpy as np

    first = np.flatnonzero(_new(part[order], np.zeros(max(order.size - 1, 0), bool)))
    if not first.size:
        return Chains(*(np.empty(0, np.int64) for _ in range(6)))
    start, end, shift = found.start[order], found.end[order], found.shift[order]
    agree = end - start
    same = np.flatnonzero(part[order[1:]] == part[order[:-1]])
    agree[same] += agreeing(codes, found, order[same], order[same + 1])
    return Chains(
        np.minimum.reduceat(start - shift, first),
        np.maximum.reduceat(end - shift, first),
        np.minimum.reduceat(start, first),
        np.maximum.reduceat(end, first),
        np.add.reduceat(agree, first),
        whole[order[first]].astype(np.int64),
    )


def _followed(codes: Array, found: Chains) -> Chains:
    """Chains that go on at both ends as far as single edits lead."""
    right_a, right_b, more = gapped(codes, found.a_end, found.b_end, 1)
    left_a, left_b, less = gapped(codes, found.a - 1, found.b - 1, -1)
    return Chains(
        found.a - left_a,
        found.a_end + right_a,
        found.b - left_b,
        found.b_end + right_b,
        found.agree + more + less,
        found.whole + more + less,
    )
