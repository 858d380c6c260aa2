"""Line wraps undone by evidence.

The text's own layout is measured first: how wide its column is at each line and how ragged, whether an indent or
a blank line parts paragraphs, whether it is wrapped at all. Then every line break is judged at once. Text that is not
wrapped comes back as it was.
"""

from __future__ import annotations

import math
import re
import sys
from bisect import bisect
from collections.abc import Iterator, Mapping
from functools import partial
from itertools import islice
from typing import NamedTuple

from texttool.edits import Edits
from texttool.filters.unwrap.longlines import mostly_long
from texttool.filters.unwrap.runson import Breaks, often
from texttool.memory import give_back
from texttool.rule import Rule
from texttool.rulebook import family
from texttool.together import Together

LAYOUTS = ("auto", "indent", "blank", "double", "none")


class Judged(NamedTuple):
    """A line break: the number of the line in front of it, from 1, and the verdict with its evidence."""

    line: int
    join: bool
    confidence: float
    evidence: str


def scan(text: str, layout: str = "auto") -> Mapping[str, Edits]:
    """The edits of each LW code over ``text``, disjoint; none where nothing is wrapped."""
    if layout == "none" or (layout == "auto" and _plainly_unwrapped(text)):
        return {}
    from texttool.filters.unwrap.settle import settle
    from texttool.filters.unwrap.wrapedits import as_edits

    settled = settle(text, layout)
    edits = as_edits(text, settled) if settled and settled.join else {}
    del settled
    give_back(len(text))
    return edits


def explain(text: str, layout: str = "auto") -> Iterator[Judged]:
    """The verdict on each break between two lines with ink, in the order of the page."""
    from texttool.filters.unwrap.bits import flags, places
    from texttool.filters.unwrap.boundaries import EVIDENCE
    from texttool.filters.unwrap.settle import settle

    settled = settle(text, layout)
    if not settled:
        return
    lines, reason = settled.table.number[:-1].tolist(), [0] * (len(settled.table) - 1)
    for evidence, breaks in settled.decided.items():
        for row in places(breaks, len(lines)).tolist():
            reason[row] = evidence
    undone = flags(settled.join, len(lines)).tolist()
    for line, join, decided in zip(lines, undone, reason, strict=True):
        yield Judged(line + 1, join, EVIDENCE[decided].confidence, EVIDENCE[decided].name)


# A break within a sentence, by its edges, as `_fit` has it; here a superset of that, in one pattern: no mark that
# ends a sentence in front, and neither a capital nor a digit nor an opening mark behind.
_FRONT, _BEHIND = r"[^\s。！？!?.…:：;；]", r"(?=[^\S\n]*(?![A-Z0-9])[^\s“‘「『《（(\[【#*•·])"
_ADJACENT = re.compile(rf"{_FRONT}[^\S\n]*\n{_BEHIND}")
_APART = re.compile(rf"{_FRONT}[^\S\n]*\n[^\S\n]*\n{_BEHIND}")
# Those with no space at the line end, sought from the newline: in a tenth of the time. Where no line ends in a space,
# those are all.
_AT_ONCE = re.compile(rf"\n(?<={_FRONT}\n){_BEHIND}")
_APART_AT_ONCE = re.compile(rf"\n(?<={_FRONT}\n)\n{_BEHIND}")
_SPACE_AT_END = re.compile(r"\n(?<=[^\S\n]\n)")
_SMALL = 1 << 15  # code points: above it, importing numpy costs less than it saves


def _plainly_unwrapped(text: str) -> bool:
    """Whether a small text cannot count as wrapped, whatever its widths: told without numpy, which takes 0.1 s to load.

    Necessary conditions only, by upper bounds; the decision itself is made in one place.
    """
    if "\n" not in text.strip():
        return True
    if len(text) > _SMALL:
        return False
    # As many breaks as lines is the most there can be: a text that is wrapped is told by its first lines.
    enough = math.ceil(max(text.count("\n") / 10, 3))
    within, apart = len(list(islice(_AT_ONCE.finditer(text), enough))), _APART_AT_ONCE
    if within < enough and _SPACE_AT_END.search(text):
        within, apart = len(list(islice(_ADJACENT.finditer(text), enough))), _APART
    if within == enough:
        return "numpy" not in sys.modules and _stands_in_long_lines(text)
    lines = text.split("\n")
    inked = list(map(bool, map(str.strip, lines)))
    adjacent = sum(map(bool.__and__, inked, inked[1:]))
    if often(within, adjacent):
        return False
    breaks = Breaks(lines, _run_on(text, _ADJACENT)) if within else None
    if breaks and (breaks.often_apart_from_openers() or breaks.often_within_paragraphs()):
        return False
    if sum(inked) < 4:
        return True
    single = sum(map(bool.__and__, map(bool.__gt__, inked, inked[1:]), inked[2:]))
    return not single or len(apart.findall(text)) * 3 < single


def sieve(together: Together) -> set[int]:
    """The numbers of the texts in which some line end may stand within a sentence: the others are not wrapped."""
    ends = (m.start() for form in (_AT_ONCE, _APART_AT_ONCE, _SPACE_AT_END) for m in form.finditer(together.text))
    long = (i for i, text in enumerate(together.texts) if len(text) > _SMALL)
    return {*together.holding(ends), *long}


def _stands_in_long_lines(text: str) -> bool:
    return mostly_long(text.split("\n"), _run_on(text, _ADJACENT, _APART))


def _run_on(text: str, *breaks: re.Pattern[str]) -> set[int]:
    """The numbers of the lines that end in one of ``breaks``."""
    ends = [m.start() for m in re.finditer("\n", text)]
    return {bisect(ends, m.start()) for pattern in breaks for m in pattern.finditer(text)}


def rules_for(layout: str) -> tuple[Rule, ...]:
    """The rules where the layout, one of LAYOUTS, is told and need not be found out."""
    return family("wraps", scan=partial(scan, layout=layout))


RULES = family("wraps", scan=scan, sieves={"": sieve})
