"""Whether lines that run on share a margin with their neighbours: lines of verse, lists and code need not.

A line is broken where the next word or ideograph would not fit any more. So a line that runs on, beside one that
reaches farther than it would have with its next token, was not broken by that margin. A column whose margin drifts
steps one way, line by line; verse goes up and down.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from texttool.filters.unwrap import charclass as m
from texttool.filters.unwrap.edges import Edges
from texttool.filters.unwrap.fit import Fit
from texttool.filters.unwrap.width import CLOSE, WINDOW

# Columns that a neighbour may reach farther: a half-width mark beside an ideograph, or a proportional space.
_STRAY = 1
# Columns from a line to the next that no drift takes: twice the raggedness of a column.
_STEP = 2 * CLOSE
# So many breaks within a sentence show a margin by themselves: two windows of lines. In a text with fewer, a margin
# found for them may be the accident of one long line.
_FEW = 2 * WINDOW
_SAMPLE = 1 << 12  # lines enough to tell


def is_even(e: Edges, f: Fit) -> bool:
    """Whether the breaks within a sentence are where a margin would have put them, as the first lines tell.

    One heading above its text is an accident; in a small text no more than one break in four may be uneven besides,
    in a long one, which may hold verse and code among its prose, no more than half. Where most of the breaks stand in
    blocks that are even throughout, those are the text, and the others verse or lists in it.
    """
    adjacent = f.adjacent[:_SAMPLE]
    on = f.runs_on[:_SAMPLE] & adjacent & ~f.over[:_SAMPLE]
    wrong = uneven(e, f, len(on), on)
    if m.count(wrong) < 2:
        return True
    column = _in_column(f, adjacent)
    on, wrong = on & column, wrong & column
    count, found = m.count(on), m.count(wrong)
    few = found < 2 or found * (4 if count <= _FEW else 2) <= count
    return few or _in_even_blocks(adjacent, on, wrong) * 2 >= count


def _in_column(f: Fit, adjacent: Any) -> Any:
    """Breaks in runs of lines of which one at least fills half of the margin: others are no part of the column."""
    block = np.zeros(len(adjacent) + 1, np.int32)
    np.cumsum(~adjacent, out=block[1:])
    starts = np.flatnonzero(np.append(True, ~adjacent))
    widest = np.maximum.reduceat(f.right[: len(block)], starts)[block[:-1]]
    return widest * 2 >= f.width[: len(adjacent)]


def _in_even_blocks(adjacent: Any, on: Any, wrong: Any) -> int:
    """How many of the breaks ``on`` stand in runs of lines, with no blank line in them, where none is ``wrong``."""
    block = np.cumsum(~adjacent)
    return m.count(on & (np.bincount(block, wrong)[block] == 0))


def uneven(e: Edges, f: Fit, count: int, among: Any = None) -> Any:
    """``bool``, the first ``count`` breaks: a line beside the one in front reaches farther than its next token would.

    Not so where three lines narrow or widen one way, by steps such as a drift takes. Breaks that are not ``among``
    those asked for are not.
    """
    adjacent, right = f.adjacent[:count], f.right[: count + 1]
    reach = right - f.hang[: count + 1]
    need = right[:-1] + e.head[:count] + e.space[:count] + _STRAY
    out, past = reach[1:] > need, reach[:-2] > need[1:]
    asked = adjacent if among is None else adjacent & among
    near = out & asked
    near[1:] |= past & asked[1:]
    if not m.some(near):
        return near
    here, behind, none = reach[1:-1], reach[2:], np.int32(-1)
    before = np.where(adjacent[:-1], reach[:-2], none)
    out[1:] &= (behind - here >= _STEP) | (before >= here) | (before == none)
    out[1:] |= past & adjacent[:-1] & ((before - here >= _STEP) | (behind >= here))
    return out & asked
