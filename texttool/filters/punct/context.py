"""Whether a place in a text is Chinese: what the nearest letters on either side are, whatever marks stand between.

Marks count the same in either width, so that what one rule has put right does not change what the next one sees.
"""

from __future__ import annotations

import re
from functools import cache

from texttool.filters._tables import compiled

# How many marks may pile up between a place and its letter. Real text has three (closing quote, closing bracket, stop);
# the bound keeps the work linear, and is far off so that marks that are taken away do not move it.
_MARKS = 16
# How much of a bracketed or quoted passage is looked at: the language of a passage shows in its first clause, and
# a bound keeps nested passages linear.
PASSAGE = 120


def after_chinese(text: str, at: int) -> bool:
    """Whether the letter before ``at`` (a code point offset) is Chinese or Japanese."""
    return bool(_after().search(text, max(0, at - _MARKS - 1), at))


def before_chinese(text: str, at: int) -> bool:
    """Whether the letter behind ``at`` is Chinese or Japanese."""
    return bool(_before().match(text, at))


def holds_chinese(text: str, start: int, end: int) -> bool:
    """Whether the passage ``text[start:end]`` holds a Chinese or Japanese letter near its start."""
    return bool(_letter().search(text, start, min(end, start + PASSAGE)))


@cache
def _after() -> re.Pattern[str]:
    return compiled(rf"[{{cjk}}][{{before}}]{{0,{_MARKS}}}\Z")


@cache
def _before() -> re.Pattern[str]:
    return compiled(rf"[{{behind}}]{{0,{_MARKS}}}[{{cjk}}]")


@cache
def _letter() -> re.Pattern[str]:
    return compiled("[{cjk}]")
