"""Quotation marks: straight ones get a direction, and those that stand the wrong way are turned around.

Which open and which close is decided for a block of text (between blank lines) at once, by ``nesting``. Marks that
pair with nothing stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import repeat

from texttool.edits import Edit, Span
from texttool.filters import AUTO
from texttool.filters._protected import protected
from texttool.filters.punct.blocks import blocks
from texttool.filters.punct.context import after_chinese, before_chinese, holds_chinese
from texttool.filters.punct.locale import HONG_KONG, JAPAN, TAIWAN, locale
from texttool.filters.punct.nesting import Kind, pairs, prices
from texttool.patterns import compiled
from texttool.together import Together

# An apostrophe (between Latin letters, before the hyphen of a syllable, behind digits, before those of a decade) is no
# quotation mark; nor are three in a row, which a program sets around a text.
_THREE = r"(?<!''')(?<!''(?='))(?<!'(?=''))"
_APOSTROPHE = r"(?<![A-Za-z0-9]['’](?=[A-Za-z\-]))(?<![0-9]['’])(?![0-9]{2}(?:s|年代))"
_TOKENS = {'"': '["%s]|\n', "'": rf"['%s]{_APOSTROPHE}{_THREE}|\n"}


def kind(straight: str, directed: str) -> Kind:
    """The kind of quotation mark that has these forms."""
    return Kind(straight, directed[0], directed[1], compiled(_TOKENS[straight] % directed))


# Marks of the mainland, and the corner brackets that are used for them elsewhere.
_DOUBLE, _SINGLE = "“”", "‘’"
_CORNERS = {_DOUBLE: "「」", _SINGLE: "『』"}

# An opening bracket that says what stands in it is Chinese.
_OPENED = ("（", "《", "〈", "【", "〔", "「", "『")
# Words of a Latin sentence on both sides, with the space that it sets there.
_LATIN_BEFORE = compiled(r"[A-Za-z][,.;:?!]? \Z")
_LATIN_BEHIND = compiled(r"[,.;:?!]? [A-Za-z]")


def double(text: str, told: str = AUTO) -> list[Edit]:
    """Edits that put directed marks for the ``"`` that pair in Chinese text."""
    return _straight(text, kind('"', _shape(text, _DOUBLE, told)))


def single(text: str, told: str = AUTO) -> list[Edit]:
    """Edits that put directed marks for the ``'`` that pair in Chinese text."""
    return _straight(text, kind("'", _shape(text, _SINGLE, told)))


def turned(text: str) -> list[Edit]:
    """Edits that turn “ and ” around where the pairs and the neighbours of the mark both say so."""
    of = kind('"', _DOUBLE)
    return sorted(
        (at, at + 1, put)
        for left, right in _pairs(text, of, _suspects(text, of))
        if _chinese(text, left, right)
        for at, put in ((left, of.open), (right, of.close))
        if text[at] not in (put, of.straight) and _leans(text, at, put == of.open)
    )


def with_turned(together: Together) -> list[int]:
    """The numbers of the texts with marks that may stand the wrong way."""
    of = kind('"', _DOUBLE)
    return [i for i, text in enumerate(together.texts) if any(True for _ in _suspects(text, of))]


def _leans(text: str, at: int, opens: bool) -> bool:
    """Whether the neighbours of a mark rather ask for an opening one (or a closing one) there."""
    opening, closing = prices(text, at)
    return opening < closing if opens else closing < opening


def _straight(text: str, of: Kind) -> list[Edit]:
    return sorted(
        (at, at + 1, put)
        for left, right in _pairs(text, of, _all(text, of.straight))
        if of.straight in (text[left], text[right])
        if text[left] != of.close and text[right] != of.open and _chinese(text, left, right)
        if not (_continues(text, left, of) or _goes_on(text, right, of))
        if text[left - 1 : left] != "="  # the value of a setting or of an attribute
        if not (text[left - 1 : left].isdigit() and text[right - 1].isdigit())  # inches, twice: 2" and 3"
        for at, put in ((left, of.open), (right, of.close))
        if text[at] == of.straight
    )


def _continues(text: str, left: int, of: Kind) -> bool:
    """Whether the mark goes on with a quotation that the paragraph above opened, begins with, and does not close.

    Each paragraph of such a quotation has an opening mark and only the last a closing one: all are left alike.
    """
    blanks = text[max(0, left - _GAP) : left]
    if "\n" not in blanks or blanks[-1:].strip():
        return False
    end = left - len(blanks) + len(blanks.rstrip())
    if end == left - len(blanks):
        return False
    above = text[text.rfind("\n", 0, end) + 1 : end].lstrip()
    return above.startswith(of.straight) and above.count(of.straight) == 1


def _goes_on(text: str, right: int, of: Kind) -> bool:
    """Whether the mark is the only one of a line that it begins, as the next line does, and the line above is finished.

    Then the lines are paragraphs of one quotation: the mark opens one, and closes nothing.
    """
    above = text[max(0, right - _GAP) : right].rstrip(" \t\u3000")
    end = text.find("\n", right)
    if (
        above[-1:] != "\n"
        or above.rstrip()[-1:] not in _FINISHED
        or end < 0
        or text.find(of.straight, right + 1, end) >= 0
    ):
        return False
    return text[end : end + _GAP].lstrip().startswith(of.straight)


_FINISHED = tuple("。！？…；：.!?;:")
_GAP = 16  # characters of white space that part two paragraphs: two line ends, and what indents the second


def _shape(text: str, marks: str, told: str) -> str:
    """The marks of the locale that was told; else those that the text uses; where it has none, those of its locale.

    GB/T 15834 sets “” on the mainland, the handbooks of Taiwan and Hong Kong and Japanese typography (JLREQ) 「」.
    """
    if told == AUTO and ("“" in text or "”" in text):
        return marks
    corners = (told == AUTO and "「" in text) or locale(text, told) in (TAIWAN, HONG_KONG, JAPAN)
    return _CORNERS[marks] if corners else marks


def _suspects(text: str, of: Kind) -> Iterator[int]:
    """Offsets of marks that open or close twice running, or have a straight one for a neighbour: a cheap look."""
    if of.straight in text:
        s, o, c = of[:3]
        rest = f"[^{s}{o}{c}]*"
        pattern = f"{o}(?={rest}[{s}{o}])|{c}(?={rest}[{s}{c}])|{s}(?={rest}[{o}{c}])"
        yield from (m.start() for m in re.finditer(pattern, text))
        return
    before, *rests = text.split(of.open)
    if of.close in before:
        yield before.index(of.close)
    at, done = len(before), 0
    for i in [i for i, count in enumerate(map(str.count, rests, repeat(of.close))) if count != 1]:
        at += sum(map(len, rests[done:i]))
        done = i
        yield at + i


def _all(text: str, mark: str) -> Iterator[int]:
    at = text.find(mark)
    while at >= 0:
        yield at
        at = text.find(mark, at + 1)


def _pairs(text: str, of: Kind, at: Iterable[int]) -> Iterator[Span]:
    """Offsets of the halves of each pair in the blocks that hold the offsets ``at``."""
    spans = protected(text)
    for start, end in blocks(text, at):
        tokens = [m.start() for m in of.tokens.finditer(text, start, end)]
        tokens = spans.outside(tokens)
        yield from pairs(text, of, tokens)


def _chinese(text: str, left: int, right: int) -> bool:
    """Whether the quotation stands directly beside Chinese, or holds it and is no part of a Latin sentence."""
    outside = left - (text[left - 1 : left] in _OPENED)  # “人工智能”（"AI"）: beyond the bracket
    if after_chinese(text, outside) or before_chinese(text, right + 1):
        return True
    in_latin = _LATIN_BEFORE.search(text, max(0, left - 3), left) and _LATIN_BEHIND.match(text, right + 1)
    return not in_latin and holds_chinese(text, left + 1, right)
