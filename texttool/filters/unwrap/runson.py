"""Whether sentences run on across line ends often enough for a text to be wrapped; told of small ones without numpy."""

from __future__ import annotations

from collections.abc import Collection
from itertools import pairwise

from texttool.filters.unwrap.opening import opens

FIRST_LINE = 8  # columns: the indent of a first line is four ideographs at the most
DEEPEST = 400  # columns: deeper indents count as that
_COLUMNS = {"\t": 8, "\u3000": 2, "\f": 0, "\r": 0}  # of white space; all other takes one, as `charclass` has it


def often(count: int, among: int) -> bool:
    """Whether sentences run on at all, given that they do at ``count`` breaks ``among`` those where they could.

    At one in ten, as in a novel all dialogue; and at one in four where that makes less than three: in a short text
    a single one may be an accident.
    """
    return count > 0 and count >= max(among / 10, min(3, among / 4))


class Breaks:
    """The breaks of a small text with no blank line, and whether sentences may run on often among some of them.

    ``on`` are the numbers of lines that may run on to the next.
    """

    def __init__(self, lines: list[str], on: Collection[int]) -> None:
        left, (sure, opening) = [_left(line) for line in lines], opens(lines)
        breaks = [number for number, (a, b) in enumerate(pairwise(left)) if a is not None and b is not None]
        self._behind = [left[number + 1] or 0 for number in breaks]
        self._rest = [left[number + 1] or 0 for number in breaks if number not in sure and number + 1 not in opening]
        self._on = [number for number in (left[number + 1] for number in on) if number is not None]

    def often_apart_from_openers(self) -> bool:
        """Whether they may among those that are not before what opens something, and not behind what surely does."""
        return often(len(self._on), len(self._rest))

    def often_within_paragraphs(self) -> bool:
        """Whether they may among the others of those that stand inside paragraphs, where an indent begins these.

        Which indent the lines have that go on (the base of `regime`) is told by full lines, which are not known here:
        each that one of them has is tried.
        """
        return any(self._often_at(base) for base in {min(number, DEEPEST) for number in self._on})

    def _often_at(self, base: int) -> bool:
        """Whether they may where lines that go on have the indent ``base``."""
        first, count, among = (
            sum(base < left <= base + FIRST_LINE for left in lefts) for lefts in (self._behind, self._on, self._rest)
        )
        # a single indent parts no paragraphs
        return first > 1 and often(len(self._on) - count, len(self._rest) - among)


def _left(line: str) -> int | None:
    """Columns of the indent; None of a line without ink."""
    ink = line.lstrip()
    return sum(_COLUMNS.get(char, 1) for char in line[: len(line) - len(ink)]) if ink else None
