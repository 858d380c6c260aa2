"""Which hyphens at line ends belong to the line and go, and which belong to the word and stay.

What the text itself writes decides; then whether the hyphen makes an English compound that is always written with one
(``rules/tables/wrap-compounds.toml``); then whether the text's line ends carry so many that a machine put them there.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from texttool.rulebook import load

_WORD = re.compile(r"[^\W\d_]+(?:[-‐][^\W\d_]+)*")
_TAIL = re.compile(r"[^\W\d_]*$")
_HEAD = re.compile(r"[^\W\d_]*")
_LONGEST = 40  # code points of a word that are looked at
_AROUND = 1000  # code points on both sides: three hundred words, of which in English forty are those that tell it
_OF_WORDS = "-‐"  # the hyphens that compounds are written with


class Cut(NamedTuple):
    """A word that a hyphen and a line end cut: its parts, in lower case, and whether they are parts of a chain."""

    front: str
    behind: str
    chained: bool  # another hyphen stands in front of the part in front
    goes_on: bool  # and behind the part behind


def gone(text: str, spans: Iterable[tuple[int, int]], joins: int) -> list[bool]:
    """Whether each hyphen goes that stands in front of a ``span`` between two lines (start and end in code points).

    ``joins`` is how many line ends are undone. Where the words tell nothing, one hyphen in fifty of those is enough.
    """
    words = Counter(word.lower() for word in _WORD.findall(text))
    told = [_told(text, stop, start, words) for stop, start in spans]
    machine = (len(told) - told.count(False)) * 50 >= joins
    return [machine if goes is None else goes for goes in told]


def _told(text: str, stop: int, start: int, words: Counter[str]) -> bool | None:
    """Whether the hyphen in front of ``stop`` goes, by the words; None where they do not tell."""
    cut = _cut(text, stop, start)
    whole, parted = words[cut.front + cut.behind], words[f"{cut.front}-{cut.behind}"]
    if whole != parted:
        return whole > parted
    if text[start].isupper():
        return False
    compound = text[stop - 1] in _OF_WORDS and _is_compound(cut)
    if compound and _is_english(text[max(0, stop - _AROUND) : start + _AROUND]):
        return False
    return None


def _cut(text: str, stop: int, start: int) -> Cut:
    at = stop - 1
    front, behind = _TAIL.search(text, max(0, at - _LONGEST), at), _HEAD.match(text, start, start + _LONGEST)
    assert front and behind
    end = behind.end()
    chained = front.start() > 0 and text[front.start() - 1] in _OF_WORDS
    goes_on = text[end : end + 1] in tuple(_OF_WORDS) and text[end + 1 : end + 2].isalpha()
    return Cut(front[0].lower(), behind[0].lower(), chained, goes_on)


def _is_compound(cut: Cut) -> bool:
    """Whether English writes this word with a hyphen."""
    known, whole, parted = _compounds(), cut.front + cut.behind, f"{cut.front}-{cut.behind}"
    if cut.behind in known["endings"] or {whole, whole.removesuffix("s")} & known["one_word"]:
        return False
    if cut.front in known["first"] or parted in known["pairs"]:
        return True
    if cut.behind in known["second"] and cut.front not in known["prefixes"]:
        return True
    if cut.chained and (cut.front in known["inner_first"] or parted in known["inner_pairs"]):
        return True
    return cut.goes_on and (cut.behind in known["inner_second"] or parted in known["inner_pairs_by_second"])


def _is_english(text: str) -> bool:
    """Whether the words that English is full of are a twentieth of all."""
    words = _WORD.findall(text.lower())
    return sum(map(_compounds()["english"].__contains__, words)) * 20 >= len(words)


@cache
def _compounds() -> dict[str, frozenset[str]]:
    """The lists of the table as sets of words; its pairs as words with a hyphen."""
    lists = dict[str, frozenset[str]]()
    for name, value in load("tables/wrap-compounds").items():
        if isinstance(value, dict):
            swapped = name.endswith("_by_second")
            pairs = ((key, word) for key, words in value.items() for word in words.split())
            lists[name] = frozenset("-".join(reversed(pair) if swapped else pair) for pair in pairs)
        else:
            lists[name] = frozenset(" ".join([value] if isinstance(value, str) else value).split())
    return lists
