"""Rows of comma-separated values: neighbouring lines with the same number of separators.

Lines of prose may have the same number of commas too. Rows show themselves by a column that holds no letter of Chinese
in any of them (numbers, dates, codes), or by filling a block, with two separators or more, in which nothing ends
a sentence and the lines are not all of one length, as those of verse and of a narrow column are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import accumulate, pairwise, repeat
from operator import eq

from texttool.edits import Span
from texttool.filters._tables import compiled

_ROWS = 3  # two lines with as many commas are met by chance
_EQUAL = re.compile(b"\1{%d,}" % (_ROWS - 1))
_QUOTED = re.compile(r'"[^"\n]*+"')
_SENTENCE = ".。?？!！;；:："
_ENDS = tuple(_SENTENCE)
# A line that ends no sentence, as the one before it does not, and another below: without one there is nothing to count.
_UNENDED = re.compile(rf"\n(?<=[^\n{_SENTENCE}].)[^\n]+(?<![{_SENTENCE}])\n(?=[^\n])", re.DOTALL)


def rows(text: str) -> Iterator[Span]:
    """Runs of rows of a table (code points), each from the start of its first line to the end of its last."""
    separators = [separator for separator in ",;\t|" if separator in text]
    if not separators or not _UNENDED.search(text):
        return
    lines = text.split("\n")
    bare = [_bare(line) if '"' in line else line for line in lines] if '"' in text else lines
    found = [run for separator in separators for run in _runs(bare, separator)]
    if found:
        starts = list(accumulate((len(line) + 1 for line in lines), initial=0))
        yield from ((starts[first], starts[last] - 1) for first, last in found)


def _runs(lines: list[str], separator: str) -> Iterator[Span]:
    """Which lines (first, and one behind the last) are rows of a table."""
    counts = list(map(str.count, lines, repeat(separator)))
    equal = bytes(map(eq, counts, counts[1:]))  # each line with the next: the run of equal ones is looked for at once
    for m in _EQUAL.finditer(equal):
        first, last = m.start(), m.end() + 1
        if counts[first] and _table(lines, first, last, separator, counts[first]):
            yield first, last


def _bare(line: str) -> str:
    """The line, each string in it as long as before and without anything that separates."""
    return _QUOTED.sub(lambda m: '"' * len(m[0]), line)


def _table(lines: list[str], first: int, last: int, separator: str, count: int) -> bool:
    """Whether the lines from ``first`` up to ``last``, all with ``count`` separators, are rows."""
    block = lines[first:last]
    cells = [[cell.strip() for cell in line.split(separator)] for line in block]
    body = cells[1:]  # the first row may be a head of words
    if any(all(map(_is_value, column)) for column in zip(*body, strict=True)):
        return not any(line.endswith(_ENDS) for line in block)
    alone = _blank(lines, first - 1) and _blank(lines, last)
    ragged = any(len(a) != len(b) for a, b in pairwise(block))
    return (
        count > 1
        and alone
        and ragged
        and all(all(row) for row in cells)
        and not any(line.rstrip().endswith(_ENDS) for line in block)
    )


def _blank(lines: list[str], i: int) -> bool:
    return not 0 <= i < len(lines) or not lines[i].strip()


def _is_value(cell: str) -> bool:
    """Whether a cell holds something, and no letter of Chinese."""
    return cell != "" and not _letter().search(cell)


@cache
def _letter() -> re.Pattern[str]:
    return compiled("[{cjk}]")
