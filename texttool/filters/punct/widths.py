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
from functools import cache, cached_property
from itertools import product
from typing import Any, NamedTuple

from texttool.edits import Edits
from texttool.filters import AUTO
from texttool.filters._protected import protected, suffixes
from texttool.filters._tables import compiled
from texttool.filters.punct.locale import JAPAN, locale
from texttool.filters.punct.sentence import attached
from texttool.filters.punct.sides import Sides
from texttool.rulebook import load

_LEFT = ("chinese", "wrapped", "bracket", "unit", "other")
_RIGHT = ("chinese", "spaced", "end", "bracket", "other")
_SURE, _ATTACHED = 1, 2
# Marks that need no more looking at between two common letters, or behind one at a line end: most marks of flat text.
_PLAIN = ",;:?!."


class _Mark(NamedTuple):
    code: str
    put: str
    verdict: dict[str, dict[str, int]]  # by left side, then by right side
    unless: re.Pattern[str] | None


def scan(text: str, told: str = AUTO) -> dict[str, Edits]:
    """The edits of every rule that has ``marks``, by code, over ``text``."""
    marks = _marks(locale(text, told))
    places, spaced = _places(text, marks)
    return {mark.code: _edits(at, spaced, _put(text, mark)) for mark in marks.values() if (at := places.get(mark.code))}


def _edits(at: list[int], spaced: set[int], put: str) -> Edits:
    """One edit at each offset, over a space behind it too where that goes with the mark."""
    end = [i + 1 + (i in spaced) for i in at]
    return Edits(array("q", at), array("q", end), array("I", bytes(4 * len(at))), (put,))


def _put(text: str, mark: _Mark) -> str:
    """What is put: of several, the one that the text has most of, and else the first (Japanese has 、 and ，)."""
    return max(mark.put, key=text.count) if len(mark.put) > 1 else mark.put


def _places(text: str, marks: dict[str, _Mark]) -> tuple[dict[str, list[int]], set[int]]:
    """The offsets of Chinese marks by code, and those of them that a space follows which goes with the width."""
    places: dict[str, list[int]] = {}
    spaced: set[int] = set()
    shield, sides = _Shield(text), Sides(text)
    rules = {
        mark: (places.setdefault(rule.code, []), mark in _PLAIN, rule.verdict, rule.unless)
        for mark, rule in marks.items()
    }
    left_kind, right_kind = sides.kinds
    last = len(text) - 1
    for m in _candidate(_sought(text, marks)).finditer(text):
        at = m.start()
        found, plain, verdict, unless = rules[text[at]]
        right = ""
        if not (plain and m.lastindex):
            by_right = verdict.get((at and left_kind[text[at - 1]]) or sides.left(at))
            if not by_right:
                continue
            right = (at < last and right_kind[text[at + 1]]) or sides.right(at + 1)
            sure = by_right.get(right)
            if not sure or (sure == _ATTACHED and not attached(text, at, right == "end")):
                continue
            if unless and unless.match(text, at + 1):
                continue
        if shield.up and at in shield.spans:
            continue
        sides.done = at + 1
        found.append(at)
        if right == "spaced":
            spaced.add(at)
    return places, spaced


class _Shield:
    """The protected spans of a text; ``up`` is whether there are any, asked only where there is a hit."""

    def __init__(self, text: str) -> None:
        self.spans = protected(text)

    @cached_property
    def up(self) -> bool:
        """Whether anything is protected."""
        return bool(self.spans)


def _sought(text: str, rules: dict[str, _Mark]) -> str:
    """The marks to look for: those of ASCII alone, for which ``re`` has a bitmap, where the text has no other."""
    marks = "".join(rules)
    ascii_marks = "".join(filter(str.isascii, marks))
    return marks if any(mark in text for mark in marks if mark not in ascii_marks) else ascii_marks


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
def _candidate(marks: str) -> re.Pattern[str]:
    """One of ``marks`` with something Chinese, a unit or a line end beside it; a group matches where it is plain."""
    return compiled(
        rf"[{marks}](?:(?<=[一-鿿].)(?=[一-鿿\n])()"
        r"|(?<=[{cjk}{{tail}}{{shut}}“”‘’…—％%？！?!].)|(?= ?[{{cjk}}{{head}}“”‘’…—])"
        r"|(?=[ \t　]{0,4}(?:\n|\Z))|(?<=[{open}].)(?=[{close}]))"
    )
