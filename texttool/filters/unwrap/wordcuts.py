"""Whether a space stood where a line was cut: told by the text's own words.

Programs that cut lines at any character leave no trace of it. What the text writes inside its lines tells which words
it has, how often a character ends a word, and how often one begins a word.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Any, NamedTuple

from texttool.filters.unwrap.fit import Fit

# Words with white space on both sides in their line: those at its ends may be pieces.
_INNER = re.compile(r"(?<=[ \u3000])[^\W\d_]+(?=[ \u3000])")
_TAIL = re.compile(r"[^\W\d_]*$")
_HEAD = re.compile(r"[^\W\d_]*")
_LONGEST = 40  # code points of a word that are looked at
# Lines cut at any character end at the margin itself, but for an ideograph or a mark that would not fit.
_FLUSH = 2
# Words leave as little room in every other line: in four of five of so many lines, not once in a hundred texts.
_FEWEST = 8


class Words(NamedTuple):
    """How a text writes its words, as counted inside its lines."""

    whole: Counter[str]
    first: Counter[str]  # characters that begin a word
    last: Counter[str]  # characters that end one
    chars: Counter[str]


def cut_anywhere(f: Fit, rows: Any) -> bool:
    """Whether the breaks ``rows``, all between letters of words, were cut at any character and not between words."""
    free = f.width[rows] - f.right[:-1][rows]
    return bool(len(rows) >= _FEWEST and (free <= _FLUSH + f.tolerance).sum() * 5 >= len(rows) * 4)


def words_of(text: str) -> Words:
    """The words of ``text``."""
    words = Words(Counter(_INNER.findall(text)), Counter(), Counter(), Counter())
    for word, times in words.whole.items():
        words.first[word[0]] += times
        words.last[word[-1]] += times
        for char in word:
            words.chars[char] += times
    return words


def stood(text: str, stop: int, start: int, words: Words) -> bool:
    """Whether a space stood between what ends at ``stop`` and what begins at ``start``.

    Where the text has the word whole more often than the pieces as words, none did, and the other way round; else the
    two characters decide, by the odds that they stand at the edge of a word.
    """
    tail, head = _TAIL.search(text, max(0, stop - _LONGEST), stop), _HEAD.match(text, start, start + _LONGEST)
    a, b = tail[0] if tail else "", head[0] if head else ""
    if not a or not b:
        return False
    whole, pieces = words.whole[a + b], min(words.whole[a], words.whole[b])
    if whole != pieces:
        return whole < pieces
    return _odds(words.last, words.chars, a[-1]) * _odds(words.first, words.chars, b[0]) > 1


def _odds(edge: Counter[str], chars: Counter[str], char: str) -> float:
    """The odds that a character stands at that edge of its word, with one made-up witness for each side."""
    return (edge[char] + 1) / (chars[char] - edge[char] + 1)
