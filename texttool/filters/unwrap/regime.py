"""Which layout a text has: what parts its paragraphs, and whether it is wrapped at all."""

from __future__ import annotations

from typing import Any

from texttool.filters.unwrap import bits
from texttool.filters.unwrap import charclass as m
from texttool.filters.unwrap.edges import HANG, Edges
from texttool.filters.unwrap.evenness import is_even
from texttool.filters.unwrap.fit import Fit, fit, most_of
from texttool.filters.unwrap.linetable import Lines
from texttool.filters.unwrap.openers import level, openers
from texttool.filters.unwrap.programs import is_program
from texttool.filters.unwrap.prose import is_running_text
from texttool.filters.unwrap.runson import DEEPEST, FIRST_LINE, often
from texttool.filters.unwrap.width import SUPPORT

Regime = Fit  # with the layout that it shows

_MARKS = m.kinds(m.STOP, m.COMMA)
_MOST = 1 << 15  # columns: far below what quantiles count to


def regime(table: Lines, e: Edges, layout: str = "auto") -> Regime:
    """The layout of ``table``; ``layout`` overrules what would be found on how paragraphs are told."""
    r = fit(table, e, layout)
    if not table.flush:
        r.base = m.mode(table.left[1:][bits.flags(r.cut, len(e))], DEEPEST)
        r.indented = bits.of(is_first(table.left[1:], r.base))
    if layout == "auto":
        r.indent, r.blank = not table.flush and _is_indented(table, e, r), _is_parted(e, r)
        r.wrapped = (
            _is_wrapped(table, e, r)
            and _keeps_margin(table, r)
            and is_running_text(table, e)
            and is_even(table, e, r)
            and not is_program(table)
        )
    else:
        r.indent, r.blank, r.wrapped = layout == "indent", layout == "blank", layout != "none"
    return r


def is_first(left: Any, base: int) -> Any:
    """Whether a line with the indent ``left`` stands as a first line may, where lines that go on have ``base``."""
    return (left > base) & (left <= base + FIRST_LINE)


def _is_indented(table: Lines, e: Edges, r: Regime) -> bool:
    """Whether an indent begins a paragraph: sentences end before it, and hardly any runs on into it.

    Lines that hang below the text of an item do not count. Or no line has an indent but the first of a block, and half
    of those do: paragraphs that stand apart are indented too.
    """
    into = r.indented & r.adjacent
    count = into.bit_count()
    if not count:
        apart = r.indented.bit_count()
        return apart >= 2 and apart * 2 >= (r.every & ~r.adjacent).bit_count()
    if count < 2:
        return False
    ended, cut = (into & (e.stops | e.closed)).bit_count(), into & r.cut
    if cut.bit_count() * 4 > count:
        hung = cut & level(table, openers(table.text, table, cut).sure)
        cut, count = cut & ~hung, count - hung.bit_count()
    return ended * 2 >= count and cut.bit_count() * 4 <= count


def _is_parted(e: Edges, r: Regime) -> bool:
    """Whether blank lines part paragraphs: sentences that leave much room behind them stand before one, as a rule."""
    stop = e.stop & r.adjacent
    between = (e.stop & ~stop).bit_count()
    if not between or not stop:
        return between > 0
    most = most_of(r.of_width // 8, r.tolerance)
    return between >= 3 * (stop & ~r.leaving(most)).bit_count()


def _within_paragraphs(table: Lines, e: Edges, r: Regime) -> int:
    """The breaks where a sentence may run on, in a text whose paragraphs begin with an indent: those in front of none.

    All, though, unless more first lines are full in mid-sentence than have two lines without an indent behind them
    otherwise: those are a list or verse among paragraphs, and not what a paragraph was wrapped into.
    """
    inside = r.adjacent & ~r.indented
    behind_first = inside & (r.indented << 1 | bool(is_first(table.left[0], r.base)))
    on = behind_first & r.full & ~(e.stops | e.closed)
    listed = behind_first & ~on & inside >> 1
    return inside if listed.bit_count() < on.bit_count() else r.adjacent


def _at_openers(table: Lines, r: Regime, among: int) -> int:
    """The breaks before headings, items and turns of a talk, and behind short ones: no sentence could run on there."""
    found = openers(table.text, table, among | among << 1)
    return (found.sure | found.likely) >> 1 | found.sure & ~r.leaving(r.of_width // 4)


def _is_wrapped(table: Lines, e: Edges, r: Regime) -> bool:
    """Whether sentences run on across line ends, and not seldom where a mark is not at hand.

    Lines of verse are full too, but nearly all end in a mark; in wrapped text a mark meets the margin by accident.
    """
    # A line far beyond the margin is no witness for it, where there are lines enough to have one.
    cut = r.cut & ~r.over if len(e) > SUPPORT else r.cut
    among = _within_paragraphs(table, e, r) if r.indent else r.adjacent
    if not often((cut & among).bit_count(), among.bit_count()):
        among &= bool(cut & among) and ~_at_openers(table, r, among)
        if not often((cut & among).bit_count(), among.bit_count()):
            return False
    marked = r.adjacent & r.full & e.end.rows(_MARKS)
    return r.cut.bit_count() * 2 >= marked.bit_count()


def _keeps_margin(table: Lines, r: Regime) -> bool:
    """Whether most of the text stands within the margin that the lines running on keep.

    Where one line in four reaches far beyond the lines around it, or more than half of the text stands in lines half
    as long again, those are paragraphs that nobody wrapped, and the lines that seem to run on are code or verse.
    """

    held = r.cut & ~r.over
    if not held or r.over.bit_count() * 4 > r.every.bit_count():
        return False
    if table.flush and _all_within(r, held):
        return True
    flush = r.right[:-1][bits.flags(held, len(r.head))]
    long = r.right > bits.quantiles(flush, 0.9)[0] * 3 // 2
    if table.flush and not m.some(long):
        return True
    ink = r.right - table.left
    return bool(ink[long].sum() * 2 <= ink.sum())


def _all_within(r: Regime, held: int) -> bool:
    """Whether no line is half as long again as nine in ten of the breaks ``held``, told by the widest that there is."""
    most, rank = r.widest + HANG, int((held.bit_count() - 1) * 0.9)
    short = (2 * most - 1) // 3  # half as long again, that is less
    return most < _MOST and (held & bits.of(r.right[:-1] <= short)).bit_count() <= rank
