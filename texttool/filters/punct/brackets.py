"""Round brackets: both halves of a pair get the same width, by what stands inside and around it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache

from texttool.edits import Edit
from texttool.filters._protected import protected
from texttool.filters._tables import compiled
from texttool.filters.punct.blocks import blocks
from texttool.filters.punct.context import after_chinese, before_chinese, holds_chinese
from texttool.filters.punct.sentence import attached

_WIDE = {"(": "（", ")": "）"}


def find(text: str) -> list[Edit]:
    """Edits that put full-width brackets for the ASCII ones that belong to Chinese text."""
    return sorted(
        (at, at + 1, _WIDE[text[at]])
        for start, end in pairs(text)
        if text[start] == "(" or text[end] == ")"
        if _chinese(text, start, end)
        for at in (start, end)
        if text[at] in _WIDE
    )


def pairs(text: str) -> Iterator[tuple[int, int]]:
    """Offsets of the halves of each pair of round brackets in the blocks that have an ASCII one, inner pairs first."""
    ascii_ones = _places(text, "()")
    halves = protected(text).outside(sorted(ascii_ones + _places(text, "（）")))
    done = 0
    for start, end in blocks(text, ascii_ones):
        first = bisect_left(halves, start, done)
        done = bisect_left(halves, end, first)
        opened: list[int] = []
        for at in halves[first:done]:
            if text[at] in "(（":
                opened.append(at)
            elif opened:
                yield opened.pop(), at


def _places(text: str, marks: str) -> list[int]:
    """Offsets of the marks, ascending. One literal is looked for five times as fast as a set."""
    present = filter(text.__contains__, marks)
    return sorted(m.start() for mark in present for m in re.finditer(re.escape(mark), text))


def _chinese(text: str, start: int, end: int) -> bool:
    """Whether the pair belongs to Chinese text: one half says so, or what it holds, or the words it follows."""
    if text[start] == "（" or text[end] == "）" or holds_chinese(text, start + 1, end):
        return True
    if end == start + 1 or _COORDINATES.fullmatch(text, start + 1, end):
        return False
    outside = start - 1 if text[start - 1 : start] == " " else start  # Latin typography sets a space before a bracket
    if after_chinese(text, outside) and text[start - 1] not in _CODE:
        return True
    if start == 0 or text[start - 1] == "\n":
        return before_chinese(text, end + 1)
    return bool(_gloss().fullmatch(text, start + 1, end)) and attached(text, start)


# An open interval, a point: numbers or single letters with commas between, in the notation of mathematics.
_COORDINATES = re.compile(r"[+\-−]?(?:[A-Za-z]|\d+(?:\.\d+)?|∞)(?:, ?[+\-−]?(?:[A-Za-z]|\d+(?:\.\d+)?|∞)){1,8}")
# A bracket behind these belongs to a link, an index or a call.
_CODE = "]"


@cache
def _gloss() -> re.Pattern[str]:
    """A Latin name spelt out: two words or more, the first with a capital. ``f(x)`` and ``main(a, b)`` are none."""
    return compiled(r"[A-Z][A-Za-z'’\-]*(?: [A-Za-z&'’\-]+){1,12}")
