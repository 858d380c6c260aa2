"""What ``rules/punctuation.toml`` says of each mark: what is put for it, and between what sides it is Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import product
from typing import Any, NamedTuple

from texttool.filters import AUTO, LOCALES
from texttool.filters._protected import suffixes
from texttool.filters._tables import compiled
from texttool.filters.punct.locale import JAPAN, TAIWAN
from texttool.rulebook import load

_LEFT = ("chinese", "wrapped", "bracket", "unit", "other")
_RIGHT = ("chinese", "spaced", "end", "bracket", "other")
SURE, ATTACHED = 1, 2


class Mark(NamedTuple):
    """A mark of ASCII, or one that stands for another: the code of its rule, and what that says of it."""

    code: str
    put: str
    verdict: dict[str, dict[str, int]]  # by left side, then by right side
    unless: str  # a pattern with its classes

    def is_none(self, text: str, at: int) -> bool:
        """Whether what stands behind the mark at ``at`` (code points) says that it is no mark of a sentence."""
        return bool(self.unless and _unless(self.unless).match(text, at + 1))


@cache
def local() -> frozenset[str]:
    """The marks for which some locale of Chinese puts something of its own."""
    tables = load("punctuation").values()
    return frozenset(mark for table in tables for mark in table.get(f"marks_{TAIWAN}", {})) | {"‧"}


@cache
def marks_in(told: str) -> tuple[str, ...]:
    """The marks that rules are for in the locale that was told, or else in any."""
    places = LOCALES if told == AUTO else (told,)
    return tuple(dict.fromkeys(mark for place in places for _, marks in _tables(place) for mark in marks))


@cache
def marks_of(place: str) -> dict[str, Mark]:
    """The marks that rules are for, in a locale: what is put there where it is named, else what Chinese takes."""
    tables = load("punctuation")
    return {
        mark: Mark(code, put, _verdict(tables[code]), tables[code].get("unless", ""))
        for code, marks in _tables(place)
        for mark, put in marks.items()
    }


def _tables(place: str) -> Iterator[tuple[str, dict[str, str]]]:
    """What each rule puts for its marks, in a locale."""
    for code, table in load("punctuation").items():
        yield code, table.get(f"marks_{place}", {} if place == JAPAN else table.get("marks", {}))


@cache
def _unless(pattern: str) -> re.Pattern[str]:
    return compiled(pattern.replace("{suffix}", suffixes()))


def _verdict(table: dict[str, Any]) -> dict[str, dict[str, int]]:
    pairs = dict.fromkeys(_pairs(table.get("attached", ())), ATTACHED) | dict.fromkeys(_pairs(table["sides"]), SURE)
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
