"""Whether a place in a text is Chinese: what the nearest letters on either side are, whatever marks stand between.

Marks count the same in either width, so that what one rule has put right does not change what the next one sees.
"""

from __future__ import annotations

import re
from functools import cache

from texttool.filters._tables import compiled
from texttool.rulebook import load

# How many marks may pile up between a place and its letter. Real text has three (closing quote, closing bracket, stop);
# the bound keeps the work linear, and is far off so that marks that are taken away do not move it.
_MARKS = 16
# How much of a bracketed or quoted passage is looked at: the language of a passage shows in its first clause, and
# a bound keeps nested passages linear.
PASSAGE = 120


def after_chinese(text: str, at: int) -> bool:
    """Whether the letter before ``at`` (a code point offset) is Chinese or Japanese."""
    return _letters()[text[max(0, at - _MARKS - 1) : at].rstrip(_marks("before"))[-1:]]


def before_chinese(text: str, at: int) -> bool:
    """Whether the letter behind ``at`` is Chinese or Japanese."""
    return _letters()[text[at : at + _MARKS + 1].lstrip(_marks("behind"))[:1]]


def holds_chinese(text: str, start: int, end: int) -> bool:
    """Whether the passage ``text[start:end]`` holds a Chinese or Japanese letter near its start."""
    return bool(_letter().search(text, start, min(end, start + PASSAGE)))


def is_chinese(char: str) -> bool:
    """Whether a character (or none) is a Chinese or Japanese letter."""
    return _letters()[char]


class _Letters(dict[str, bool]):
    """Whether a character is such a letter, worked out when it is first met."""

    def __missing__(self, char: str) -> bool:
        self[char] = known = _letter().match(char) is not None
        return known


@cache
def _letters() -> _Letters:
    return _Letters()


@cache
def _marks(name: str) -> str:
    """The characters of a class of marks."""
    return str(load("classes")[name]).replace("\\", "")


@cache
def _letter() -> re.Pattern[str]:
    return compiled("[{cjk}]")
