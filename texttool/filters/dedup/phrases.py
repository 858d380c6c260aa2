"""What recurs by right: names and turns of speech inside sentences, emphasis, and paragraphs put between others.

Seen from the marks in and around a repetition. What is copied brings the ends of its clauses with it; a name or a
title stands inside clauses that say different things.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from texttool.rulebook import load

# Of the clauses of punctuated Chinese prose 999 in 1,000 are shorter: what runs on for longer is not punctuated, and
# the want of a mark then says nothing. Folded characters.
CLAUSE = 72
# A slogan is two or three clauses of usual length, nine characters and seldom twenty.
SLOGAN = 36
_VERSE = 12  # folded characters: lines of verse have up to seven, of songs a few more
ASKED = 8  # places of a repetition that are looked at
_AROUND = 16  # code points looked at in front of it

Place = tuple[str, int, int]  # a text, start and end in it (code points)


def is_slogan(places: Iterable[Place]) -> bool:
    """Whether no mark in it ends a sentence, and in all its places a clause ends with it and the sentence goes on."""
    ends = _patterns()
    return all(
        not ends.sentence.search(text, start, end - 1)
        and ends.behind.match(text, end)
        and not ends.sentence_behind.match(text, end)
        for text, start, end in places
    )


def is_phrase(places: Iterable[Place]) -> bool:
    """Whether it is part of a clause: no mark in it ends one, and it is not the whole of one in two of its places.

    Where clauses do not end within the length of a clause the text has no marks to tell by, and it is none.
    """
    ends = _patterns()
    wholes = 0
    for text, start, end in places:
        if ends.clause.search(text, start, end - 1):
            return False
        if not (ends.clause.search(text, max(0, start - CLAUSE), start) or ends.clause.search(text, end, end + CLAUSE)):
            return False
        window = text[max(0, start - _AROUND) : start]
        wholes += bool(ends.before.search(window) or not window.strip()) and bool(ends.behind.match(text, end))
    return wholes < 2


def is_emphasis(first: Place, again: Place, length: int) -> bool:
    """Whether what is said again at once (``length`` folded characters) is emphasis or a refrain.

    Then a mark that ends a clause stands between, or it is a line of verse.
    """
    between = first[0][first[2] : again[1] + 1]
    return bool(_patterns().clause.search(between)) or (
        "\n" in between and not between[:-1].strip() and length < _VERSE
    )


def is_paragraph(before: str, behind: str) -> bool:
    """Whether something begins where a paragraph ends and ends with a line, seen from what stands on both sides."""
    return "\n" in before and bool(_patterns().clause.search(before)) and "\n" in behind


class _Patterns(NamedTuple):
    """The end of a clause, with what may stand in front of the next, and the way to it; the same for sentences."""

    clause: re.Pattern[str]
    before: re.Pattern[str]
    behind: re.Pattern[str]
    sentence: re.Pattern[str]
    sentence_behind: re.Pattern[str]


@lru_cache(maxsize=1)
def _patterns() -> _Patterns:
    table = load("tables/dedup")
    clause, sentence = (f"(?:{table[name]}|{table['paragraph']})" for name in ("clause", "sentence"))
    behind = rf"(?:{table['paragraph']})|{table['closing']}(?:\Z|"
    return _Patterns(
        re.compile(clause),
        re.compile(rf"{clause}{table['opening']}\Z"),
        re.compile(f"{behind}{clause})"),
        re.compile(sentence),
        re.compile(f"{behind}{sentence})"),
    )
