"""Widths of marks by context: the ASCII marks of Chinese text become full-width ones.

A rule of ``rules/punctuation.toml`` that has ``marks`` (what is put for each; ``marks_ja`` and so on in a locale that
takes others) belongs here. Its ``sides`` say between
what a mark is Chinese (the words are those of ``sides``, left and right; "any" is all of them), ``attached`` the same
for a mark behind a Latin or digit token and only where that token stands inside a Chinese sentence, ``unless`` what
must not follow. One pass looks for the marks of all rules: the hit first, then whether anything Chinese is near.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Collection
from functools import cache
from itertools import chain

from texttool import patterns
from texttool.edits import Edits
from texttool.filters import AUTO
from texttool.filters._protected import protected
from texttool.filters._tables import compiled
from texttool.filters.punct import between
from texttool.filters.punct.locale import JAPAN, JAPANESE, language, locale
from texttool.filters.punct.sentence import attached
from texttool.filters.punct.sides import Sides
from texttool.filters.punct.verdicts import ATTACHED, Mark, local, marks_in, marks_of
from texttool.presence import count, held
from texttool.swaps import swaps
from texttool.together import Together

# The marks of ASCII. They need no more looking at between two common letters, or behind one at a line end; those that
# are Chinese beside any Chinese letter whatever else is there (no `unless`), behind or before one.
_PLAIN, _FREE = ",;:?!.", ",;"


def scan(text: str, told: str = AUTO) -> dict[str, Edits]:
    """The edits of every rule that has ``marks``, by code, over ``text``."""
    there = held(text, marks_in(told))
    known = marks_of(_place(text, told, there))
    marks = {mark: known[mark] for mark in there if mark in known}
    looks = {mark: _Look(text, mark) for mark in marks}
    near, chinese = _near().match, _Chinese(text, marks)
    odd = sorted(at for look in looks.values() for at in look.odd if near(text, at))
    spaced = chinese.judge(odd) if odd else set[int]()
    if chinese.done or any(look.plain for look in looks.values()):
        chinese.judge_between(sorted(at for mark in _PLAIN if mark in looks for at in looks[mark].odd))
    found: dict[str, list[Edits]] = {}
    for mark, look in looks.items():
        if look.plain or not chinese.done.isdisjoint(look.odd):
            edits = _edits(text, {mark: _put(text, marks[mark])}, look, chinese, spaced)
            found.setdefault(marks[mark].code, []).append(edits)
    return {code: _merged(edits) for code, edits in found.items()}


def sieve(together: Together, told: str = AUTO) -> Collection[int]:
    """The numbers of the texts with a mark that may be Chinese: an odd one beside what is, or a plain one."""
    text, near, at, plain = together.text, _near().match, list[int](), list[str]()
    for mark in held(text, marks_in(told)):
        look = _Look(text, mark)
        at += (each for each in look.odd if near(text, each))
        if look.plain:
            plain.append(mark)
    return {*together.holding(at), *together.with_any(plain)}


def _place(text: str, told: str, there: Collection[str]) -> str:
    """The locale; of those of Chinese, which agree but for a few marks, only where one of these is ``there``."""
    if told != AUTO or not local().isdisjoint(there):
        return locale(text, told)
    return JAPAN if language(text) == JAPANESE else ""


def _put(text: str, mark: Mark) -> str:
    """What is put: of several, the one that the text has most of, and else the first (Japanese has 、 and ，)."""
    return max(mark.put, key=text.count) if len(mark.put) > 1 else mark.put


class _Look:
    """A first look at a mark: how often it stands, and where it is not plainly Chinese (offsets, ascending).

    ``silent`` are those between two digits (full stops and the like: between two ASCII letters or digits), of which no
    rule says anything; ``odd`` the others.
    ``plain`` is how many others there are; ``spaced`` are those with a space behind them.
    """

    def __init__(self, text: str, mark: str) -> None:
        self.count = count(text, mark)
        spans = [m.span() for m in _not_plain(mark).finditer(text)]
        self.silent = [at for at, end in spans if end > at + 1]
        odd = [at for at, end in spans if end == at + 1]
        self.spaced = [at for at in odd if _between_letters(text, at)] if mark in _PLAIN else []
        self.odd = sorted(set(odd).difference(self.spaced)) if self.spaced else odd
        self.plain = self.count - len(self.odd) - len(self.silent)


def _between_letters(text: str, at: int) -> bool:
    """Whether the mark at ``at`` stands behind a common letter, and a space and another letter behind it."""
    return (
        text[at + 1 : at + 2] == " "
        and "一" <= text[at + 2 : at + 3] <= "鿿"
        and at > 0
        and "一" <= text[at - 1] <= "鿿"
    )


def _edits(text: str, swap: dict[str, str], look: _Look, chinese: _Chinese, spaced: set[int]) -> Edits:
    """The edits of one mark: one at each that is Chinese, over a space behind it too where that goes with the mark."""
    (mark,) = swap
    done, spans = chinese.done, protected(text)
    kept = [at for at in look.odd if at not in done] + look.silent
    kept = sorted({*kept, *spans.inside(mark)}) if spans else sorted(kept)
    with_space = spaced.union(look.spaced)
    if with_space.isdisjoint(look.spaced) and with_space.isdisjoint(look.odd):
        return swaps(text, swap, kept, look.count)
    left = set(kept)
    at = [i for m in re.finditer(re.escape(mark), text) if (i := m.start()) not in left]
    end = [i + 1 + (i in with_space) for i in at]
    return Edits(array("q", at), array("q", end), array("I", bytes(4 * len(at))), tuple(swap.values()))


def _merged(edits: list[Edits]) -> Edits:
    """The edits of several marks as one list."""
    return edits[0] if len(edits) == 1 else Edits.of(sorted(chain.from_iterable(edits)))


class _Chinese:
    """Which marks of one text are Chinese: ``at in`` this says it of those that were judged, and of plain ones."""

    def __init__(self, text: str, marks: dict[str, Mark]) -> None:
        self._text, self._marks = text, marks
        self.done = set[int]()

    def __contains__(self, at: object) -> bool:
        if at in self.done:
            return True
        assert isinstance(at, int)
        mark, text = self._text[at], self._text
        if mark not in self._marks or mark not in _PLAIN or at in protected(text):
            return False
        return not _not_plain(mark).match(text, at) or _between_letters(text, at)

    def judge(self, odd: list[int]) -> set[int]:
        """Adds those of ``odd`` (ascending offsets) that are Chinese; gives those that a space follows, to go too."""
        text, marks, spaced = self._text, self._marks, set[int]()
        spans, sides = protected(text), Sides(text, self)
        left_kind, right_kind = sides.kinds
        last = len(text) - 1
        for at in odd:
            rule = marks[text[at]]
            by_right = rule.verdict.get((at and left_kind[text[at - 1]]) or sides.left(at))
            if not by_right:
                continue
            right = (at < last and right_kind[text[at + 1]]) or sides.right(at + 1)
            sure = by_right.get(right)
            if not sure or (sure == ATTACHED and not attached(text, at, right == "end")):
                continue
            if rule.is_none(text, at) or at in spans:
                continue
            self.done.add(at)
            if right == "spaced":
                spaced.add(at)
        return spaced

    def judge_between(self, odd: list[int]) -> None:
        """Adds those of ``odd`` (ascending offsets) that are Chinese by the words on both sides."""
        text, marks = self._text, self._marks
        for at in between.chinese(text, odd, self, lambda at: marks[text[at]].is_none(text, at)):
            self.done.add(at)


@cache
def _not_plain(mark: str) -> re.Pattern[str]:
    """The mark where it is not plain; with the character behind it where it stands between two of ASCII.

    The class of common letters takes long to compile: each pattern has it twice, and no pattern more.
    """
    if mark not in _PLAIN:
        return compiled(re.escape(mark))
    silent = "(?<=[0-9].)[0-9]" if mark in ",:" else "(?<=[A-Za-z0-9].)[A-Za-z0-9]"
    if mark == ";":
        return patterns.compiled(r";(?:(?<![一-鿿].)(?![一-鿿])|(?= [^ \t　\n]))")
    if mark in _FREE:
        return patterns.compiled(rf"{mark}(?:(?<![一-鿿].)(?:{silent}|(?![一-鿿]))|(?= [^ \t　\n]))")
    return patterns.compiled(rf"{re.escape(mark)}(?:{silent}|(?!(?<=[一-鿿].)(?:[一-鿿“‘（《\n]|[ \t　]{{1,4}}\n)))")


@cache
def _near() -> re.Pattern[str]:
    """A mark with something Chinese, or a letter that may be, a unit or a line end beside it."""
    return compiled(
        r".(?:(?<=[^{beyond}].)|(?<=[{tail}{shut}“”‘’…—％%？！?!].)|(?= ?(?:[^{beyond}]|[{head}“”‘’…—]))"
        r"|(?=[ \t　]{0,4}(?:\n|\Z))|(?<=[{open}].)(?=[{close}]))"
    )
