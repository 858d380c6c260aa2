"""The verdict on every line break: undone or kept, with the evidence that decided and how sure it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from texttool.filters.unwrap import bits
from texttool.filters.unwrap import charclass as m
from texttool.filters.unwrap.blocks import preformatted
from texttool.filters.unwrap.edges import EAST, TRAILING, WIDE, Edges, edges
from texttool.filters.unwrap.fit import with_slack
from texttool.filters.unwrap.linetable import Lines
from texttool.filters.unwrap.openers import Openers, level, openers
from texttool.filters.unwrap.pagecuts import page_cuts
from texttool.filters.unwrap.regime import Regime, regime
from texttool.filters.unwrap.runson import FIRST_LINE
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
    Evidence("far narrower than the column", False, 0.8),
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
_JOINS = frozenset(i for i, evidence in enumerate(EVIDENCE) if evidence.join)
_FULL = 10
_SHORT, _ACROSS, _NONE = len(EVIDENCE) - 3, len(EVIDENCE) - 2, len(EVIDENCE) - 1
_FAR = 4  # a quarter of the column
_NARROW = 4  # a note beside a column, or below a figure, is as wide as a third of it, or holds no sentences
_MOST = 1 << 15  # columns: wider lines are all alike
_OPEN_END = m.pairs(((*EAST, m.DIGIT, m.COMMA), (*EAST, m.DIGIT)))
_IDEOGRAPHS = m.pairs((WIDE, WIDE))
_NUMBER = m.pairs(((m.DIGIT,), (*WIDE, m.DIGIT)))
_FLOWS = m.pairs(((m.LOWER, m.COMMA), (m.LOWER,)))
_CANNOT_BEGIN = m.kinds(m.COMMA, m.STOP, m.CLOSE)
_GOES_ON = m.kinds(*EAST, *TRAILING)
_OPEN = m.kinds(m.OPEN)
_COMMA = m.kinds(m.COMMA)


@dataclass(slots=True)
class Verdicts:
    """Which breaks are undone, and which each of ``EVIDENCE``, by its index, decided: sets of breaks, see `bits`."""

    join: int
    decided: dict[int, int]
    edges: Edges
    regime: Regime


def decide(text: str, table: Lines, layout: str = "auto") -> Verdicts:
    """The verdict on each break of ``table``, which has at least two lines."""
    e = edges(table)
    r = regime(table, e, layout)
    if not r.wrapped:
        return Verdicts(0, {_NONE: r.every}, e, r)
    opener = openers(text, table, _may_open(table, e, r))
    decided: dict[int, int] = {}
    join, left = 0, r.every
    for evidence, holds in [*_conditions(table, e, r, opener), (_SHORT, r.every)]:
        decided[evidence] = holds & left
        left &= ~holds
        if evidence in _JOINS:
            join |= decided[evidence]
    join &= ~_set_apart(e, r, decided, join)
    if r.adjacent != r.every:
        across = page_cuts(text, table, e, r, opener.sure | opener.likely, join)
        _overrule(decided, across, _ACROSS)
        join |= across
    return Verdicts(join, decided, e, r)


def _overrule(decided: dict[int, int], breaks: int, evidence: int) -> None:
    """Notes that ``evidence`` decided on ``breaks``, and nothing else did."""
    if breaks:
        for other in decided:
            decided[other] &= ~breaks
        decided[evidence] = decided.get(evidence, 0) | breaks


def _set_apart(e: Edges, r: Regime, decided: dict[int, int], join: int) -> int:
    """Keeps the breaks in front of headings, which a full line seems to run on to where a paragraph ends in one.

    A heading is a line far from full, and kept apart from the next; no paragraph ends so, without a stop.
    """
    ended = decided[_FULL] & e.stop
    if not ended:
        return 0
    ends = ~e.stops & ~e.closed & ~r.leaving(r.of_width // 4) & ~join & r.every
    apart = ended & ends >> 1
    _overrule(decided, apart, _SHORT)
    return apart


def _may_open(table: Lines, e: Edges, r: Regime) -> int:
    """Lines that an opener would tell something about: not those behind a full line in mid-sentence."""
    may = (r.every & (e.stops | ~r.tight | ~r.adjacent)) << 1 | 1
    return may if table.flush else may | bits.of(table.left[1:] > table.left[:-1])


def _conditions(table: Lines, e: Edges, r: Regime, opener: Openers) -> list[tuple[int, int]]:
    """Where each of ``EVIDENCE`` holds, by its index there, up to the one that holds where no other does.

    Those are left out that hold nowhere.
    """
    stop = e.stops
    middle = ~stop
    within = r.every & ~r.over
    quarter = r.leaving(r.of_width // 4) & (within | r.runs_on)
    holds = [
        (0, r.every & ~r.adjacent),
        (1, preformatted(table, e, r, opener.sure)),
        *_by_openers(r, opener, stop),
        (4, e.first.rows(_CANNOT_BEGIN) & quarter),
        *_by_indents(table, e, r, opener, stop, quarter),
        (8, _narrow(e, r)),
        (9, r.full & middle),
        (10, r.full & ~_ended(e, r)),
    ]
    if r.adjacent & ~r.full:  # else all breaks are decided
        near = _near(e, r, within)
        holds.append((13, near & middle))
        if r.indent:
            holds.append((11, quarter & middle))
        if r.blank:
            holds += ((12, near), (14, quarter & _visibly_on(e, r)), (15, _number_goes_on(e, r, within)))
    if heads := _heads(e, r, opener):
        holds = [(i, rows & ~heads if i in _JOINS else rows) for i, rows in holds]
    return sorted(holds)


def _narrow(e: Edges, r: Regime) -> int:
    """Lines that do not take a quarter of the column that most of the running text stands in.

    They are cells of a table, one below the other: the widest of such lines is the margin of those around it. Unless
    most of them seem to run on from one ideograph to the next, as where a column of Chinese narrows.
    """
    if r.held or not r.cut:
        return 0
    column = _of_half(r.right[:-1][bits.flags(r.cut & ~r.over, len(r.head))])
    narrow = bits.of(r.right[:-1] < np.int32(column // _NARROW))
    full = narrow & r.adjacent & r.full
    return narrow if (full & e.pair.rows(_IDEOGRAPHS)).bit_count() * 2 < full.bit_count() else 0


def _of_half(columns: Any) -> int:
    """The width that half of the ink stands in lines of, or in wider ones; ``columns`` are those of the lines."""
    count = np.bincount(np.minimum(columns, _MOST))
    ink = count * np.arange(len(count))
    return int(ink.cumsum().searchsorted(ink.sum() / 2))


def _ended(e: Edges, r: Regime) -> int:
    """Sentences that end far from the wider of the margins: last lines, though the lines behind may be as short."""
    if r.held or not e.stop & r.full:
        return 0
    return e.stop & bits.of(e.with_space(r.right[:-1] + r.head) * _FAR < r.of_width * (_FAR - 1))


def _heads(e: Edges, r: Regime, opener: Openers) -> int:
    """Lines that open something and are far shorter than the next one: headings, however short those before are."""
    if not opener.sure & r.every:
        return 0
    return opener.sure & ~e.end.rows(_COMMA) & bits.of(r.right[1:] * 2 > (r.right[:-1] + r.head) * 3)


def _visibly_on(e: Edges, r: Regime) -> int:
    """Where a sentence runs on, or the line in front ends as none does."""
    open_end = e.pair.rows(_OPEN_END) & ~e.closed
    return r.runs_on & e.first.rows(_GOES_ON) | open_end


def _number_goes_on(e: Edges, r: Regime, within: int) -> int:
    """A number without its unit ends no sentence: half a line may be free."""
    number = e.pair.rows(_NUMBER) & within
    return number and number & r.leaving(r.of_width // 2)


def _by_openers(r: Regime, opener: Openers, stop: int) -> list[tuple[int, int]]:
    """Lines that open an item: surely so unless a full line is in mid-sentence, likely so behind a short one."""
    sure, likely = opener.sure >> 1, opener.likely >> 1
    if r.indent:  # what likely opens a paragraph would have its indent
        likely &= r.indented | ~r.full
    return [(3, sure & (stop | ~r.tight) | likely & (stop | ~r.full))]


def _by_indents(table: Lines, e: Edges, r: Regime, opener: Openers, stop: int, quarter: int) -> list[tuple[int, int]]:
    """What the indents on both sides of a break tell."""
    if table.flush and not r.indent:
        return []
    holds, opens, based = [], 0, 0
    if r.indent:
        opens, based = e.first.rows(_OPEN), bits.of(table.left[1:] == r.base)
        inside = r.indented & r.full & r.runs_on
        inside &= inside and level(table, opener.sure)
        holds += [(2, r.indented & ~inside), (5, stop & ~r.tight & opens & based)]
    if not table.flush:
        step = table.left[1:] - table.left[:-1]
        grows = bits.of(step > 1)
        hangs = (opener.sure | opener.likely) & bits.of((step > 0) & (step <= FIRST_LINE))
        full = r.full if r.indent else r.full & ~stop
        shrinks = bits.of(step < -1) & ~full
        if r.indent:  # a sentence goes on from the first line of a paragraph to the second; dialogue has no indent
            goes_on = quarter & ~stop & based & ~opens
            shrinks &= ~(r.indented << 1 & goes_on)
        holds += [(6, grows & ~hangs & (stop | ~r.full)), (7, shrinks)]
    return holds


def _near(e: Edges, r: Regime, within: int) -> int:
    """Lines that are nearly full, or a third of the width from it where Latin visibly runs on."""
    near = with_slack(r.room, max(r.slack, CLOSE), r.words, r.of_width, 3) & within
    flows = e.pair.rows(_FLOWS) & r.runs_on & within
    return near | flows & r.leaving(r.of_width // 3) if flows else near
