"""Verdicts that stand: unwrapping what they make changes nothing more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from texttool.filters.unwrap import bits
from texttool.filters.unwrap import charclass as m
from texttool.filters.unwrap.boundaries import Verdicts, decide
from texttool.filters.unwrap.glue import Glue, glue
from texttool.filters.unwrap.linetable import Lines, code_points, measure
from texttool.filters.unwrap.rounds import may_go_on


@dataclass(slots=True)
class Settled:
    """The line table of a text, which of its breaks are undone, with their glue, and what decided.

    Sets of breaks, see `bits`.
    """

    table: Lines
    join: int
    glue: Glue
    decided: dict[int, int]  # as `Verdicts` has them
    first: Verdicts  # of the first round, with the layout as measured on the text itself


def settle(text: str, layout: str = "auto") -> Settled | None:
    """The verdicts on all breaks of ``text``; None where it has no two lines.

    The layout is measured on the text, and after the joins the text is another: its verdicts are taken too, and so on
    until none of them undoes a break. Each round undoes at least one, so this ends; it makes unwrapping idempotent.
    Most often no round but the first is needed, as what it kept provably does not count as wrapped.
    """
    table = measure(text, code_points(text))
    if len(table) < 2:
        return None
    first = decide(text, table, layout)
    if not first.join:
        return Settled(table, 0, Glue(0, 0), first.decided, first)
    put = glue(text, table, first.edges, first.regime, first.join)
    settled = Settled(table, first.join, put, first.decided.copy(), first)
    kept = first.regime.every & ~first.join
    while may_go_on(table, first, settled.glue, kept, layout):
        if not _again(settled, kept, layout):
            break
        kept = first.regime.every & ~settled.join
    return settled


def _again(s: Settled, kept: int, layout: str) -> bool:
    """One more round, on the text as the verdicts make it. False where it undoes nothing."""
    codes = joined(s)
    text = codes.tobytes().decode("utf-32-le", "surrogatepass")
    table = measure(text, codes)
    if len(table) < 2:
        return False
    v = decide(text, table, layout)
    if not v.join:
        return False
    put = glue(text, table, v.edges, v.regime, v.join)
    rows, count = bits.places(kept, len(s.table) - 1), len(v.edges)

    def of_first(breaks: int) -> int:
        return bits.at(rows[bits.flags(breaks, count)], len(s.table) - 1)

    done = of_first(v.join)
    s.join |= done
    s.glue = Glue(s.glue.space | of_first(put.space), s.glue.dehyphen | of_first(put.dehyphen))
    for evidence in {*s.decided, *v.decided}:
        s.decided[evidence] = s.decided.get(evidence, 0) & ~done | of_first(v.decided.get(evidence, 0) & v.join)
    return True


def joined(s: Settled) -> Any:
    """``uint32``: the code points of the text that the verdicts make."""
    codes = s.table.codes.copy()
    step = np.zeros(len(codes) + 1, np.int8)
    for start, end, put in spans(s):
        step[start] += 1
        step[end] -= 1
        codes[start[put]] = 0x20
        step[start[put]] -= 1
        step[start[put] + 1] += 1
    return codes[np.cumsum(step[:-1], dtype=np.int8) == 0]


def spans(s: Settled) -> list[tuple[Any, Any, Any]]:
    """What changes, as columns of starts, ends and whether a space is put: joins and line ends."""
    start, end, rows = joins(s, s.join)
    ends = trailing(s)
    none = np.zeros(len(ends[0]), bool)
    return [(start, end, bits.flags(s.glue.space, len(s.table))[rows]), (*ends, none)]


def joins(s: Settled, chosen: int) -> tuple[Any, Any, Any]:
    """Starts and ends of the ``chosen`` joins, a hyphen that goes included, and their rows."""
    rows = bits.places(chosen, len(s.table))
    start = s.table.stop[rows]
    if s.glue.dehyphen & chosen:
        start = start - bits.flags(s.glue.dehyphen, len(s.table))[rows]
    return start, s.table.start[1:][rows], rows


def trailing(s: Settled) -> tuple[Any, Any]:
    """Starts and ends of the white space at line ends that no join takes away, blank lines between included."""
    t = s.table
    if not t.spaced:
        return t.raw_stop[:0], t.raw_eol[:0]
    free = t.raw_stop < t.raw_eol
    if m.some(free):
        inside = np.zeros(len(free) + 1, np.int32)
        undone = bits.flags(s.join, len(t) - 1)
        inside[t.number[:-1][undone]] += 1
        inside[t.number[1:][undone]] -= 1
        free &= inside[:-1].cumsum() == 0
        free[: t.number[0]] = False
        free[t.number[-1] :] = False
    return t.raw_stop[free], t.raw_eol[free]
