"""Whether a text is a program, and which of its lines are: their breaks mean something, in the comments too."""

from __future__ import annotations

import re
from functools import cache

from texttool.filters.unwrap import bits
from texttool.filters.unwrap import charclass as m
from texttool.filters.unwrap.linetable import Lines
from texttool.rulebook import load

# A program has a sign on one line of five at the least; one of prose and code may do with one of twenty.
_SIGNS = 20
# And one letter in ten is Latin: programs are written so.
_LATIN = 10
_SAMPLE = 1 << 12  # lines enough to tell
_READ = 200  # code points of a line that are looked at


def statements(table: Lines) -> int:
    """The lines that look like lines of a program, looked at once. Where hardly any can, none is."""
    if table.code is None:
        table.code = _statements(table)
    return table.code


def _statements(table: Lines) -> int:
    latin, letters = sum(table.scripts[m.LOWER : m.UPPER + 1]), sum(table.scripts[m.HAN : m.UPPER + 1])
    if latin * _LATIN < letters or sum(map(table.text.count, _words()[0])) * _SIGNS < len(table):
        return 0
    _, ends, starts = _words()
    text = table.text
    spans = zip(table.start.tolist(), table.stop.tolist(), strict=True)
    found = [row for row, (start, stop) in enumerate(spans)
             if text.endswith(ends, start, stop) or starts.match(text, start, min(stop, start + _READ))]  # fmt: skip
    return bits.at(found, len(table))


def is_program(table: Lines) -> bool:
    """Whether nearly half of the first lines are statements: the rest are comments."""
    found = statements(table.head(_SAMPLE) if len(table) > _SAMPLE else table)
    return found.bit_count() * 20 > min(len(table), _SAMPLE) * 9


@cache
def _words() -> tuple[str, tuple[str, ...], re.Pattern[str]]:
    data = load("tables/wrap-code")
    return data["signs"], tuple(data["ends"]), re.compile("|".join(f"(?:{start})" for start in data["starts"]))
