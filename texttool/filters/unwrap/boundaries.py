"""The verdict on every line break: undone or kept, with the evidence that decided and how sure it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from texttool.filters.unwrap import charclass as m
from texttool.filters.unwrap.blocks import preformatted
from texttool.filters.unwrap.edges import EAST, TRAILING, WIDE, Edges, edges
from texttool.filters.unwrap.fit import most_slack
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
_SHORT, _ACROSS, _NONE = len(EVIDENCE) - 3, len(EVIDENCE) - 2, len(EVIDENCE) - 1


@dataclass(slots=True)
class Verdicts:
    """For each break: whether it is undone, and the index in ``EVIDENCE`` of what decided."""

    join: Any
    reason: Any
    edges: Edges
    regime: Regime


def decide(text: str, table: Lines, layout: str = "auto") -> Verdicts:
    """The verdict on each break of ``table``, which has at least two lines."""
    import numpy as np

    e = edges(table)
    r = regime(table, e, layout)
    if not r.wrapped:
        return Verdicts(np.zeros(len(e.gap), bool), np.full(len(e.gap), _NONE), e, r)
    opener = openers(text, table, _may_open(table, e, r))
    reason = np.select(_conditions(table, e, r, opener), range(_SHORT), _SHORT)
    join = np.array([evidence.join for evidence in EVIDENCE])[reason]
    across = page_cuts(text, table, e, r, opener, join)
    return Verdicts(join | across, np.where(across, _ACROSS, reason), e, r)


def _may_open(table: Lines, e: Edges, r: Regime) -> Any:
    """Lines that an opener would tell something about: not those behind a full line in mid-sentence."""
    import numpy as np

    behind = m.among(e.end, (m.STOP, m.COLON)) | ~r.tight | ~r.adjacent
    hanging = table.left[1:] > table.left[:-1]
    return np.append(True, behind) | np.append(hanging, False)


def _conditions(table: Lines, e: Edges, r: Regime, opener: Any) -> list[Any]:
    """Where each of ``EVIDENCE`` holds, up to the one that holds where no other does."""
    stop = m.among(e.end, (m.STOP, m.COLON))
    step = table.left[1:] - table.left[:-1]
    hangs = (opener[:-1] > 0) & (step > 0) & (step <= FIRST_LINE)
    item = (opener[1:] == SURE) & (stop | ~r.tight) | (opener[1:] == LIKELY) & (stop | ~r.full)
    near = (r.room <= _least(max(r.slack, CLOSE), most_slack(e, r.width, 3))) & ~r.over
    flows = r.runs_on & ~r.over & m.among(e.last, (m.LOWER, m.COMMA)) & (e.first == m.LOWER)
    near |= (r.room <= r.width // 3) & flows
    quarter = (r.room <= r.width // 4) & (~r.over | r.runs_on)
    quoted = stop & ~r.tight & (e.first == m.OPEN) & (table.left[1:] == r.base)
    open_end = ~e.closed & m.among(e.last, (*EAST, m.DIGIT, m.COMMA)) & m.among(e.first, (*EAST, m.DIGIT))
    # A number without its unit ends no sentence: half a line may be free.
    number = (e.last == m.DIGIT) & m.among(e.first, (*WIDE, m.DIGIT)) & (r.room <= r.width // 2) & ~r.over
    return [
        ~r.adjacent,
        preformatted(table, e, r),
        r.indents(table.left[1:]) & r.indent,
        item,
        m.among(e.first, (m.COMMA, m.STOP, m.CLOSE)) & quarter,
        quoted & r.indent,
        (step > 1) & ~hangs & (stop | ~r.full),
        (step < -1) & ~(r.full & (~stop | r.indent)),
        r.full & ~stop,
        r.full,
        quarter & r.indent & ~stop,
        near & r.blank,
        near & ~stop,
        quarter & r.blank & (r.runs_on & m.among(e.first, (*EAST, *TRAILING)) | open_end),
        number & r.blank,
    ]


def _least(columns: int, limit: Any) -> Any:
    import numpy as np

    return np.minimum(columns, limit)
