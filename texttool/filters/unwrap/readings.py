"""The ways in which a program may have measured its lines."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

import numpy as np

from texttool.filters.unwrap import charclass as m
from texttool.filters.unwrap.edges import WIDE, Edges
from texttool.filters.unwrap.linetable import BLANK, Lines, sums
from texttool.patterns import compiled

_WIDE_IN_PRINT = (m.STOP, m.COMMA, m.COLON, m.OPEN, m.CLOSE)
_WIDE = m.kinds(*WIDE)
_MANY = 1 << 8  # lines
_SMALL, _FEW = 1 << 14, 16  # in a text of so many code points, so few marks are looked at one by one
_MARK_BEHIND_WIDE = m.pairs((WIDE, _WIDE_IN_PRINT))


class Reading(NamedTuple):
    """One way to measure lines: where each one's ink ends, and how long its first token is."""

    name: str
    right: Any
    head: Any


def readings(table: Lines, e: Edges) -> Iterator[Reading]:
    """The ways of measuring lines that make a difference in ``table``."""
    yield reading(table, e, "columns")
    if (table.scripts[m.HAN] or table.scripts[m.KANA]) and _has_mark_behind_wide(table.text):
        yield reading(table, e, "print")
    if table.spaced and table.text.count(" ") > len(table):
        loose = _loose_spaces(table)
        if len(loose) > len(table):
            yield Reading("unspaced", table.right - _a_line(table, loose), e.head)
    letters = _total(table.stop - table.start)
    wide = _total(table.right if table.flush else table.right - table.left) - letters
    narrow = letters - wide
    if min(wide, narrow) * 5 > wide + narrow:
        yield reading(table, e, "characters")


def _total(values: Any) -> int:
    """The sum of ``values``; of a few, numpy takes longer to begin."""
    return sum(values.tolist()) if len(values) < _MANY else int(np.add.reduce(values))


def reading(table: Lines, e: Edges, name: str) -> Reading:
    """In columns; with half-width marks behind ideographs as wide as those, as print has them; without the spaces
    between ideographs that an OCR puts there; every character as one, as programs count that know no columns.
    """
    if name == "characters":
        return Reading(name, table.stop - table.begin, e.letters)
    if name == "columns":
        return Reading(name, table.right, e.head)
    if name == "print":
        return Reading(name, table.right + _half_width_marks(table), e.head)
    return Reading(name, table.right - _a_line(table, _loose_spaces(table)), e.head)


def _has_mark_behind_wide(text: str) -> bool:
    """Whether an ASCII mark stands right behind an ideograph or kana: print sets it as wide as those."""
    if len(text) > _SMALL:
        return any(map(text.__contains__, _ascii_marks())) and bool(_mark_behind_wide().search(text))
    marks = text.encode("ascii", "ignore").translate(None, _no_ascii_marks()).decode()
    return _has_one_behind_wide(text, marks) if len(marks) <= _FEW else bool(_mark_behind_wide().search(text))


def _has_one_behind_wide(text: str, marks: str) -> bool:
    """The same, mark by mark. ``marks`` are all of the text, in their order."""
    at = -1
    for mark in marks:
        at = text.index(mark, at + 1)
        if _mark_behind_wide().match(text, at):
            return True
    return False


@cache
def _ascii_marks() -> str:
    kinds = m.classes(m.traits(np.arange(0x80)))
    return "".join(map(chr, m.among(kinds, m.kinds(*_WIDE_IN_PRINT)).nonzero()[0].tolist()))


@cache
def _no_ascii_marks() -> bytes:
    return bytes(set(range(0x80)) - set(_ascii_marks().encode()))


@cache
def _mark_behind_wide() -> re.Pattern[str]:
    """The mark is sought first."""
    spans = ((first, last - 1) for first, last, kind in m.SCRIPTS if kind in WIDE)
    wide = "".join(f"{chr(first)}-{chr(last)}" for first, last in spans)
    mark = f"[{re.escape(_ascii_marks())}]"
    return compiled(f"{mark}(?<=[{wide}{chr(0x20000)}-{chr(sys.maxunicode)}]{mark})")


def _half_width_marks(table: Lines) -> Any:
    """How many ASCII marks right behind an ideograph or kana each line has: print sets them as wide as it."""
    kinds, codes = _read(table)
    marks = np.zeros(len(codes), bool)
    marks[1:] = m.paired(kinds[:-1], kinds[1:], _MARK_BEHIND_WIDE)
    marks &= codes < 0x80
    return sums(marks, table.start, table.stop)


def _loose_spaces(table: Lines) -> Any:
    """The places of single spaces that stand between ideographs, kana or full-width marks: within lines, therefore."""
    kinds, codes = _read(table)
    at = (codes[1:-1] == BLANK).nonzero()[0] + 1
    at = at[_takes_wide_room(codes, kinds, at - 1)]
    return at[_takes_wide_room(codes, kinds, at + 1)]


def _a_line(table: Lines, places: Any) -> Any:
    """How many of ``places``, which all have ink on both sides, each line has."""
    return np.bincount(table.start.searchsorted(places, "right") - 1, minlength=len(table)).astype(np.int32)


def _read(table: Lines) -> tuple[Any, Any]:
    """Classes and code points up to the last of the lines."""
    end = int(table.stop[-1])
    return table.kinds[:end], table.codes[:end]


def _takes_wide_room(codes: Any, kinds: Any, at: Any) -> Any:
    """Whether an ideograph, a kana or a full-width mark stands at each place."""
    code = codes[at]
    wide = m.among(kinds[at], _WIDE) | ((code >= 0x3001) & (code <= 0x3011))
    return wide | ((code >= 0xFF01) & (code <= 0xFF1F))
