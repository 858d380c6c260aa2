"""A word of grammar set twice: 我们我们, 由于由于.

Chinese doubles verbs, adjectives and measure words on purpose; pronouns, prepositions and conjunctions it does not. The
words are data (``rules/tables/structure_functions.tsv``), with the neighbours that make two words of the doubling.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from texttool.edits import Edits
from texttool.filters import _units
from texttool.filters._literals import leftmost, without_overlaps
from texttool.filters._tables import rows
from texttool.filters.structure.report import reported
from texttool.together import Together

WORD = "ST402"


def repeated(text: str) -> dict[str, Edits]:
    """Each doubled word, both of the pair."""
    matches = leftmost(text, _patterns()) if len(text) < _units.LARGE else without_overlaps(_at_once(text))
    findings = [(m.span(), None) for m in matches]
    return {WORD: reported(text, findings)} if findings else {}


def sieve(together: Together) -> list[int]:
    """The numbers of the texts with such a word."""
    return together.holding(m.start() for m in leftmost(together.text, _patterns()))


def _at_once(text: str) -> list[re.Match[str]]:
    """What each pattern finds, by numpy: where a character, and the next, is what stands a word's length behind it."""
    ends, found = dict.fromkeys(_patterns(), 0), list[re.Match[str]]()
    for at, size in sorted(_doublings(text)):  # a place where pieces meet may be named twice
        double = text[at : at + 2 * size]
        pattern = _patterns().get(double)
        if pattern and at >= ends[double] and (m := pattern.match(text, at)):
            ends[double] = m.end()
            found.append(m)
    return found  # in order of place


def _doublings(text: str) -> Iterator[tuple[int, int]]:
    """Where something stands twice that begins as a word does, and how long it is, for each length of the words."""
    begins: dict[int, str] = {}
    for double in _patterns():
        begins[len(double) // 2] = begins.get(len(double) // 2, "") + double[0]
    tables = {size: _units.flags(chars) for size, chars in begins.items()}
    for base, piece in _units.pieces(text, 2 * max(begins) - 1):
        for size, table in tables.items():
            same = piece[size:] == piece[:-size]
            for _ in range(size - 1):
                same = same[1:] & same[:-1]
            at = same.nonzero()[0]
            yield from ((base + i, size) for i in at[table[piece[at]]].tolist())


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return {2 * word: _pattern(word, before, behind) for word, before, behind in rows("structure_functions")}


def _pattern(word: str, before: str, behind: str) -> re.Pattern[str]:
    double = 2 * word
    left = rf"(?<=[^\W{before}]{double})" if len(word) == 1 else rf"(?<![{before}]{double})" if before else ""
    return re.compile(double + left + (f"(?![{behind}])" if behind else ""))
