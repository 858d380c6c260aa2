"""Whether lines that run on share a margin with their neighbours: lines of verse, lists and code need not.

A line is broken where the next word or ideograph would not fit any more. So a line that runs on, beside one that
reaches farther than it would have with its next token, was not broken by that margin. A column whose margin drifts
steps one way, line by line; verse goes up and down.
"""

from __future__ import annotations

import numpy as np

from texttool.filters.unwrap import bits
from texttool.filters.unwrap.cells import tabular
from texttool.filters.unwrap.edges import Edges
from texttool.filters.unwrap.fit import Fit
from texttool.filters.unwrap.linetable import Lines
from texttool.filters.unwrap.openers import openers
from texttool.filters.unwrap.width import CLOSE, WINDOW

# Columns that a neighbour may reach farther: a half-width mark beside an ideograph, or a proportional space.
_STRAY = 1
# Columns from a line to the next that no drift takes: twice the raggedness of a column.
_STEP = 2 * CLOSE
# So many breaks within a sentence show a margin by themselves: two windows of lines. In a text with fewer, a margin
# found for them may be the accident of one long line.
_FEW = 2 * WINDOW
_SAMPLE = 1 << 12  # lines enough to tell


def is_even(table: Lines, e: Edges, f: Fit) -> bool:
    """Whether the breaks within a sentence are where a margin would have put them, as the first lines tell.

    Below a line that opens something by its form, and around rows of a table, no sentence runs on. One heading more
    above its text is an accident; in a small text no more than one break in four may be uneven besides,
    in a long one, which may hold verse and code among its prose, no more than half. Where most of the breaks stand in
    blocks that are even throughout, those are the text, and the others verse or lists in it.
    """
    count = min(len(e), _SAMPLE)
    adjacent = f.adjacent & bits.all_of(count)
    on = f.runs_on & adjacent & ~f.over
    if f.indent:  # in front of a paragraph stands its heading, or the last line of another: no margin made them
        on &= ~f.indented
    if _all_full(e, f, on):
        return True
    wrong = uneven(e, f, count, on)
    if wrong.bit_count() < 2:
        return True
    column = _in_column(f, adjacent, count)
    on, wrong = on & column, wrong & column
    if wrong.bit_count() > 1:
        opened = openers(table.text, table, on | on << 1).sure
        if on & ~(opened | opened >> 1):  # of what else runs on, a margin can be known
            apart = _apart(table, f, wrong, opened)
            on, wrong = on & ~apart, wrong & ~apart
    shown, found = on.bit_count(), wrong.bit_count()
    few = found < 2 or found * (4 if shown <= _FEW else 2) <= shown
    return few or _in_even_blocks(adjacent, on, wrong, count) * 2 >= shown


def _all_full(e: Edges, f: Fit, on: int) -> bool:
    """Whether no more than one of the breaks ``on`` can be uneven: no line reaches beyond the one margin there is, and
    hardly any leaves more of it free, behind its next token, than a neighbour may stray.
    """
    within = f.held and f.widest <= f.of_width and f.head is e.head
    return within and (on & ~f.room.at_most(_STRAY)).bit_count() < 2


def _apart(table: Lines, f: Fit, breaks: int, opened: int) -> int:
    """Those of ``breaks`` before one of the lines ``opened`` or behind a short one, and beside a row of a table."""
    cells = tabular(table)
    return breaks & (cells | cells >> 1 | opened >> 1 | opened & ~f.leaving(f.of_width // 4))


def _in_column(f: Fit, adjacent: int, count: int) -> int:
    """Breaks in runs of lines of which one at least fills half of the margin: others are no part of the column."""
    parted = ~bits.flags(adjacent, count)
    block = np.zeros(count + 1, np.int32)
    np.cumsum(parted, out=block[1:])
    starts = np.flatnonzero(np.append(True, parted))
    widest = np.maximum.reduceat(f.right[: len(block)], starts)[block[:-1]]
    return bits.of(widest * 2 >= f.width[:count])


def _in_even_blocks(adjacent: int, on: int, wrong: int, count: int) -> int:
    """How many of the breaks ``on`` stand in runs of lines, with no blank line in them, where none is ``wrong``."""
    block = np.cumsum(~bits.flags(adjacent, count))
    return (on & bits.of(np.bincount(block, bits.flags(wrong, count))[block] == 0)).bit_count()


def uneven(e: Edges, f: Fit, count: int, among: int | None = None) -> int:
    """Of the first ``count`` breaks: a line beside the one in front reaches farther than its next token would.

    Not so where three lines narrow or widen one way, by steps such as a drift takes. Breaks that are not ``among``
    those asked for are not.
    """
    adjacent = f.adjacent & bits.all_of(count)
    asked = adjacent if among is None else adjacent & among
    right, next_ = f.right[: count + 1], e.with_space(e.head)[:count] + np.int32(_STRAY)
    reach = right - f.hang[: count + 1]
    need = right[:-1] + next_
    out, past = bits.of(reach[1:] > need), bits.of(reach[:-2] > need[1:]) << 1
    near = (out | past) & asked
    if not near:
        return 0
    here, behind = reach[1:-1], reach[2:]
    before = np.where(bits.flags(adjacent, count)[:-1], reach[:-2], np.int32(-1))
    first = out & 1
    out &= bits.of((behind - here >= _STEP) | (before >= here) | (before == -1)) << 1 | first
    out |= past & adjacent << 1 & bits.of((before - here >= _STEP) | (behind >= here)) << 1
    return out & asked
