"""Round brackets: both halves of a pair get the same width, by what stands inside and around it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache
from itertools import chain

from texttool import patterns, presence
from texttool.edits import Edits
from texttool.filters._protected import protected
from texttool.filters._tables import compiled
from texttool.filters.punct.blocks import blocks
from texttool.filters.punct.context import PASSAGE, after_chinese, before_chinese, holds_chinese
from texttool.filters.punct.sentence import attached
from texttool.swaps import swaps

_WIDE = {"(": "（", ")": "）"}
_LONGEST = 1000  # code points: a passage in brackets that is longer lost one of them
_NUMBER = 8  # code points that the number of an item takes, with the blanks in front
_ITEM = compiled(r"\n[ \t\u3000]*[0-9A-Za-z]{1,3}\Z")


def find(text: str) -> Edits:
    """Edits that put full-width brackets for the ASCII ones that belong to Chinese text."""
    spans = protected(text)
    plain = [(m.start(), m.end() - 1) for m in _plain().finditer(text)]
    if spans:
        outside = set(spans.outside(list(chain.from_iterable(plain))))
        plain = [pair for pair in plain if outside.issuperset(pair)]
    count = sum(presence.count(text, half) for half in _WIDE)
    if 2 * len(plain) == count:
        return swaps(text, _WIDE, [], count) if plain else Edits.of(())
    done = set(chain.from_iterable(plain))
    odd = [at for at in _places(text, "()") if at not in done]
    chinese = {at for pair in pairs(text, odd) if _chinese(text, *pair) for at in pair}
    return swaps(text, _WIDE, [at for at in odd if at not in chinese], count)


def pairs(text: str, at: list[int]) -> Iterator[tuple[int, int]]:
    """Offsets of the halves of each pair in the blocks that hold the offsets ``at`` (ascending), inner pairs first.

    Of pairs of full-width brackets alone there are none.
    """
    halves = protected(text).outside(_places(text, "()（）"))
    done = 0
    for start, end in blocks(text, at):
        first = bisect_left(halves, start, done)
        done = bisect_left(halves, end, first)
        opened: list[int] = []
        for half in halves[first:done]:
            if text[half] in "(（":
                opened.append(half)
            elif opened and (half - opened[-1] > _LONGEST or _marks_item(text, opened[-1], half)):
                continue
            elif opened and (text[opened[-1]] == "(" or text[half] == ")"):
                yield opened.pop(), half
            elif opened:
                opened.pop()


def _marks_item(text: str, opened: int, half: int) -> bool:
    """Whether the bracket at ``half`` closes the number of an item (a) and 1) at the start of a line), and no other."""
    return _ITEM.search(text, max(opened, half - _NUMBER), half) is not None


def _places(text: str, marks: str) -> list[int]:
    """Offsets of the marks, ascending. One literal is looked for five times as fast as a set."""
    present = filter(text.__contains__, marks)
    return sorted(m.start() for mark in present for m in re.finditer(re.escape(mark), text))


def _chinese(text: str, start: int, end: int) -> bool:
    """Whether the pair belongs to Chinese text: one half says so, or what it holds, or the words it follows."""
    if text[start] == "（" or text[end] == "）" or holds_chinese(text, start + 1, end):
        return True
    if end == start + 1 or _COORDINATES.fullmatch(text, start + 1, end) or _factor(text, start, end):
        return False
    if _NAMES.fullmatch(text, start + 1, end) or _LIST.match(text, start, end) or _PREFIX.match(text, start, end + 2):
        return False
    if _ONLY_CHINESE.search(text, start + 1, min(end, start + PASSAGE)):
        return True
    outside = start - 1 if text[start - 1 : start] == " " else start  # Latin typography sets a space before a bracket
    if after_chinese(text, outside) and text[start - 1] not in _CODE:
        return True
    if start == 0 or text[start - 1] == "\n":
        return before_chinese(text, end + 1)
    if _YEAR.fullmatch(text, start + 1, end) and _AUTHOR.search(text, max(0, start - _NAME), start):
        return before_chinese(text, end + 1) or attached(text, start)
    return (bool(_gloss().fullmatch(text, start + 1, end)) or _spells_out(text, start, end)) and attached(text, start)


def _factor(text: str, start: int, end: int) -> bool:
    """Whether the pair is part of a formula: it holds an operation, and the formula goes on behind it."""
    return bool(_OPERATION.fullmatch(text, start + 1, end)) and bool(_GOES_ON.match(text, end + 1))


def _spells_out(text: str, start: int, end: int) -> bool:
    """Whether the pair says in small letters what the capitals before it stand for: WFH(work from home)."""
    initials = _INITIALS.search(text, max(0, start - _NAME), start)
    words = _PHRASE.fullmatch(text, start + 1, end)
    return bool(initials and words and words[0][0].upper() == initials[0][0])


@cache
def _plain() -> re.Pattern[str]:
    """A pair that holds a common letter near its start, no blank line and no other bracket: it is one, and Chinese."""
    return patterns.compiled(
        rf"\([^()（）\n一-鿿]{{0,{PASSAGE - 1}}}+[一-鿿][^()（）\n]*+(?:\n(?![ \t　\n])[^()（）\n]*+)*+\)"
    )


# An open interval, a point: numbers or single letters with commas between, in the notation of mathematics.
_COORDINATES = compiled(r"[+\-−]?(?:[A-Za-z]|\d+(?:\.\d+)?|∞)(?:, ?[+\-−]?(?:[A-Za-z]|\d+(?:\.\d+)?|∞)){1,8}")
# Numbered names with commas between: (hd0,part2). A place to fill in: (min<value>).
# A list of lists, as Lisp writes it: (rule (min 2mm)).
_NAMES = compiled(r"[a-z]{1,12}<[a-z]{1,12}>|[a-z]{1,8}[0-9]{1,3}(?:,[a-z]{1,8}[0-9]{1,3}){1,8}")
_LIST = compiled(r"\([a-z_][\w\-]{0,30} (?:[\w.\-\"]{1,30} ){0,4}\([a-z_][\w\-]{0,30} ")
# A part of a word that may be left out: (pdf)latex.
_PREFIX = compiled(r"\([a-z]{1,8}\)[A-Za-z]")
# Marks that no ASCII mark stands for, and nothing but Chinese text has.
_ONLY_CHINESE = compiled("[、《》]")
# Terms with an operator between them, and what a formula goes on with: an operator, another term, a unit.
_TERM = r"[0-9A-Za-z.²³πα-ω]{1,20}"
_OPERATION = compiled(rf"[+\-−]?{_TERM}(?: ?[+\-−*/×÷^] ?{_TERM}){{1,8}}")
_GOES_ON = compiled(r" ?[A-Za-z0-9(\[+\-−*/×÷^=<>≤≥≈²³]")
# An author and the year of a work: Smith(1998).
_AUTHOR = compiled(r"[A-Z][a-z]{1,30}\Z")
_YEAR = compiled(r"(?:1[5-9]|20)[0-9]{2}[a-z]?")
_INITIALS = compiled(r"(?<![A-Za-z])[A-Z]{2,8}\Z")
_PHRASE = compiled(r"[A-Za-z][a-z]{1,20}(?:[ \-][A-Za-z][a-z]{0,20}){1,8}")
# How far back an author or initials are looked for.
_NAME = 32
# A bracket behind these belongs to a link, an index or a call.
_CODE = "]"


@cache
def _gloss() -> re.Pattern[str]:
    """A Latin name spelt out: two words or more, the first with a capital. ``f(x)`` and ``main(a, b)`` are none."""
    return compiled(r"[A-Z][A-Za-z'’\-]*(?: [A-Za-z&'’\-]+){1,12}")
