"""Verdicts as edits, by the code of each kind of decision."""

from __future__ import annotations

from typing import Any

from texttool.edits import Edit, Edits
from texttool.filters.unwrap import charclass as m
from texttool.filters.unwrap.glue import DEHYPHEN, NOTHING, SPACE
from texttool.filters.unwrap.settle import Settled, trailing


def as_edits(text: str, s: Settled) -> dict[str, Edits]:
    """The edits of each code: the gap between two joined lines, and the white space at the ends of all others."""
    start, end = trailing(s)
    across = s.join & (s.table.gap[:-1] > (1 if s.first.regime.double else 0))
    parted = m.some(across)
    within = s.join & ~across if parted else s.join
    kinds = ("LW101", NOTHING), ("LW102", SPACE), ("LW103", DEHYPHEN)
    found = {}
    several = m.filled(s.glue)
    for code, kind in kinds if several else kinds[:1]:
        if m.some(chosen := within & (s.glue == kind) if several else within):
            found[code] = _joins(s, chosen)
    if parted:
        found["LW104"] = _joins(s, across)
    if len(start):
        found["LW201"] = Edits.columns(start, end, start * 0, ("",))
    if edges := _ends(text, s):
        found["LW202"] = Edits.of(edges)
    return found


def _joins(s: Settled, chosen: Any) -> Edits:
    rows = chosen.nonzero()[0]
    glue = s.glue[rows]
    start = s.table.stop[rows] - (glue == DEHYPHEN)
    return Edits.columns(start, s.table.start[rows + 1], glue == SPACE, ("", " "))


def _ends(text: str, s: Settled) -> list[Edit]:
    """Blank lines before the first line go, and one newline ends the text."""
    begin, stop = int(s.table.begin[0]), int(s.table.stop[-1])
    out = [(0, begin, "")] if begin else []
    newline = "\r\n" if text[stop:].endswith("\r\n") else "\n"
    if text[stop:] != newline:
        out.append((stop, len(text), newline))
    return out
