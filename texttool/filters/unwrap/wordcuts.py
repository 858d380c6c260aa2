"""Whether a space stood where a line was cut: told by the text's own words.

Programs that cut lines at any character leave no trace of it. What the text writes inside its lines tells which words
it has, how often a character ends a word or begins one, and how often the characters at the cut stand together or with
a space between them. All of these are odds, taken as if each stood alone (naive Bayes).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from math import log
from typing import Any, NamedTuple

from texttool.edits import Span
from texttool.filters.unwrap.fit import Fit

# Words with white space on both sides in their line: those at its ends may be pieces.
_INNER = re.compile(r"(?<=[ \u3000])[^\W\d_]+(?=[ \u3000])")
_TAIL = re.compile(r"[^\W\d_]*$")
_HEAD = re.compile(r"[^\W\d_]*")
_LONGEST = 40  # code points of a word that are looked at
_READ = 1 << 18  # code points: so many tell how a text writes
_SURE = 1e9
# Lines cut at any character end at the margin itself, but for an ideograph or a mark that would not fit.
_FLUSH = 2
# Words leave as little room in every other line: in four of five of so many lines, not once in a hundred texts.
_FEWEST = 8


class _Words(NamedTuple):
    """How a text writes its words, as counted inside its lines."""

    whole: Counter[str]
    first: Counter[str]  # characters that begin a word
    last: Counter[str]  # characters that end one
    chars: Counter[str]


def cut_anywhere(f: Fit, rows: Any) -> bool:
    """Whether the breaks ``rows``, all between letters of words, were cut at any character and not between words."""
    free = f.width[rows] - f.right[:-1][rows]
    return bool(len(rows) >= _FEWEST and (free <= _FLUSH + f.tolerance).sum() * 5 >= len(rows) * 4)


def stood(text: str, cuts: list[Span]) -> list[bool]:
    """Whether a space stood at each cut: between what ends at its start and what begins at its end (code points)."""
    words = _words_of(text)
    beside = [(text[max(0, stop - 2) : stop], text[start : start + 2]) for stop, start in cuts]
    seen = _counted(text, {gram for sides in beside for pair in _contexts(*sides) for gram in pair})
    return [
        _by_words(words, *_pieces(text, *cut)) + sum(_ratio(seen[apart], seen[together]) for apart, together in near)
        > 0
        for cut, near in zip(cuts, (_contexts(*sides) for sides in beside), strict=True)
    ]


def _words_of(text: str) -> _Words:
    words = _Words(Counter(_INNER.findall(text)), Counter(), Counter(), Counter())
    for word, times in words.whole.items():
        words.first[word[0]] += times
        words.last[word[-1]] += times
        for char in word:
            words.chars[char] += times
    return words


def _pieces(text: str, stop: int, start: int) -> tuple[str, str]:
    """The pieces of a word, or the two words, in front of a cut and behind it; either may be empty."""
    tail, head = _TAIL.search(text, max(0, stop - _LONGEST), stop), _HEAD.match(text, start, start + _LONGEST)
    return tail[0] if tail else "", head[0] if head else ""


def _by_words(words: _Words, tail: str, head: str) -> float:
    """The logarithm of the odds that two words stand there, by the words of the text and by where characters stand."""
    if not tail or not head:
        return -_SURE
    pieces, whole = min(words.whole[tail], words.whole[head]), words.whole[tail + head]
    ends, begins = words.last[tail[-1]], words.first[head[0]]
    return (
        _ratio(pieces, whole)
        + _ratio(ends, words.chars[tail[-1]] - ends)
        + _ratio(begins, words.chars[head[0]] - begins)
    )


def _contexts(left: str, right: str) -> Iterator[tuple[str, str]]:
    """One or two characters on each side of a cut: with a space between them, and without."""
    for a in (left, left[-1:]):
        for b in (right, right[:1]):
            yield f"{a} {b}", a + b


def _counted(text: str, wanted: set[str]) -> Counter[str]:
    """How often each of ``wanted`` occurs in the text, as far as it is read."""
    text, seen = text[:_READ], Counter[str]()
    for length in sorted(set(map(len, wanted))):
        grams: Iterable[str] = map("".join, zip(*(text[at:] for at in range(length)), strict=False))
        seen.update(filter(wanted.__contains__, grams))
    return seen


def _ratio(one: int, other: int) -> float:
    """The logarithm of the odds of one to the other, with one made-up witness for each."""
    return log((one + 1) / (other + 1))
