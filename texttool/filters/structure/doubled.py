"""A character set twice: 化解解风险 for 化解风险.

Chinese doubles many characters on purpose (天天, 看看) and many more where two words meet (安全全面). A pair is
reported only where the character hardly ever doubles (``rules/tables/structure_singles.tsv``), the text has the
passage without the doubling elsewhere (two characters on one side and one on the other), and one of the two words
that would meet (解风) stands nowhere but in these passages: then nothing meets, and one character is too many. Two
forms double whatever the text says: a measure word behind 一 (一张张), and an office before its head (宣传科科长).
"""

from __future__ import annotations

import re
from functools import cache
from operator import eq
from typing import Any

from texttool.edits import Edits, Span
from texttool.filters import _units
from texttool.filters._tables import rows
from texttool.filters._worth import Read
from texttool.filters.structure.report import Finding, reported
from texttool.together import Together

# The grams that are compared, as offsets from the second of a doubled pair: 化解, 解风, 化解风.
_ENDS, _BEGINS, _ONCE = (-2, -1), (-1, 1), (-2, -1, 1)

Codes = Any  # a numpy array of code points or of offsets

DOUBLED = "ST401"
_MEASURED, _HEAD = "一长"
_HAN = (0x3400, 0x9FFF)
_PAD = 4  # zeros on either side, so that every character has its neighbours


def doubled(text: str) -> dict[str, Edits]:
    """Each doubled character, both of the pair, related to the place that has it once."""
    if len(text) < _units.LARGE:
        pairs = _second(text)
        # Decided without numpy, which takes longer to import than a page to lint.
        if len(pairs) * len(text) < _units.LARGE:
            places = [(at, place) for at in pairs if (place := _once(text, at))]
            return {DOUBLED: reported(text, [((at - 1, at + 1), place) for at, place in places])} if places else {}
    import numpy as np

    if len(text) < 5:
        return {}
    codes = np.zeros(len(text) + 2 * _PAD, np.uint16)
    codes[_PAD:-_PAD] = _units.units(text)
    second = _candidates(codes)
    if not len(second):
        return {}
    there = _PAD + _units.where(text, "".join(map(chr, set(codes[second].tolist()))))  # only there a passage can match
    second = second[~_two_words(codes, second, there)]
    if not len(second):
        return {}
    found = _undoubled(codes, second, there)
    findings: list[Finding] = [
        ((at - _PAD - 1, at - _PAD + 1), _span(place - _PAD))
        for at, place in zip(second.tolist(), found.tolist(), strict=True)
        if place >= 0
    ]
    return {DOUBLED: reported(text, findings)} if findings else {}


def _second(text: str) -> list[int]:
    """As ``_candidates``, by string operations; offsets in the text."""
    places = _pairs(text) if _read.enough(text) else (m.end() for m in _PAIR.finditer(text))
    singles = _singles()
    return [at for at in places if text[at] in singles and _suspicious(text[max(0, at - 3) : at + 3], min(at, 3))]


_read = Read()


def _pairs(text: str) -> list[int]:
    """Offsets of each character that stands before it too, by numpy: for many small texts, one after another."""
    import numpy as np

    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    at: list[int] = ((codes[1:] == codes[:-1]).nonzero()[0] + 1).tolist()
    return at


def sieve(together: Together) -> list[int]:
    """The numbers of the texts with a suspicious pair; a text has no other neighbours between two than alone."""
    return together.holding(_second(together.text))


_PAIR = re.compile(r"(.)(?=\1)")


def _suspicious(near: str, at: int) -> bool:
    """Whether a pair that ends at ``at`` stands alone between two Chinese characters."""
    if at < 2 or at + 1 >= len(near) or not (_is_han(near[at - 2]) and _is_han(near[at + 1])):
        return False
    if near[at - 2] == _MEASURED or near[at + 1] == _HEAD:
        return False
    return list(map(eq, near[1:], near)).count(True) == 1


def _once(text: str, at: int) -> Span | None:
    """Where the text has the passage with one of the pair that ends at ``at``; None too where two words meet."""
    one, before, behind = text[at], text[at - 2], text[at + 1]
    wholes = before + one + text[at + 1 : at + 3], text[max(0, at - 3) : at - 1] + one + behind
    places = (text.find(each) for each in wholes if len(each) == 4 and _is_han(each[0]) and _is_han(each[-1]))
    place = next((place for place in places if place >= 0), None)
    if place is None:
        return None
    ends = _times(text, before + one) - _times(text, before + one + behind) - _times(text, before + one + one)
    begins = _times(text, one + behind) - _times(text, before + one + behind) - _times(text, one + one + behind)
    return None if ends > 0 and begins > 0 else _span(place)


def _times(text: str, gram: str) -> int:
    """How often a gram stands in the text, places that overlap counted too."""
    if gram[0] != gram[-1]:
        return text.count(gram)
    count, at = 0, text.find(gram)
    while at >= 0:
        count, at = count + 1, text.find(gram, at + 1)
    return count


def _is_han(char: str) -> bool:
    return _HAN[0] <= ord(char) <= _HAN[1]


def _span(place: int) -> Span:
    return place, place + 4


def _candidates(codes: Codes) -> Codes:
    """Offsets of the second character of each suspicious pair between two Chinese characters; 实实在在 is none."""
    same = codes[1:] == codes[:-1]  # same[i]: the character at i + 1 repeats the one at i
    at = same.nonzero()[0] + 1
    at = at[_is_single()[codes[at]]]
    at = at[~(same[at - 3] | same[at + 1] | same[at - 2] | same[at])]
    at = at[_han(codes[at - 2]) & _han(codes[at + 1])]
    return at[(codes[at - 2] != ord(_MEASURED)) & (codes[at + 1] != ord(_HEAD))]


def _two_words(codes: Codes, second: Codes, places: Codes) -> Codes:
    """For each pair whether both words that would meet in it stand elsewhere in other company."""
    counts = [_count(codes, second, places, offsets) for offsets in (_ENDS, _BEGINS, _ONCE, (-2, -1, 0), (-1, 0, 1))]
    ends, begins, once, ends_double, begins_double = counts
    return (ends > once + ends_double) & (begins > once + begins_double)


def _undoubled(codes: Codes, second: Codes, places: Codes) -> Codes:
    """For each pair the offset of a place that reads the same without the doubling, -1 for none.

    Both readings are tried: one character of context before and two behind, and two before and one behind.
    """
    import numpy as np

    found = np.full(len(second), -1)
    for offsets in ((-2, -1, 1, 2), (-3, -2, -1, 1)):
        whole = _han(codes[second + offsets[0]]) & _han(codes[second + offsets[-1]])
        keys, back, slot, hits = _matches(codes, second, places, offsets)
        first = np.full(len(keys), -1)
        first[slot[hits][::-1]] = places[hits[::-1]] - offsets.index(-1)
        found = np.where((found < 0) & whole, first[back], found)
    return found


def _count(codes: Codes, second: Codes, places: Codes, offsets: tuple[int, ...]) -> Codes:
    """How often the characters at these offsets from each of ``second`` stand side by side anywhere."""
    import numpy as np

    keys, back, slot, hits = _matches(codes, second, places, offsets)
    return np.bincount(slot[hits], minlength=len(keys))[back]


def _matches(codes: Codes, second: Codes, places: Codes, offsets: tuple[int, ...]) -> tuple[Codes, Codes, Codes, Codes]:
    """The distinct wanted grams, which of them each of ``second`` wants, which each of ``places`` may be, which is one.

    A gram is the characters at ``offsets`` from the second of a pair; -1, the first of it, is what stands at a place.
    """
    import numpy as np

    before = offsets.index(-1)
    grams, wanted = np.uint64(0), np.uint64(0)
    for i, offset in enumerate(offsets):
        grams = grams << np.uint64(16) | codes[places - before + i].astype(np.uint64)
        wanted = wanted << np.uint64(16) | codes[second + offset].astype(np.uint64)
    keys, back = np.unique(wanted, return_inverse=True)
    slot = np.searchsorted(keys, grams).clip(max=len(keys) - 1)
    return keys, back, slot, (keys[slot] == grams).nonzero()[0]


def _han(codes: Codes) -> Codes:
    return (codes >= _HAN[0]) & (codes <= _HAN[1])


@cache
def _is_single() -> Codes:
    """Whether each code point of the basic plane hardly ever doubles (65,536 booleans)."""
    return _units.flags("".join(_singles()))


@cache
def _singles() -> frozenset[str]:
    """The characters that hardly ever double."""
    return frozenset(row[0] for row in rows("structure_singles"))
