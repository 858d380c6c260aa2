"""Verdicts that stand: unwrapping what they make changes nothing more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from texttool.filters.unwrap import charclass as m
from texttool.filters.unwrap.boundaries import Verdicts, decide
from texttool.filters.unwrap.fit import may_be_double
from texttool.filters.unwrap.glue import DEHYPHEN, SPACE, glue
from texttool.filters.unwrap.linetable import Lines, code_points, measure
from texttool.filters.unwrap.regime import may_be_wrapped


@dataclass(slots=True)
class Settled:
    """The line table of a text and, for each break, whether it is undone, its glue, and what decided."""

    table: Lines
    join: Any
    glue: Any
    reason: Any
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
    settled = Settled(table, first.join, glue(text, table, first.edges, first.regime, first.join), first.reason, first)
    if not m.count(first.join):
        return settled
    kept = ~first.join
    while _may_go_on(first, kept, layout):
        if not _again(settled, kept, layout):
            break
        kept = ~settled.join
    return settled


def _may_go_on(v: Verdicts, kept: Any, layout: str) -> bool:
    """Whether breaks between the lines that ``kept`` leaves could be undone: by their edges."""
    if layout not in ("auto", "none"):
        return m.some(kept)
    if not m.some(kept & v.regime.runs_on):
        return False
    gap, runs_on = v.edges.gap[kept], v.regime.runs_on[kept]
    return may_be_wrapped(runs_on[gap == 0]) or may_be_double(gap, runs_on)


def _again(s: Settled, kept: Any, layout: str) -> bool:
    """One more round, on the text as the verdicts make it. False where it undoes nothing."""
    codes = joined(s)
    text = codes.tobytes().decode("utf-32-le", "surrogatepass")
    table = measure(text, codes)
    if len(table) < 2:
        return False
    v = decide(text, table, layout)
    rows = np.flatnonzero(kept)[v.join]
    s.join = s.join.copy()
    s.join[rows] = True
    s.glue[rows] = glue(text, table, v.edges, v.regime, v.join)[v.join]
    s.reason[rows] = v.reason[v.join]
    return bool(len(rows))


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
    rows = np.flatnonzero(s.join)
    start = s.table.stop[rows] - (s.glue[rows] == DEHYPHEN)
    ends = trailing(s)
    none = np.zeros(len(ends[0]), bool)
    return [(start, s.table.start[rows + 1], s.glue[rows] == SPACE), (*ends, none)]


def trailing(s: Settled) -> tuple[Any, Any]:
    """Starts and ends of the white space at line ends that no join takes away, blank lines between included."""
    t = s.table
    if not t.spaced:
        return t.raw_stop[:0], t.raw_eol[:0]
    free = t.raw_stop < t.raw_eol
    if m.some(free):
        inside = np.zeros(len(free) + 1, np.int32)
        inside[t.number[:-1][s.join]] += 1
        inside[t.number[1:][s.join]] -= 1
        free &= inside[:-1].cumsum() == 0
        free[: t.number[0]] = False
        free[t.number[-1] :] = False
    return t.raw_stop[free], t.raw_eol[free]
