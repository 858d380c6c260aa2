"""Which layout a text has: what parts its paragraphs, and whether it is wrapped at all."""

from __future__ import annotations

from dataclasses import dataclass, fields
from operator import attrgetter
from typing import Any

import numpy as np

from texttool.filters.unwrap import charclass as m
from texttool.filters.unwrap.edges import Edges
from texttool.filters.unwrap.evenness import is_even
from texttool.filters.unwrap.fit import Fit, fit
from texttool.filters.unwrap.linetable import Lines
from texttool.filters.unwrap.programs import is_program
from texttool.filters.unwrap.prose import is_running_text
from texttool.filters.unwrap.width import SUPPORT

FIRST_LINE = 8  # columns: the indent of a first line is four ideographs at the most


@dataclass(slots=True)
class Regime(Fit):
    """The fit of the lines, and the layout that it shows."""

    base: int  # columns: the indent of lines that go on
    indented: Any  # the line behind stands as a first line may: one to four ideographs deeper than those
    indent: bool  # paragraphs are told by their indent
    blank: bool  # paragraphs are told by blank lines
    wrapped: bool  # lines are wrapped at all


_FITTED = attrgetter(*(field.name for field in fields(Fit)))


def regime(table: Lines, e: Edges, layout: str = "auto") -> Regime:
    """The layout of ``table``; ``layout`` overrules what would be found on how paragraphs are told."""
    f = fit(table, e, layout)
    base = 0 if table.flush else m.mode(table.left[1:][f.cut], 400)
    indented = np.zeros(len(e.gap), bool) if table.flush else is_first(table.left[1:], base)
    told = base, indented, False, False, layout != "none"  # until it is found out below
    r = Regime(*(_FITTED(f) + told))
    if layout == "auto":
        r.indent, r.blank = not table.flush and _is_indented(e, r), _is_parted(e, r)
        r.wrapped = (
            _is_wrapped(e, r)
            and _keeps_margin(table, r)
            and is_running_text(table, e)
            and is_even(e, r)
            and not is_program(table)
        )
    else:
        r.indent, r.blank = layout == "indent", layout == "blank"
    return r


def is_first(left: Any, base: int) -> Any:
    """Whether a line with the indent ``left`` stands as a first line may, where lines that go on have ``base``."""
    return (left > base) & (left <= base + FIRST_LINE)


def _is_indented(e: Edges, r: Regime) -> bool:
    """Whether an indent begins a paragraph: sentences end before it, and hardly any runs on into it.

    Or no line has one but the first of a block, and half of those do: paragraphs that stand apart are indented too.
    """
    into = r.indented & r.adjacent
    count = m.count(into)
    if not count:
        apart = m.count(r.indented)
        return apart >= 2 and apart * 2 >= m.count(~r.adjacent)
    if count < 2:
        return False
    ended = m.count(into & (e.stops | e.closed))
    return ended * 2 >= count and m.count(into & r.cut) * 4 <= count


def _is_parted(e: Edges, r: Regime) -> bool:
    """Whether blank lines part paragraphs: sentences that leave much room behind them stand before one, as a rule."""
    stop = e.stop & r.adjacent
    between = m.count(e.stop) - m.count(stop)
    if not between:
        return False
    inside = stop & (r.room > np.maximum(r.tolerance, r.of_width // 8))
    return between >= 3 * m.count(inside)


def may_be_wrapped(cut: Any) -> bool:
    """Whether sentences run on at all, given where they do among breaks with no blank line.

    At one in ten, as in a novel all dialogue; and at one in four where that makes less than three: in a short text
    a single one may be an accident.
    """

    count = m.count(cut)
    return count > 0 and count >= max(len(cut) / 10, min(3, len(cut) / 4))


def _is_wrapped(e: Edges, r: Regime) -> bool:
    """Whether sentences run on across line ends, and not seldom where a mark is not at hand.

    Lines of verse are full too, but nearly all end in a mark; in wrapped text a mark meets the margin by accident.
    """

    marked = r.adjacent & r.full & m.among(e.end, (m.STOP, m.COMMA))
    # A line far beyond the margin is no witness for it, where there are lines enough to have one.
    cut = r.cut & ~r.over if len(r.cut) > SUPPORT else r.cut
    return may_be_wrapped(cut[r.adjacent]) and m.count(r.cut) * 2 >= m.count(marked)


def _keeps_margin(table: Lines, r: Regime) -> bool:
    """Whether most of the text stands within the margin that the lines running on keep.

    Where one line in four reaches far beyond the lines around it, or more than half of the text stands in lines half
    as long again, those are paragraphs that nobody wrapped, and the lines that seem to run on are code or verse.
    """

    flush = r.right[:-1][r.cut & ~r.over]
    if not len(flush) or m.count(r.over) * 4 > len(r.over):
        return False
    long = r.right > m.quantiles(flush, 0.9)[0] * 3 // 2
    if table.flush and not m.some(long):
        return True
    ink = r.right - table.left
    return bool(ink[long].sum() * 2 <= ink.sum())
