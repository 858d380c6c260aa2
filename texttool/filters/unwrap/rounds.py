"""Whether one more round, on the text as the verdicts so far make it, could undo anything: proved before it is run.

What a round needs is a line that runs on and is full for the margin around it. After the joins most lines are whole
paragraphs, and the few that run on are far shorter: the piece of a line that a text begins with, or a title.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from texttool.filters.unwrap import bits
from texttool.filters.unwrap import charclass as m
from texttool.filters.unwrap.boundaries import Verdicts
from texttool.filters.unwrap.edges import HANG
from texttool.filters.unwrap.fit import may_be_double
from texttool.filters.unwrap.glue import Glue
from texttool.filters.unwrap.linetable import Lines
from texttool.filters.unwrap.openers import openers
from texttool.filters.unwrap.regime import is_first
from texttool.filters.unwrap.runson import DEEPEST, often
from texttool.filters.unwrap.width import CLOSE, RAGGED, SUPPORT, SUPPORTED, WINDOW

_FEW = 8  # breaks: so many are looked at one by one; where more run on, the round itself is as cheap
_SMALL = 1 << 16  # code points: in longer texts widths are told from a sample, and a round may read others
_MOST = 16_000  # columns: far below what the windows count to


def may_go_on(table: Lines, v: Verdicts, glue: Glue, kept: int, layout: str) -> bool:
    """Whether breaks between the lines that ``kept`` leaves could be undone. ``v`` are the verdicts on ``table``."""
    if layout not in ("auto", "none"):
        return bool(kept)
    runs_on, gap = kept & v.regime.runs_on, v.edges.gap
    if not runs_on:
        return False
    if may_be_double(gap, kept, runs_on):
        return True
    adjacent = kept & gap.at_most(0)
    return _may_be_wrapped(table, runs_on, adjacent) and _may_be_full(table, v, glue, kept, runs_on & adjacent)


def _may_be_wrapped(table: Lines, on: int, adjacent: int) -> bool:
    """Whether sentences may run on often enough: among all breaks, those not at what opens something, or those inside
    paragraphs that an indent begins.

    Which indent lines have that go on, those tell that are full; any of the breaks ``on`` may be, so each is tried.
    """
    run_on = on & adjacent
    if often(run_on.bit_count(), adjacent.bit_count()):
        return True
    if not run_on:
        return False
    found = openers(table.text, table, bits.all_of(len(table)))
    rest, heads = (
        adjacent & ~((found.sure | found.likely) >> 1),
        found.sure.bit_count(),
    )  # one may stand in a longer line
    if often(run_on.bit_count(), rest.bit_count() - heads):
        return True
    left = table.left[1:]
    bases = set() if table.flush else {min(base, DEEPEST) for base in left[bits.flags(run_on, len(left))].tolist()}
    return len(bases) > _FEW or any(_often_at(left, base, run_on, adjacent, rest, heads) for base in bases)


def _often_at(left: Any, base: int, on: int, adjacent: int, rest: int, heads: int) -> bool:
    first = bits.of(is_first(left, base))
    return (adjacent & first).bit_count() > 1 and often((on & ~first).bit_count(), (rest & ~first).bit_count() - heads)


def _may_be_full(table: Lines, v: Verdicts, glue: Glue, kept: int, on: int) -> bool:
    """Whether one of the breaks ``on``, in the text with its ``kept`` breaks, could be behind a full line."""
    if on.bit_count() > _FEW or len(table.codes) > _SMALL:
        return True
    rows = bits.places(kept, len(v.edges))
    begins = np.append(0, rows + 1)
    tokens = np.maximum(v.edges.head, v.edges.letters)[rows] + 1  # and a space in front
    cut = v.edges.letters[rows] >= (table.stop - table.start)[rows + 1]  # such a token may be longer in the new text
    places = np.flatnonzero(bits.flags(on, len(v.edges))[rows]).tolist()
    if m.some(cut[places]):
        return True
    return any(_one_full(low, high, tokens, places) for low, high in _reaches(table, glue, begins))


def _reaches(table: Lines, glue: Glue, begins: Any) -> Iterator[tuple[Any, Any]]:
    """The least and the most that each line reaches which ``begins`` at a row and holds those up to the next.

    In columns, with half-width marks as wide as the ideographs in front of them or without the spaces between those,
    neither of which are more than half of the characters; and in characters: the ways in `readings`.
    """
    more, less = glue.space.bit_count(), glue.dehyphen.bit_count()
    columns = np.add.reduceat(table.right - table.left, begins) + table.left[begins]
    characters = np.add.reduceat(table.stop - table.start, begins) + (table.start - table.begin)[begins]
    half = (characters + more) // 2
    yield columns - less, columns + more + half
    if table.spaced or more:
        yield columns - less - half, columns + more
    yield characters - less, characters + more


def _one_full(low: Any, high: Any, tokens: Any, places: list[int]) -> bool:
    """Whether at one of ``places`` a line, as the next token would lengthen it, may come near a margin around it.

    No line counts as full that leaves more than a quarter of the wider of its margins, nor as far beyond them.
    """
    least, most = (low - HANG).tolist(), high.tolist()
    for at in places:
        behind = slice(at + 1, at + 1 + WINDOW)
        before = slice(max(0, at + 1 - WINDOW), at + 1 if at + 1 >= SUPPORT else 0)
        windows = [(least[some], most[some]) for some in (before, behind) if most[some]]
        need = most[at] + int(tokens[at])
        near = max(max(window) for _, window in windows) // 4 + 1
        if any(_least_margin(*window) <= need + near for window in windows):
            return True
    return bool(max(most) > _MOST)


def _least_margin(least: list[int], most: list[int]) -> int:
    """The least that `local_width` may find for lines that reach so far at the least, and at the most."""
    least, most = sorted(least, reverse=True), sorted(most, reverse=True)
    support = zip(least[:SUPPORTED], most, most[SUPPORT - 1 :], strict=False)
    return min(least[0], *(low for low, high, third in support if low - third <= max(high // RAGGED, CLOSE)), _MOST)
