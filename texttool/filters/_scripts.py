"""In which script of Chinese each line of a text is: by the characters that only one of the two has.

A script is 1 (simplified) or -1 (traditional). A line leans by its characters of the one less those of the other.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Any

from texttool import patterns
from texttool.filters._tables import rows
from texttool.lines import Lines

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Characters of the rarer script. Up to here their lines are looked at one by one, which takes less time than to import
# numpy; from here on numpy looks at all lines.
_FEW = 1000
_LAST = 0xFFFF


class Leaning:
    """How the lines of one text lean. ``total`` has the sign of the sum over all of them."""

    __slots__ = ("_places", "_text", "total")

    def __init__(self, text: str) -> None:
        self._text = text
        self._places = {script: _places(text, script) for script in (1, -1)}
        if self._few(1) or self._few(-1):
            self.total = len(self._places[1]) - len(self._places[-1])
        else:
            self.total = int(_leaning(text).sum())

    def _few(self, script: int) -> bool:
        return len(self._places[script]) <= _FEW

    def lines(self, script: int) -> Iterator[tuple[int, int, int]]:
        """The lines that lean to a script, as (start, end, how far): offsets in code points, their ends left out.

        ``script`` is one that the text as a whole does not lean to.
        """
        found = _one_by_one(self._text, self._places[script]) if self._few(script) else _by_numpy(self._text)
        return ((start, end, leans * script) for start, end, leans in found if leans * script > 0)


@cache
def only(script: int) -> frozenset[str]:
    """The characters that only simplified (1) or only traditional (-1) text has."""
    return frozenset(_tables()[script])


@cache
def _tables() -> dict[int, str]:
    """By script, in the order of code points."""
    return {1 if name == "simplified" else -1: "".join(sorted(chars)) for name, chars in rows("script")}


@cache
def _pattern(script: int) -> re.Pattern[str]:
    """One of the characters. Without the few beyond U+FFFF: ``re`` would compare each character with each of these."""
    chars = _tables()[script]
    return patterns.compiled(f"[{chars[: bisect_right(chars, chr(_LAST))]}]")


def _places(text: str, script: int) -> list[int]:
    """Where the characters of a script are: the first of them, one more than are few."""
    return [found.start() for found in islice(_pattern(script).finditer(text), _FEW + 1)]


def _one_by_one(text: str, places: list[int]) -> Iterator[tuple[int, int, int]]:
    """The lines of ``places`` as (start, end, leaning)."""
    end = -1
    for at in places:
        if at > end:
            start, end = text.rfind("\n", 0, at) + 1, text.find("\n", at)
            end = len(text) if end < 0 else end
            yield start, end, _count(text, 1, start, end) - _count(text, -1, start, end)


def _count(text: str, script: int, start: int, end: int) -> int:
    return len(_pattern(script).findall(text, start, end))


def _by_numpy(text: str) -> Iterator[tuple[int, int, int]]:
    """The lines that lean to either script as (start, end, leaning)."""
    leaning = _leaning(text)
    starts = Lines(text).starts
    starts.append(len(text) + 1)
    for number in leaning.nonzero()[0].tolist():
        yield starts[number], starts[number + 1] - 1, int(leaning[number])


def _leaning(text: str) -> NDArray[Any]:
    """For each line, its characters that only simplified text has less those that only traditional text has."""
    import numpy as np

    units = np.frombuffer(text.encode("utf-16-le", "surrogatepass"), np.uint16)
    ends = np.flatnonzero(units == ord("\n"))
    # A weight of 0 behind the text gives the last line a place to start, be it empty.
    weights = np.append(_weights()[units], np.int8(0))
    return np.add.reduceat(weights, np.concatenate(([0], ends + 1)), dtype=np.int32)


@cache
def _weights() -> NDArray[Any]:
    """For each UTF-16 code unit: 1 where only simplified text has it, -1 where only traditional text has it, else 0."""
    import numpy as np

    table = np.zeros(_LAST + 1, np.int8)
    for script in (1, -1):
        table[[ord(char) for char in only(script) if ord(char) <= _LAST]] = script
    return table
