"""What a character costs in a language: the yardstick by which readings of the same bytes are compared.

A cost is -10 ln p, an integer number of tenths of a nat, under a unigram model of the language. Sums of costs over
texts that stand for the same bytes compare how likely those texts are; the cheapest reading is the most likely one.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from math import sqrt
from operator import mul
from unicodedata import category

from texttool.rulebook import rules_dir

LANGUAGES = ("zh-Hans", "zh-Hant", "ja", "ko")
ALPHABETS = "und"  # BCP 47: a language that is not determined

# Costs of what no table holds. Printable ASCII is priced alike everywhere: one of 95 characters, ln 95 = 4.5 nats.
ASCII = 45
_ANOTHER_LANGUAGE = 30  # a quotation in another of the languages: one character in e^3, about twenty
# A byte that fits no character. It must cost more than the rarest character that a code can spell (about e^-18),
# or a smaller code that lacks the character would be preferred to the code that has it.
BAD_BYTE = 200
_STANDARD = {"zh-Hans": "gb2312", "zh-Hant": "big5", "ja": "shift_jis", "ko": "euc_kr"}
_OUTSIDE_STANDARD = 25
# A sign of the national standard (arrows, stars, box drawing; each standard has some hundreds): ln 300 = 5.7 nats, and
# one character in a hundred is such a sign; prose has fewer, notices and screens more.
_SIGN = 100
# By Unicode general category: letters of alphabets, symbols and marks, controls, private use, unassigned.
_CATEGORY = {"Cc": 150, "Cf": 110, "Cn": 220, "Co": 190, "Cs": BAD_BYTE, "Lu": 75, "Ll": 65, "Lo": 90, "Lt": 110}
_OTHER_CATEGORY = 110
_OF_ASCII = re.compile("[\x00-\x7f]+")
_ALPHABET = {"Ll": 36, "Lo": 36, "Mn": 40, "Mc": 40, "Lm": 50, "Lu": 56, "Po": 70, "Nd": 60}


class Costs(dict[str, int]):
    """Character -> cost in one language. Characters that the table lacks are priced when first met."""

    def __init__(self, language: str) -> None:
        super().__init__((chr(code), ASCII) for code in (9, 10, 13, *range(32, 127)))
        self.language = language
        listed, self.unseen = table(language)
        self.update(listed)

    def __missing__(self, char: str) -> int:
        cost = self[char] = min(self._own(char), self._foreign(char))
        return cost

    def _own(self, char: str) -> int:
        if char < "\xa0":
            return _by_category(char)
        if "\uff61" <= char <= "\uff9f":  # half-width katakana: what any bytes turn into when read as Shift_JIS
            return self.unseen
        try:
            char.encode(_STANDARD[self.language])
        except UnicodeEncodeError:
            return max(self.unseen + _OUTSIDE_STANDARD, _by_category(char)) if char >= "\u2e80" else _by_category(char)
        return self.unseen if char.isalnum() else _SIGN

    def _foreign(self, char: str) -> int:
        others = (table(language)[0].get(char) for language in LANGUAGES if language != self.language)
        return _ANOTHER_LANGUAGE + min((cost for cost in others if cost is not None), default=BAD_BYTE * 2)


class AlphabetCosts(dict[str, int]):
    """Character -> cost in text of some alphabet: Cyrillic, Greek, Hebrew, Arabic, Thai, an Indic script, Latin.

    There is no table: about thirty letters (ln 30 = 3.4 nats) and what goes with them. Capitals are rarer by e^2.
    """

    def __init__(self) -> None:
        super().__init__((chr(code), ASCII) for code in (9, 10, 13, *range(32, 127)))

    def __missing__(self, char: str) -> int:
        kind = category(char)
        if "\u0370" <= char < "\u2000":
            cost = _ALPHABET.get(kind, _by_category(char))
        elif kind[0] == "P":
            cost = _ALPHABET["Po"]
        else:
            cost = _by_category(char) if char < "\u2e80" else costs(LANGUAGES[0])[char] + _ANOTHER_LANGUAGE
        self[char] = cost
        return cost


@cache
def costs(language: str) -> dict[str, int]:
    """The costs of one of LANGUAGES, read from ``rules/tables`` once, or those of ALPHABETS."""
    return AlphabetCosts() if language == ALPHABETS else Costs(language)


def price(text: str, languages: tuple[str, ...] = LANGUAGES) -> tuple[int, str]:
    """The cost of ``text`` in the language in which it is cheapest, and that language. Linear in the text.

    U+FFFD stands for bytes that could not be decoded.
    """
    counts = Counter(text)
    bad = counts.pop("\ufffd", 0) * BAD_BYTE
    return min((bad + sum(map(mul, map(costs(name).__getitem__, counts), counts.values())), name) for name in languages)


def surprise(text: str, language: str) -> float:
    """What a character beyond ASCII, or a NUL, costs in ``text`` on average, in tenths of a nat.

    One that occurs n times counts the square root of n times: a text repeats its own words and signs far more than
    the language does (burstiness: Church and Gale 1995), and one rare sign, often repeated, is not much of a surprise.
    """
    counts = Counter(text)
    bad = counts.pop("\ufffd", 0)
    beyond = {char: sqrt(n) for char, n in counts.items() if char >= "\x80" or char == "\0"}
    times = sum(beyond.values())
    if not times:
        return BAD_BYTE if bad else ASCII
    # Bad bytes are no words: they are thinned as much as the rest is on the whole.
    bad_times = bad * times / sum(counts[char] for char in beyond)
    spelled: float = sum(map(mul, map(costs(language).__getitem__, beyond), beyond.values()))
    return (spelled + bad_times * BAD_BYTE) / (times + bad_times)


def beyond_ascii(text: str) -> str:
    """The characters of ``text`` that are none of ASCII."""
    return _OF_ASCII.sub("", text)


def variety(text: str) -> float:
    """How much of ``text`` is new, 0 to 1: what repeats is no further evidence (see ``surprise``)."""
    counts = Counter(beyond_ascii(text)).values()
    return sum(map(sqrt, counts)) / sum(counts) if counts else 1.0


@cache
def table(language: str) -> tuple[dict[str, int], int]:
    """The costs that ``rules/tables/frequency_<language>.tsv`` holds, and the cost of a character it lacks."""
    (unseen, _), *listed = ranks(language)
    found: dict[str, int] = {}
    for cost, chars in listed:
        found.update(dict.fromkeys(chars, cost))
    return found, unseen


@cache
def ranks(language: str) -> list[tuple[int, str]]:
    """Each cost with the characters that have it, ascending; before them that of a character that is not listed."""
    path = rules_dir() / "tables" / f"frequency_{language}.tsv"
    rows = (line.partition("\t") for line in path.read_text(encoding="utf-8").splitlines())
    return [(int(cost), chars) for cost, _, chars in rows]


def _by_category(char: str) -> int:
    return _CATEGORY.get(category(char), _OTHER_CATEGORY)
