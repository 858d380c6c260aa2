"""In which script of Chinese each line of a text is: by the characters that only one of the two has.

A script is 1 (simplified) or -1 (traditional). A line leans by its characters of the one less those of the other.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from texttool import patterns
from texttool.filters._tables import rows
from texttool.filters._worth import Read
from texttool.lines import Lines

if TYPE_CHECKING:
    from numpy.typing import NDArray

# Characters of the rarer script. Up to here their lines are looked at one by one, which takes less time than to import
# numpy; from here on numpy looks at all lines.
_FEW = 1000
_LAST = 0xFFFF
_PIECE = 1 << 16  # code points, whose columns stay in the processor's cache

_Line = tuple[int, int, int]  # start, end and leaning


class Leaning(NamedTuple):
    """How a text leans: the sign of ``total``, the sum over all lines; and ``lines``, which lean to a script.

    ``lines`` is asked for one that the text as a whole does not lean to. It gives (start, end, how far) of each line,
    start and end in code points, its end left out.
    """

    total: int
    lines: Callable[[int], Iterable[_Line]]


def leaning(text: str) -> Leaning:
    """How the lines of a text lean."""
    if not _read.enough(text):
        simplified, traditional = (_pattern(script).search(text) for script in (1, -1))
        if simplified is None or traditional is None:
            return Leaning(bool(simplified) - bool(traditional), lambda _: ())
        found = {1: _places(text, 1, simplified.start()), -1: _places(text, -1, traditional.start())}
        if any(len(places) <= _FEW for places in found.values()):
            return Leaning(len(found[1]) - len(found[-1]), lambda script: _to(script, _one_by_one(text, found[script])))
    lowest, highest = _bounds(text)
    if lowest >= 0 or highest <= 0:
        return Leaning(lowest + highest, lambda _: ())
    sums = _sums(text)
    return Leaning(int(sums.sum()), lambda script: _to(script, _by_numpy(text, sums)))


_read = Read(64)


def _to(script: int, lines: Iterable[_Line]) -> Iterator[_Line]:
    return ((start, end, leans * script) for start, end, leans in lines if leans * script > 0)


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


def _places(text: str, script: int, start: int) -> list[int]:
    """Where the characters of a script are, from the offset ``start`` on: one more than are few at most."""
    return [found.start() for found in islice(_pattern(script).finditer(text, start), _FEW + 1)]


def _one_by_one(text: str, places: list[int]) -> Iterator[_Line]:
    """The lines of ``places`` with their leaning."""
    end = -1
    for at in places:
        if at > end:
            start, end = text.rfind("\n", 0, at) + 1, text.find("\n", at)
            end = len(text) if end < 0 else end
            yield start, end, _count(text, 1, start, end) - _count(text, -1, start, end)


def _count(text: str, script: int, start: int, end: int) -> int:
    return len(_pattern(script).findall(text, start, end))


def _bounds(text: str) -> tuple[int, int]:
    """The lowest and the highest weight of all characters, and 0."""
    bounds = [0, 0]
    for base in range(0, len(text), _PIECE):
        weights = _weighed(_units(text[base : base + _PIECE]))
        bounds = [min(bounds[0], int(weights.min())), max(bounds[1], int(weights.max()))]
    return bounds[0], bounds[1]


def _by_numpy(text: str, sums: NDArray[Any]) -> Iterator[_Line]:
    """The lines that lean at all with their leaning."""
    starts = Lines(text).starts
    starts.append(len(text) + 1)
    for number in sums.nonzero()[0].tolist():
        yield starts[number], starts[number + 1] - 1, int(sums[number])


def _sums(text: str) -> NDArray[Any]:
    """The leaning of each line."""
    import numpy as np

    units = _units(text)
    ends = np.flatnonzero(units == ord("\n"))
    # A weight of 0 behind the text gives the last line a place to start, be it empty.
    return np.add.reduceat(np.append(_weighed(units), np.int8(0)), np.concatenate(([0], ends + 1)), dtype=np.int32)


def _units(text: str) -> NDArray[Any]:
    """UTF-16 code units."""
    import numpy as np

    return np.frombuffer(text.encode("utf-16-le", "surrogatepass"), np.uint16)


def _weighed(units: NDArray[Any]) -> NDArray[Any]:
    """The weight of each unit. Clipped, though none is out of range: to look for those takes as long again."""
    return _weights().take(units, mode="clip")


@cache
def _weights() -> NDArray[Any]:
    """For each UTF-16 code unit: 1 where only simplified text has it, -1 where only traditional text has it, else 0."""
    import numpy as np

    table = np.zeros(_LAST + 1, np.int8)
    for script in (1, -1):
        table[[ord(char) for char in only(script) if ord(char) <= _LAST]] = script
    return table
