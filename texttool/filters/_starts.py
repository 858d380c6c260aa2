"""Where lines begin that may be notation or rows: found by one look over all lines, of which a page has many.

All patterns begin with the line end: one literal is looked for ten times as fast as ``^``. Offsets are code points.
"""

from __future__ import annotations

from texttool.filters._tables import compiled
from texttool.last import Last

# A number with no part of a date, a time or an address behind it (1. and 28.67%) begins many lines of prose, and no
# notation; a mark of a sentence or an opening bracket begins one only where a block opens at its end.
LOOK = r"\n(?=[\t -~])[ \t]*+(?=[!-~])(?![0-9]++[.,]?+[0-9]*+[^0-9:.\-/]|[,;?!%+(](?![^\n]*\{))"
# A cell without a letter beyond Latin-1, beside a separator: a string, or what begins with ASCII; not the blanks of
# a line end.
CELL = (
    r"(?=[ -+\--:<-{}~])(?! +\n)"
    r'(?: ?"[^"\n]*"|(?:[\x00-\x08\x0b-+\--:<-{}-\xff]++|[^\w\x00-\xff])++)'
)
# The end of a line, behind which a line begins with a value.
FIRST_VALUE = rf"\n{CELL}(?=[,;\t|])"

_EITHER = rf"\n(?=[\t -~])(?:(?={FIRST_VALUE[2:]})|(?={LOOK[2:]}))"


def _starts(text: str) -> list[int]:
    return [m.start() for m in compiled(_EITHER).finditer(text)]


starts = Last(_starts)
"""Offsets of the line ends behind which ``LOOK`` or ``FIRST_VALUE`` matches."""
