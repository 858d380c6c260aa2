"""Marks that lead each line of a quoted letter or of a comment: they would end up inside a line that is joined."""

from __future__ import annotations

import re
from functools import cache

from texttool.filters.unwrap import bits
from texttool.filters.unwrap.linetable import Lines
from texttool.patterns import compiled
from texttool.rulebook import load


def led(table: Lines, alike: int) -> int:
    """The breaks between two lines that one mark leads; ``alike`` are those where both begin with the same one."""
    rows, (marks, leader) = bits.places(alike, len(table)), _leaders()
    found = zip(rows.tolist(), table.first_code[rows].tolist(), strict=True)
    may = [row for row, code in found if code in marks]
    return bits.at([row for row in may if _leads(leader, table, row) and _leads(leader, table, row + 1)], len(table))


def _leads(leader: re.Pattern[str], table: Lines, row: int) -> bool:
    return bool(leader.match(table.text, table.start[row], table.stop[row]))


@cache
def _leaders() -> tuple[frozenset[int], re.Pattern[str]]:
    """The code points of the marks, and what a line begins with that one leads: alone or twice, and a blank behind.

    No line of running text begins with the mark of a quotation, whatever stands behind it.
    """
    marks = load("tables/wrap-marks")["leader"]
    return frozenset(map(ord, marks)), compiled(rf">|([{re.escape(marks)}])\1?(?:[ \t\u3000]|\Z)")
