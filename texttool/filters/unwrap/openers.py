"""Lines that open something: headings, items of lists, clauses, by their first characters."""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

import numpy as np

from texttool.filters.unwrap import bits
from texttool.filters.unwrap import charclass as m
from texttool.filters.unwrap.linetable import Lines
from texttool.filters.unwrap.opening import patterns, starts
from texttool.patterns import compiled

_MARK = compiled(r"[^\s]{1,8}[ \u3000]++")


class Openers(NamedTuple):
    """Sets of lines, see `bits`: what opens something whatever is in front, and what does so behind a short line."""

    sure: int
    likely: int


@cache
def _starts() -> Any:
    """``bool[65536]``: the characters an opener can begin with."""
    table = np.zeros(0x10000, bool)
    table[[ord(char) for char in starts()]] = True
    return table


def openers(text: str, table: Lines, wanted: int) -> Openers:
    """Which of the ``wanted`` lines open something.

    Only lines whose first character can open something are looked at; each pattern reads a bounded number of
    characters.
    """
    may = bits.of(_starts().take(table.first_code, mode="clip")) & wanted
    if not may:
        return Openers(0, 0)
    rows = bits.places(may, len(table))
    (sure, likely), found = patterns(), (list[int](), list[int]())
    for row, at, end in zip(rows.tolist(), table.start[rows].tolist(), table.eol[rows].tolist(), strict=True):
        if sure.match(text, at, end):
            found[0].append(row)
        elif likely.match(text, at, end):
            found[1].append(row)
    return Openers(*(bits.at(rows, len(table)) for rows in found))


def level(table: Lines, items: int) -> int:
    """The breaks between two lines of a block that is indented as a whole, or of an item that hangs from its mark.

    ``items`` are the lines that open one. Their text stands in a column of its own, where the lines below them begin.
    """
    left = table.left
    out = bits.of(left[1:] == left[:-1])
    rows = bits.places(items & bits.of(left[1:] > left[:-1]), len(table))
    hung = [row for row in rows.tolist() if left[row + 1] == left[row] + _mark_columns(table, row)]
    return out | bits.at(hung, len(table))


def _mark_columns(table: Lines, row: int) -> int:
    """Columns from the mark of an item to its text; 0 where no blank parts them."""
    mark = _MARK.match(table.text, table.start[row], table.stop[row])
    return int(m.widths(m.traits(table.codes[mark.start() : mark.end()]), False).sum()) if mark else 0
