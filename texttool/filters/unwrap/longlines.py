"""Whether a small text stands in paragraphs that nobody wrapped, told without numpy, which takes 0.1 s to load.

Where lines half as long again as those that run on hold more than half of the text, it does not count as wrapped
(``regime._keeps_margin``). Lengths are bounded here on both sides, for each way in which lines may be measured.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import NamedTuple

from texttool.patterns import compiled

_TAB = 8  # columns that one takes at the most
# Characters of two columns, whatever the font: kana, ideographs, hangul and the marks of full width.
_WIDE = "[\u3001-\u3015\u3041-\u3096\u30a1-\u30fa\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uff01-\uff60]"
_INK = re.compile("[!-~]")
_MARK = re.compile(r"[!-/:-@\[-`{-~]")  # as wide as an ideograph in print


class _Length(NamedTuple):
    least: int
    most: int


def mostly_long(lines: list[str], run_on: Collection[int]) -> bool:
    """Whether the text is mostly in lines that reach far beyond those that may run on, whose numbers are ``run_on``."""
    plain = [_Length(length, length) for length in map(len, map(str.rstrip, lines))]
    if not _mostly_long(plain, [plain[number] for number in run_on]):
        return False  # nor by the closer look, to which no line is surely longer than its characters, or surely shorter
    measured = [_lengths(line) for line in lines if line.strip()]
    short = [_lengths(lines[number]) for number in run_on]
    return all(map(_mostly_long, zip(*measured, strict=True), zip(*short, strict=True) if short else ((), ())))


def _mostly_long(lines: Sequence[_Length], run_on: Sequence[_Length]) -> bool:
    limit = max((length.most for length in run_on), default=0) * 3 // 2
    long = sum(length.least for length in lines if length.least > limit)
    return long > sum(length.most for length in lines if length.least <= limit)


def _lengths(line: str) -> tuple[_Length, _Length]:
    """The length of a line in columns, and in characters; what may be of either width, or of none, counts as both."""
    wide, ink = len(compiled(_WIDE).findall(line)), len(_INK.findall(line))
    tabs, beyond = _TAB * line.count("\t"), len(line) - len(line.encode("ascii", "ignore"))
    columns = _Length(2 * wide + ink, len(line) + beyond + len(_MARK.findall(line)) + tabs)
    return columns, _Length(wide + ink, len(line) + tabs)
