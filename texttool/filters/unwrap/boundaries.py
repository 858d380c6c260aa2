"""The verdict on every line break: undone or kept, with the evidence that decided and how sure it is."""

from __future__ import annotations

from dataclasses import dataclass
from operator import itemgetter
from typing import Any, NamedTuple

import numpy as np

from texttool.filters.unwrap import charclass as m
from texttool.filters.unwrap.blocks import preformatted
from texttool.filters.unwrap.edges import EAST, TRAILING, WIDE, Edges, edges
from texttool.filters.unwrap.fit import least, most_slack
from texttool.filters.unwrap.linetable import Lines
from texttool.filters.unwrap.openers import LIKELY, SURE, openers
from texttool.filters.unwrap.pagecuts import page_cuts
from texttool.filters.unwrap.regime import FIRST_LINE, Regime, regime
from texttool.filters.unwrap.width import CLOSE


class Evidence(NamedTuple):
    """What can decide on a break."""

    name: str
    join: bool
    confidence: float  # 0 to 1: a rank, not a measured frequency


# In the order of strength: the first that holds decides.
EVIDENCE = (
    Evidence("blank line", False, 0.9),
    Evidence("preformatted", False, 0.9),
    Evidence("paragraph indent", False, 0.95),
    Evidence("opens an item", False, 0.9),
    Evidence("mark that cannot begin a line", True, 0.95),
    Evidence("quotation on its own line", False, 0.7),
    Evidence("indent grows", False, 0.8),
    Evidence("indent shrinks", False, 0.8),
    Evidence("full line in mid-sentence", True, 0.95),
    Evidence("full line", True, 0.7),
    Evidence("indented paragraph goes on", True, 0.7),
    Evidence("nearly full, and paragraphs stand apart", True, 0.7),
    Evidence("nearly full in mid-sentence", True, 0.6),
    Evidence("sentence runs on", True, 0.6),
    Evidence("number goes on", True, 0.7),
    Evidence("short line", False, 0.8),
    Evidence("sentence goes on behind a page cut", True, 0.8),
    Evidence("nothing is wrapped", False, 0.9),
)
_JOINS = tuple(i for i, evidence in enumerate(EVIDENCE) if evidence.join)
_FULL = 9
_SHORT, _ACROSS, _NONE = len(EVIDENCE) - 3, len(EVIDENCE) - 2, len(EVIDENCE) - 1
_OPEN_END = m.pairs(((*EAST, m.DIGIT, m.COMMA), (*EAST, m.DIGIT)))
_NUMBER = m.pairs(((m.DIGIT,), (*WIDE, m.DIGIT)))
_FLOWS = m.pairs(((m.LOWER, m.COMMA), (m.LOWER,)))


@dataclass(slots=True)
class Verdicts:
    """For each break: whether it is undone, and the index in ``EVIDENCE`` of what decided."""

    join: Any
    reason: Any
    edges: Edges
    regime: Regime


def decide(text: str, table: Lines, layout: str = "auto") -> Verdicts:
    """The verdict on each break of ``table``, which has at least two lines."""
    e = edges(table)
    r = regime(table, e, layout)
    if not r.wrapped:
        return Verdicts(np.zeros(len(e.gap), bool), np.full(len(e.gap), _NONE), e, r)
    opener = openers(text, table, _may_open(table, e, r))
    reason = np.empty(len(e.gap), np.uint8)
    reason.fill(_SHORT)
    for evidence, holds in reversed(_conditions(table, e, r, opener)):
        reason[holds] = evidence
    join = m.among(reason, _JOINS).copy()
    _set_apart(e, r, reason, join)
    if m.count(r.adjacent) < len(r.adjacent):
        across = page_cuts(text, table, e, r, opener, join)
        reason[across] = _ACROSS
        join = join | across
    return Verdicts(join, reason, e, r)


def _set_apart(e: Edges, r: Regime, reason: Any, join: Any) -> None:
    """Keeps the breaks in front of headings, which a full line seems to run on to where a paragraph ends in one.

    A heading is a line far from full, and kept apart from the next; no paragraph ends so, without a stop.
    """
    ended = (reason == _FULL) & e.stop
    if m.some(ended):
        ends = ~e.stops & ~e.closed & (r.room > r.of_width // 4) & ~join
        rows = (ended[:-1] & ends[1:]).nonzero()[0]
        reason[rows], join[rows] = _SHORT, False


def _may_open(table: Lines, e: Edges, r: Regime) -> Any:
    """Lines that an opener would tell something about: not those behind a full line in mid-sentence."""
    may = np.empty(len(table), bool)
    may[0] = True
    may[1:] = e.stops | ~r.tight | ~r.adjacent
    if not table.flush:
        may[:-1] |= table.left[1:] > table.left[:-1]
    return may


def _conditions(table: Lines, e: Edges, r: Regime, opener: Any) -> list[tuple[int, Any]]:
    """Where each of ``EVIDENCE`` holds, by its index there, up to the one that holds where no other does.

    Those are left out that hold nowhere.
    """
    stop = e.stops
    middle = ~stop
    within = ~r.over
    near, quarter = _near(e, r, within), (r.room <= r.of_width // 4) & (within | r.runs_on)
    holds = [
        (0, ~r.adjacent),
        (1, preformatted(table, e, r)),
        *_by_openers(r, opener, stop),
        (4, m.among(e.first, (m.COMMA, m.STOP, m.CLOSE)) & quarter),
        *_by_indents(table, e, r, opener, stop, quarter),
        (8, r.full & middle),
        (9, r.full),
        (12, near & middle),
    ]
    if r.indent:
        holds.append((10, quarter & middle))
    if r.blank:
        open_end = ~e.closed & m.looked_up(e.pair, _OPEN_END)
        # A number without its unit ends no sentence: half a line may be free.
        number = m.looked_up(e.pair, _NUMBER) & (r.room <= r.of_width // 2) & within
        holds += (
            (11, near),
            (13, quarter & (r.runs_on & m.among(e.first, (*EAST, *TRAILING)) | open_end)),
            (14, number),
        )
    return sorted(holds, key=itemgetter(0))


def _by_openers(r: Regime, opener: Any, stop: Any) -> list[tuple[int, Any]]:
    """Lines that open an item: surely so unless a full line is in mid-sentence, likely so behind a short one."""
    if not m.filled(opener):
        return []
    sure, likely = opener[1:] == SURE, opener[1:] == LIKELY
    if r.indent:  # what likely opens a paragraph would have its indent
        likely &= r.indented | ~r.full
    return [(3, sure & (stop | ~r.tight) | likely & (stop | ~r.full))]


def _by_indents(table: Lines, e: Edges, r: Regime, opener: Any, stop: Any, quarter: Any) -> list[tuple[int, Any]]:
    """What the indents on both sides of a break tell."""
    holds = []
    if r.indent:
        quoted = stop & ~r.tight & (e.first == m.OPEN) & (table.left[1:] == r.base)
        holds += [(2, r.indented), (5, quoted)]
    if not table.flush:
        step = table.left[1:] - table.left[:-1]
        hangs = (opener[:-1] > 0) & (step > 0) & (step <= FIRST_LINE)
        shrinks = (step < -1) & ~(r.full & (r.indent | ~stop))
        if r.indent:  # a sentence goes on from the first line of a paragraph to the second; dialogue has no indent
            goes_on = quarter & ~stop & (table.left[1:] == r.base) & (e.first != m.OPEN)
            shrinks[1:] &= ~(r.indented[:-1] & goes_on[1:])
        holds += [
            (6, (step > 1) & ~hangs & (stop | ~r.full)),
            (7, shrinks),
        ]
    return holds


def _near(e: Edges, r: Regime, within: Any) -> Any:
    """Lines that are nearly full, or a third of the width from it where Latin visibly runs on."""
    near = (r.room <= least(max(r.slack, CLOSE), most_slack(r.words, r.of_width, 3))) & within
    flows = m.looked_up(e.pair, _FLOWS)
    return near | (r.room <= r.of_width // 3) & r.runs_on & within & flows if m.some(flows) else near
