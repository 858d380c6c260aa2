"""Lines that may be misread: those where uncommon characters stand close together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import chain

from texttool.filters.decode.frequency import LANGUAGES, ranks

# A character is common if some language uses it at least once in e^11 characters (60,000: a short book).
_COMMON = 110
# White space and ASCII, kana, and the signs that every text may use.
_ALWAYS = "\x00-\x7f\u3000ぁ-ヺー，。、；：？！“”‘’（）《》「」『』【】—…·～％＋－×０-９"

_SMALL = 1 << 14  # code points: below, the pattern of all common characters takes longer to compile than to use
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
    return re.compile(f"{one}(?:.{{0,2}}{one}|[ぁ-ヺー]|(?<=[ぁ-ヺー].))")


def _searching(text: str) -> re.Pattern[str] | None:
    """What finds uncommon characters in ``text``; None where there are none. Small for a small text."""
    if len(text) > _SMALL:
        return uncommon()
    strange = set(text) - common()
    return _pattern(f"[{''.join(map(re.escape, sorted(strange)))}]") if strange else None


def suspicious_lines(text: str) -> Iterator[tuple[int, int]]:
    """The spans of lines (without their line feed) that hold such characters, in order; of long lines, pieces."""
    pattern = _searching(text)
    if pattern is None:
        return
    search, end = pattern.search, 0
    hit = search(text)
    while hit:
        at = hit.start()
        start = max(text.rfind("\n", max(end, at - _REACH), at) + 1, end, at - _REACH)
        stop = text.find("\n", at, at + _REACH)
        end = min(at + _REACH, len(text)) if stop < 0 else stop
        yield start, end
        hit = search(text, end)
