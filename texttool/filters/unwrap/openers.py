"""Lines that open something: headings, items of lists, clauses, by their first characters."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import numpy as np

from texttool.filters.unwrap.linetable import Lines
from texttool.rulebook import load

LIKELY, SURE = 1, 2


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    data = load("tables/wrap-openers")
    return tuple(re.compile("|".join(f"(?:{part})" for part in data[name])) for name in ("sure", "likely"))  # type: ignore[return-value]


@cache
def _starts() -> Any:
    """``bool[65536]``: the characters an opener can begin with."""
    table = np.zeros(0x10000, bool)
    table[[ord(char) for char in load("tables/wrap-openers")["starts"]]] = True
    return table


def openers(text: str, table: Lines, wanted: Any) -> Any:
    """``uint8`` a row: 0, ``LIKELY`` or ``SURE``; 0 for rows that are not ``wanted``.

    Only lines whose first character can open something are looked at; each pattern reads a bounded number of
    characters.
    """
    found = np.zeros(len(table), np.uint8)
    rows = (_starts().take(table.first_code, mode="clip") & wanted).nonzero()[0]
    if not len(rows):
        return found
    sure, likely = _patterns()
    for row, at, end in zip(rows.tolist(), table.start[rows].tolist(), table.eol[rows].tolist(), strict=True):
        if sure.match(text, at, end):
            found[row] = SURE
        elif likely.match(text, at, end):
            found[row] = LIKELY
    return found
