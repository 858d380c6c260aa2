"""Rows of a table, by what stands between their cells and at their edges."""

from __future__ import annotations

from typing import Any

import numpy as np

from texttool.filters.unwrap import bits
from texttool.filters.unwrap import charclass as m
from texttool.filters.unwrap.linetable import NEWLINE, TAB, Lines, sums

_OTHER = m.kinds(m.OTHER)
_THREE_SPACES = bytes((m.SPACE,) * 3)


def tabular(table: Lines) -> int:
    """Lines with cells: three spaces or a tab between their ink, or ruled at both edges."""
    ruled = 0 if table.lacks(m.OTHER) else m.rows(table.first, _OTHER) & m.rows(table.last, _OTHER)
    if ruled:
        ruled &= bits.of(_is_rule(table.first_code) & _is_rule(table.last_code))
    if not table.spaced:
        return ruled
    tabs = "\t" in table.text
    if tabs or _THREE_SPACES in table.kinds.tobytes():
        blank = table.kinds == m.SPACE
        gaps = np.zeros(len(blank), bool)
        gaps[2:] = blank[2:] & blank[1:-1] & blank[:-2]
        gaps[2:] &= table.codes[1:-1] != NEWLINE
        if tabs:
            gaps |= table.codes == TAB
        ruled |= bits.of(sums(gaps, table.start, table.stop) > 0)
    return ruled


def _is_rule(codes: Any) -> Any:
    """Whether each code point draws a table: a bar, a plus, or anything of the block of box drawings."""
    return (codes == 0x7C) | (codes == 0x2B) | ((codes >= 0x2500) & (codes < 0x2580))
