"""Whether sentences run on across line ends often enough for a text to be wrapped; told of small ones without numpy."""

from __future__ import annotations

from collections.abc import Collection
from itertools import pairwise

FIRST_LINE = 8  # columns: the indent of a first line is four ideographs at the most
DEEPEST = 400  # columns: deeper indents count as that
_COLUMNS = {"\t": 8, "\u3000": 2, "\f": 0, "\r": 0}  # of white space; all other takes one, as `charclass` has it


def often(count: int, among: int) -> bool:
    """Whether sentences run on at all, given that they do at ``count`` breaks ``among`` those where they could.

    At one in ten, as in a novel all dialogue; and at one in four where that makes less than three: in a short text
    a single one may be an accident.
    """
    return count > 0 and count >= max(among / 10, min(3, among / 4))


def often_within_paragraphs(lines: list[str], on: Collection[int]) -> bool:
    """Whether they may do so often among the breaks inside paragraphs, where an indent begins those.

    ``on`` are the numbers of lines that may run on to the next. Which indent the lines have that go on (the base of
    `regime`) is told by full lines, which are not known here: each that one of them has is tried.
    """
    left = [_left(line) for line in lines]
    if len(set(left)) < 2:  # and the None of blank lines
        return False
    behind = [b for a, b in pairwise(left) if a is not None and b is not None]
    run_on = [number for number in (left[number + 1] for number in on) if number is not None]
    return any(_often_at(base, behind, run_on) for base in {min(number, DEEPEST) for number in run_on})


def _often_at(base: int, behind: list[int], run_on: list[int]) -> bool:
    """Whether they may where lines that go on have the indent ``base``, given the lines ``behind`` all breaks."""
    first = sum(base < left <= base + FIRST_LINE for left in behind)
    count = sum(not base < left <= base + FIRST_LINE for left in run_on)
    return first > 1 and often(count, len(behind) - first)  # a single indent parts no paragraphs


def _left(line: str) -> int | None:
    """Columns of the indent; None of a line without ink."""
    ink = line.lstrip()
    return sum(_COLUMNS.get(char, 1) for char in line[: len(line) - len(ink)]) if ink else None
