"""Verdicts as edits, by the code of each kind of decision."""

from __future__ import annotations

import numpy as np

from texttool.edits import Edit, Edits
from texttool.filters.unwrap import bits
from texttool.filters.unwrap.settle import Settled, joins, trailing


def as_edits(text: str, s: Settled) -> dict[str, Edits]:
    """The edits of each code: the gap between two joined lines, and the white space at the ends of all others."""
    start, end = trailing(s)
    across = s.join & ~s.first.edges.gap.at_most(1 if s.first.regime.double else 0)
    within, (space, dehyphen) = s.join & ~across, s.glue
    chosen = {
        "LW101": (within & ~space & ~dehyphen, 0),
        "LW102": (within & space, space),
        "LW103": (within & dehyphen, 0),
        "LW104": (across, space),
    }
    found = {code: _joins(s, breaks, spaces) for code, (breaks, spaces) in chosen.items() if breaks}
    if len(start):
        found["LW201"] = Edits.columns(start, end, start * 0, ("",))
    if edges := _ends(text, s):
        found["LW202"] = Edits.of(edges)
    return found


def _joins(s: Settled, chosen: int, spaces: int) -> Edits:
    start, end, rows = joins(s, chosen)
    if not spaces & chosen:
        return Edits.columns(start, end, np.zeros(len(rows), np.uint32), ("",))
    return Edits.columns(start, end, bits.flags(spaces, len(s.table))[rows], ("", " "))


def _ends(text: str, s: Settled) -> list[Edit]:
    """Blank lines before the first line go, and one newline ends the text."""
    begin, stop = int(s.table.begin[0]), int(s.table.stop[-1])
    out = [(0, begin, "")] if begin else []
    newline = "\r\n" if text[stop:].endswith("\r\n") else "\n"
    if text[stop:] != newline:
        out.append((stop, len(text), newline))
    return out
