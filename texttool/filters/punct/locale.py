"""Whose marks a text takes: those of the mainland, Taiwan, Hong Kong or Japan; told, or found from its letters.

Letters alone say it: what a rule does to marks does not change the next one's answer. Korean takes ASCII marks, so
nothing in a Korean text is set right.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from texttool.filters import AUTO, LOCALES
from texttool.filters._tables import rows
from texttool.last import Last
from texttool.patterns import compiled

MAINLAND, TAIWAN, HONG_KONG, JAPAN = LOCALES[1:]
CHINESE, JAPANESE, OTHER = "zh", "ja", ""

_KANA, _HANGUL, _HAN = "[ぁ-ゖァ-ヺ]+", "[가-힣]+", "[\u3400-\u9fff]+"
# What stands in title marks, which Chinese sets and Japanese hardly does, is quoted and says nothing about the text.
_TITLE = compiled("[《〈][^《》〈〉\n]*[》〉]")
# Japanese prose is half kana and Korean nearly all hangul; a Chinese text that names a Japanese film has a few. One
# such letter to five ideographs lies between, far from both.
_SHARE = 5
# Some letter of these stands in every Japanese or Korean text; where all are absent there is nothing to count.
_COMMON = "のはをにがンー이다는"
# How many characters are looked at to tell the script: the first pages.
_PAGES = 1 << 15
# How many passages of a large text are looked at to tell its language, and how many characters of each.
_PASSAGES, _PASSAGE = 64, 1 << 11


def language(text: str, told: str = AUTO) -> str:
    """The language whose marks the text takes: that of the locale that was told, else that of its letters."""
    return _found(text) if told == AUTO else JAPANESE if told == JAPAN else CHINESE


def carry(before: str, after: str) -> None:
    """Takes the language of ``before`` for that of ``after``, which has the same letters and titles."""
    _found.carry(before, after)


def locale(text: str, told: str = AUTO) -> str:
    """The locale of the text: the one that was told, else found. Empty for a language that has none here.

    Taiwan stands for all that is in traditional script: Hong Kong sets the same marks.
    """
    if told != AUTO:
        return told
    found = _found(text)
    if found != CHINESE:
        return JAPAN if found == JAPANESE else ""
    return TAIWAN if _traditional(text) else MAINLAND


def _by_letters(text: str) -> str:
    if not any(map(_sample(text).__contains__, _COMMON)):
        return CHINESE
    text = _TITLE.sub("", text)
    kana, hangul = _length(_KANA, text), _length(_HANGUL, text)
    if _SHARE * (kana + hangul) < _length(_HAN, text):
        return CHINESE
    return JAPANESE if kana > hangul else OTHER


def _sample(text: str) -> str:
    """A small text whole; of a large one passages from all over it: some are in what holds a sixth of its letters."""
    if len(text) <= _PASSAGES * _PAGES:
        return text
    return "".join(text[at : at + _PASSAGE] for at in range(0, len(text), len(text) // _PASSAGES))


_found = Last(_by_letters)


def _in_traditional_script(text: str) -> bool:
    """Whether a text is in traditional script; where neither script shows it is not."""
    text = text[:_PAGES]
    if _scripts()[1].isdisjoint(text):
        return False
    seen = Counter(text)
    simplified, traditional = (sum(map(seen.__getitem__, only.intersection(seen))) for only in _scripts())
    return traditional > simplified


_traditional = Last(_in_traditional_script)


@cache
def _scripts() -> tuple[frozenset[str], frozenset[str]]:
    """The characters that only simplified and that only traditional text has."""
    table = dict(rows("script"))
    return frozenset(table["simplified"]), frozenset(table["traditional"])


def _length(letters: str, text: str) -> int:
    return sum(map(len, re.findall(letters, text)))
