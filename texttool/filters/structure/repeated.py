"""A word of grammar set twice: 我们我们, 由于由于.

Chinese doubles verbs, adjectives and measure words on purpose; pronouns, prepositions and conjunctions it does not. The
words are data (``rules/tables/structure_functions.tsv``), with the neighbours that make two words of the doubling.
"""

from __future__ import annotations

import re
from functools import cache

from texttool.edits import Edits
from texttool.filters._literals import leftmost
from texttool.filters._tables import rows
from texttool.filters.structure.report import reported
from texttool.together import Together

WORD = "ST402"


def repeated(text: str) -> dict[str, Edits]:
    """Each doubled word, both of the pair."""
    findings = [(m.span(), None) for m in leftmost(text, _patterns())]
    return {WORD: reported(text, findings)} if findings else {}


def sieve(together: Together) -> list[int]:
    """The numbers of the texts with such a word."""
    return together.holding(m.start() for m in leftmost(together.text, _patterns()))


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return {2 * word: _pattern(word, before, behind) for word, before, behind in rows("structure_functions")}


def _pattern(word: str, before: str, behind: str) -> re.Pattern[str]:
    double = 2 * word
    left = rf"(?<=[^\W{before}]{double})" if len(word) == 1 else rf"(?<![{before}]{double})" if before else ""
    return re.compile(double + left + (f"(?![{behind}])" if behind else ""))
