"""Latin lines: a line without a Chinese letter takes ASCII marks, with the space that Latin typography sets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from texttool.edits import Edit, Span
from texttool.filters._protected import protected
from texttool.filters._tables import compiled
from texttool.presence import holds_small
from texttool.together import Together

_MARK = compiled(r"[A-Za-z0-9)）”’\"'][，。；：？！](?=[\sA-Za-z0-9(（“‘\"']|\Z)")
_MARKS = compiled("[，。；：？！（]")
_BRACKETS = compiled(r"（[^（）()\n]*）")
# Two words, the second in small letters: abbreviations with values and units (N 85.6%，Hb 112 g/L。) are no
# sentence. Marks in between count in either width, so that the line reads the same when they were put right.
_WORDS = compiled(r"[A-Za-z'’](?:[ ，；：。？！（,;:(]|[.?!] ) ?[a-z]{2,20}(?![A-Za-z0-9/])")
_ASCII = dict(zip("，。；：？！（）", ",.;:?!()", strict=True))
# A sentence has more words, or another mark.
_NAME = compiled(
    r"[ \t\u3000]*(?:[*+•·–-] )?[A-Za-z][^，。；：？！（）\s]*(?: [^，。；：？！（）\s]+){0,2}[。；：，][ \t\u3000]*"
)
# Blanks that the line before may end in.
_BLANKS = 8


def find(text: str) -> list[Edit]:
    """Edits that put ASCII marks for full-width ones on Latin lines of two words or more."""
    if not holds_small(text):  # nor has it a Latin word
        return []
    spans = protected(text)
    return sorted(
        _edit(text, at)
        for start, end in _lines(text)
        for at in (*_stops(text, start, end), *_halves(text, start, end))
        if at not in spans
    )


def _stops(text: str, start: int, end: int) -> Iterator[int]:
    return (m.end() - 1 for m in _MARK.finditer(text, start, end))


def _halves(text: str, start: int, end: int) -> Iterator[int]:
    return (at for m in _BRACKETS.finditer(text, start, end) for at in (m.start(), m.end() - 1))


def _edit(text: str, at: int) -> Edit:
    """The ASCII mark, with a space where a word follows it (an opening bracket: where one stands before it)."""
    before, behind = text[at - 1 : at], text[at + 1 : at + 2]
    put = _ASCII[text[at]]
    if put == "(":
        return at, at + 1, " (" if before.isalnum() else "("
    number = before.isdigit() and behind.isdigit()
    return at, at + 1, put + " " if behind.isalnum() and not number else put


def _lines(text: str) -> Iterator[Span]:
    """The lines of two Latin words or more, one in small letters, with a full-width mark.

    Not those with a Chinese letter or a mark only Chinese has, nor those that go on with
    a Chinese sentence: the line before ends in a Chinese letter or in a comma.
    """
    first = "\n" + text.partition("\n")[0]  # the pattern begins with a line end: one literal is looked for fast
    if _line().match(first) and _MARKS.search(first) and _WORDS.search(first):
        yield 0, len(first) - 1
    for m in _line().finditer(text):
        start, end = m.start() + 1, m.end()
        if not _MARKS.search(text, start, end):
            continue
        if _WORDS.search(text, start, end) and not _goes_on(text, m.start()) and not _is_name(text, start, end):
            yield start, end


def sieve(together: Together) -> list[int]:
    """The numbers of the texts with a line that has such a mark and no Chinese letter."""
    text = together.text
    return together.holding(m.end() - 1 for m in _line().finditer(text) if _MARKS.search(text, m.start(), m.end()))


def _is_name(text: str, start: int, end: int) -> bool:
    """Whether the line is a name of a few words and the stop of the Chinese sentence or list around it."""
    return bool(_NAME.fullmatch(text, start, end))


def _goes_on(text: str, at: int) -> bool:
    """Whether the line that ends at ``at`` breaks off in a Chinese sentence."""
    last = text[max(0, at - _BLANKS) : at].rstrip(" \t\u3000")[-1:]
    return last != "" and (last in "，、" or bool(_letter().match(last)))


_LETTER = "{cjk}가-힣「」『』《》〈〉【】〔〕、"


@cache
def _letter() -> re.Pattern[str]:
    return compiled("[{cjk}]")


@cache
def _line() -> re.Pattern[str]:
    return compiled(rf"\n[^{_LETTER}\n]++(?=\n|\Z)")
