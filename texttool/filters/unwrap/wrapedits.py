"""Verdicts as edits, by the code of each kind of decision."""

from __future__ import annotations

from typing import Any

from texttool.edits import Edit, Edits
from texttool.filters.unwrap.glue import DEHYPHEN, SPACE
from texttool.filters.unwrap.settle import Settled, trailing


def as_edits(text: str, s: Settled) -> dict[str, Edits]:
    """The edits of each code: the gap between two joined lines, and the white space at the ends of all others."""
    start, end = trailing(s)
    across = s.join & (s.table.gap[:-1] > (1 if s.first.regime.double else 0))
    return {
        "LW101": _joins(s, s.join & ~across & (s.glue != SPACE) & (s.glue != DEHYPHEN)),
        "LW102": _joins(s, s.join & ~across & (s.glue == SPACE)),
        "LW103": _joins(s, s.join & ~across & (s.glue == DEHYPHEN)),
        "LW104": _joins(s, across),
        "LW201": Edits.columns(start, end, start * 0, ("",)),
        "LW202": Edits.of(_ends(text, s)),
    }


def _joins(s: Settled, chosen: Any) -> Edits:
    import numpy as np

    rows = np.flatnonzero(chosen)
    start = s.table.stop[rows] - (s.glue[rows] == DEHYPHEN)
    return Edits.columns(start, s.table.start[rows + 1], s.glue[rows] == SPACE, ("", " "))


def _ends(text: str, s: Settled) -> list[Edit]:
    """Blank lines before the first line go, and one newline ends the text."""
    begin, stop = int(s.table.begin[0]), int(s.table.stop[-1])
    out = [(0, begin, "")] if begin else []
    newline = "\r\n" if text[stop:].endswith("\r\n") else "\n"
    if text[stop:] != newline:
        out.append((stop, len(text), newline))
    return out
