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
from collections.abc import Iterator
from functools import cache
from itertools import chain, product, repeat
from operator import add
from typing import Any, NamedTuple

from texttool.edits import Edits
from texttool.filters import AUTO
from texttool.filters._protected import protected, suffixes
from texttool.filters._tables import compiled
from texttool.filters.punct.locale import JAPAN, JAPANESE, TAIWAN, language, locale
from texttool.filters.punct.sentence import attached
from texttool.filters.punct.sides import Sides
from texttool.rulebook import load

_LEFT = ("chinese", "wrapped", "bracket", "unit", "other")
_RIGHT = ("chinese", "spaced", "end", "bracket", "other")
_SURE, _ATTACHED = 1, 2
# The marks of ASCII. They need no more looking at between two common letters, or behind one at a line end.
_PLAIN = ",;:?!."


class _Mark(NamedTuple):
    code: str
    put: str
    verdict: dict[str, dict[str, int]]  # by left side, then by right side
    unless: re.Pattern[str] | None


def scan(text: str, told: str = AUTO) -> dict[str, Edits]:
    """The edits of every rule that has ``marks``, by code, over ``text``."""
    marks = _marks(_place(text, told))
    places, spaced = _places(text, marks)
    return {mark.code: _edits(at, spaced, _put(text, mark)) for mark in marks.values() if (at := places.get(mark.code))}


def _place(text: str, told: str) -> str:
    """The locale; of those of Chinese, which agree but for a few marks, only where the text has one of these."""
    if told != AUTO or any(map(text.__contains__, _local())):
        return locale(text, told)
    return JAPAN if language(text) == JAPANESE else ""


def _edits(at: list[int], spaced: set[int], put: str) -> Edits:
    """One edit at each offset, over a space behind it too where that goes with the mark."""
    end = [i + 1 + (i in spaced) for i in at] if spaced else map(add, at, repeat(1))
    return Edits(array("q", at), array("q", end), array("I", bytes(4 * len(at))), (put,))


def _put(text: str, mark: _Mark) -> str:
    """What is put: of several, the one that the text has most of, and else the first (Japanese has 、 and ，)."""
    return max(mark.put, key=text.count) if len(mark.put) > 1 else mark.put


def _places(text: str, marks: dict[str, _Mark]) -> tuple[dict[str, list[int]], set[int]]:
    """The offsets of Chinese marks by code, and those of them that a space follows which goes with the width."""
    places: dict[str, list[int]] = {}
    spaced = set[int]()
    spans = protected(text)
    for mark in filter(text.__contains__, _PLAIN):
        if mark not in marks:
            continue
        hits = [m.start() for m in _plain(mark).finditer(text)]
        if f"{mark} " in text and (with_space := [m.start() for m in _plain_spaced(mark).finditer(text)]):
            spaced.update(with_space)
            hits = sorted(hits + with_space)
        if hits:
            places[marks[mark].code] = spans.outside(hits)
    done = set(chain.from_iterable(places.values()))
    besides: dict[str, list[int]] = {}
    for at, right in _beside(text, marks, done):
        besides.setdefault(marks[text[at]].code, []).append(at)
        if right == "spaced":
            spaced.add(at)
    for code, found in besides.items():
        places[code] = sorted(places.get(code, []) + found)  # two runs, each ascending: merged in linear time
    return places, spaced


def _beside(text: str, marks: dict[str, _Mark], done: set[int]) -> Iterator[tuple[int, str]]:
    """The offsets of Chinese marks that are not plain, with what stands on their right; adds to ``done``."""
    spans, sides = protected(text), Sides(text, done)
    left_kind, right_kind = sides.kinds
    last = len(text) - 1
    for at in _hits(text, marks):
        rule = marks[text[at]]
        by_right = rule.verdict.get((at and left_kind[text[at - 1]]) or sides.left(at))
        if not by_right:
            continue
        right = (at < last and right_kind[text[at + 1]]) or sides.right(at + 1)
        sure = by_right.get(right)
        if not sure or (sure == _ATTACHED and not attached(text, at, right == "end")):
            continue
        if (rule.unless and rule.unless.match(text, at + 1)) or at in spans:
            continue
        done.add(at)
        yield at, right


def _hits(text: str, marks: dict[str, _Mark]) -> list[int]:
    """Offsets of the marks to be looked at, in order. One literal is looked for ten times as fast as a set."""
    near = _near().match
    present = filter(text.__contains__, marks)
    return sorted(at for mark in present for m in _not_plain(mark).finditer(text) if near(text, at := m.start()))


@cache
def _local() -> str:
    """The marks for which some locale of Chinese puts something of its own."""
    return "".join(
        {mark for table in load("punctuation").values() for mark in table.get(f"marks_{TAIWAN}", {})} | {"‧"}
    )


@cache
def _marks(place: str) -> dict[str, _Mark]:
    """The marks that rules are for, in a locale: what is put there where it is named, else what Chinese takes."""
    return {
        mark: _Mark(
            code,
            put,
            _verdict(table),
            compiled(table["unless"].replace("{suffix}", suffixes())) if "unless" in table else None,
        )
        for code, table in load("punctuation").items()
        for mark, put in table.get(f"marks_{place}", {} if place == JAPAN else table.get("marks", {})).items()
    }


def _verdict(table: dict[str, Any]) -> dict[str, dict[str, int]]:
    pairs = dict.fromkeys(_pairs(table.get("attached", ())), _ATTACHED) | dict.fromkeys(_pairs(table["sides"]), _SURE)
    verdict: dict[str, dict[str, int]] = {}
    for (left, right), sure in pairs.items():
        verdict.setdefault(left, {})[right] = sure
    return verdict


def _pairs(sides: list[str]) -> list[tuple[str, str]]:
    """Every pair of sides that "left right" names."""
    split = [side.split() for side in sides]
    return [
        pair
        for left, right in split
        for pair in product(_LEFT if left == "any" else (left,), _RIGHT if right == "any" else (right,))
    ]


@cache
def _plain(mark: str) -> re.Pattern[str]:
    """The mark behind a common letter and before another, an opening mark or a line end."""
    return re.compile(rf"{re.escape(mark)}(?<=[一-鿿].)(?=[一-鿿“‘（《\n]|[ \t　]{{1,4}}\n)")


@cache
def _plain_spaced(mark: str) -> re.Pattern[str]:
    """The mark between two common letters, with a space behind it."""
    return re.compile(rf"{re.escape(mark)} (?<=[一-鿿]. )(?=[一-鿿])")


@cache
def _not_plain(mark: str) -> re.Pattern[str]:
    """The mark where it is not plain."""
    plain = r"(?!(?<=[一-鿿].)(?:[一-鿿“‘（《\n]|[ \t　]{1,4}\n| [一-鿿]))" if mark in _PLAIN else ""
    return re.compile(re.escape(mark) + plain)


@cache
def _near() -> re.Pattern[str]:
    """A mark with something Chinese, a unit or a line end beside it. One pattern for all: it takes long to compile."""
    return compiled(
        r".(?:(?<=[{cjk}{tail}{shut}“”‘’…—％%？！?!].)|(?= ?[{cjk}{head}“”‘’…—])"
        r"|(?=[ \t　]{0,4}(?:\n|\Z))|(?<=[{open}].)(?=[{close}]))"
    )
