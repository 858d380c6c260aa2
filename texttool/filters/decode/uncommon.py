"""Lines that may be misread: those where uncommon characters stand close together."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from functools import cache, partial
from itertools import chain, pairwise
from typing import TYPE_CHECKING, Any

from texttool.codepoints import narrowest
from texttool.filters._worth import Read
from texttool.filters.decode.frequency import LANGUAGES, ranks

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[Any]

# A character is common if some language uses it at least once in e^11 characters (60,000: a short book).
_COMMON = 110
# White space and ASCII, kana, and the signs that every text may use.
_ALWAYS = "\x00-\x7f\u3000ぁ-ヺー，。、；：？！“”‘’（）《》「」『』【】—…·～％＋－×０-９"

_FEW = 32  # characters: so many are looked for one by one sooner than a pattern of them is compiled
_NEAR = 3  # characters from one to the next: two between them
_KANA = re.compile("[ぁ-ヺー]")
_PIECE = 1 << 16  # characters: in longer texts the columns would not stay in the processor's cache
_REACH = 1000  # characters to each side: more of a line is not taken as one


@cache
def common() -> frozenset[str]:
    """The characters that some language uses often."""
    listed = (chars for name in LANGUAGES for cost, chars in ranks(name) if cost <= _COMMON)
    always = (range(ord(first), ord(last or first) + 1) for first, last in re.findall("(?s)(.)(?:-(.))?", _ALWAYS))
    return frozenset("".join(listed)).union(map(chr, chain.from_iterable(always)))


@cache
def uncommon() -> re.Pattern[str]:
    """Two uncommon characters with at most two between them, or one beside kana.

    EUC-JP misread as GBK keeps its kana. The hit comes first and everything behind it has a fixed width, so that the
    search is linear and as fast as a scan for one class of characters.
    """
    return _pattern(f"[^{''.join(map(re.escape, sorted(common())))}]")


def _pattern(one: str) -> re.Pattern[str]:
    return re.compile(f"{one}(?:.{{0,{_NEAR - 1}}}{one}|{_KANA.pattern}|(?<={_KANA.pattern}.))")


_read = Read()


def suspicious_lines(text: str) -> Iterator[tuple[int, int]]:
    """The spans of lines (without their line feed) that hold such characters, in order; of long lines, pieces."""
    following, end = _following(text), 0
    at = following(0)
    while at >= 0:
        start = max(text.rfind("\n", max(end, at - _REACH), at) + 1, end, at - _REACH)
        stop = text.find("\n", at, at + _REACH)
        end = min(at + _REACH, len(text)) if stop < 0 else stop
        yield start, end
        at = following(end)


def _following(text: str) -> Callable[[int], int]:
    """Tells where, at an offset or behind it, uncommon characters stand close together; -1 where they do not."""
    if _read.enough(text):
        places = _by_numpy(text) if len(text) <= _PIECE else None
        return partial(_search, uncommon(), text) if places is None else partial(_first, places)
    strange = set(text) - common()
    if len(strange) > _FEW:
        return partial(_search, _pattern(f"[{''.join(map(re.escape, sorted(strange)))}]"), text)
    return partial(_first, list(_close_together(text, strange)))


def _by_numpy(text: str) -> list[int] | None:
    """What the pattern finds in a small text, in a tenth of the time; None where a character has two units."""
    import numpy as np

    units = narrowest(text)
    if units.dtype != np.uint16:
        return None
    odd = _is_uncommon().take(units).nonzero()[0]
    behind = [units.take(odd + step, mode="clip") for step in range(1, _NEAR)]
    gap, same_line = np.diff(odd, append=len(text) + _NEAR), True
    near = gap == 1
    for step, unit in enumerate(behind, 2):
        same_line &= unit != ord("\n")
        near |= (gap == step) & same_line
    kana = _is_kana(behind[0]) | (_is_kana(units.take(odd - 1, mode="clip")) & (odd > 0))
    places: list[int] = odd[near | kana].tolist()
    return places


def _is_kana(units: Array) -> Array:
    """As ``_KANA`` has it."""
    kana: Array = ((units >= ord("ぁ")) & (units <= ord("ヺ"))) | (units == ord("ー"))
    return kana


@cache
def _is_uncommon() -> Array:
    """Whether no language uses a character of the Basic Multilingual Plane often."""
    import numpy as np

    table = np.ones(0x10000, bool)
    table[[ord(char) for char in common() if char <= "\uffff"]] = False
    return table


def _search(pattern: re.Pattern[str], text: str, at: int) -> int:
    hit = pattern.search(text, at)
    return hit.start() if hit else -1


def _first(places: list[int], at: int) -> int:
    i = bisect_left(places, at)
    return places[i] if i < len(places) else -1


def _close_together(text: str, strange: Iterable[str]) -> Iterator[int]:
    """What the pattern finds, without a pattern."""
    places = sorted(chain.from_iterable(_places(text, char) for char in strange))
    for at, behind in pairwise([*places, len(text) + _NEAR]):
        near = behind - at <= _NEAR and "\n" not in text[at:behind]
        if near or _KANA.match(text, at + 1) or (at and _KANA.match(text, at - 1)):
            yield at


def _places(text: str, char: str) -> Iterator[int]:
    at = text.find(char)
    while at >= 0:
        yield at
        at = text.find(char, at + 1)
