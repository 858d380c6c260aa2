"""Widths of marks by context: the ASCII marks of Chinese text become full-width ones.

A rule of ``rules/punctuation.toml`` that has ``marks`` (what is put for each) belongs here. Its ``sides`` say between
what a mark is Chinese (the words are those of ``_sides``, left and right; "any" is all of them), ``attached`` the same
for a mark behind a Latin or digit token and only where that token stands inside a Chinese sentence, ``unless`` what
must not follow. One pass looks for the marks of all rules: the hit first, then whether anything Chinese is near.
"""

from __future__ import annotations

import re
from array import array
from functools import cache
from itertools import product
from typing import Any, NamedTuple

from texttool.edits import Edits
from texttool.filters._protected import protected
from texttool.filters._tables import compiled, rows
from texttool.filters.punct.sentence import attached
from texttool.filters.punct.sides import Sides
from texttool.rulebook import load

_LEFT = ("chinese", "wrapped", "bracket", "unit", "other")
_RIGHT = ("chinese", "spaced", "end", "bracket", "other")
_SURE, _ATTACHED = 1, 2


class _Mark(NamedTuple):
    code: str
    put: str
    verdict: dict[tuple[str, str], int]  # by left and right side
    unless: re.Pattern[str] | None


def scan(text: str) -> dict[str, Edits]:
    """The edits of every rule that has ``marks``, by code, over ``text``."""
    found = {code: (array("q"), array("q")) for code, *_ in _marks().values()}
    marks, spans, sides = _marks(), protected(text), Sides(text)
    left_kind, right_kind = sides.kinds
    last = len(text) - 1
    done = -1
    shielded: bool | None = None  # whether anything is protected; not asked in a text without a hit
    for m in _candidate().finditer(text):
        at = m.start()
        code, _, verdict, unless = marks[text[at]]
        left = (at and left_kind[text[at - 1]]) or sides.left(at, done)
        right = (at < last and right_kind[text[at + 1]]) or sides.right(at + 1)
        sure = verdict.get((left, right))
        if not sure or (sure == _ATTACHED and not attached(text, at, right == "end")):
            continue
        if unless and unless.match(text, at + 1):
            continue
        if shielded is None:
            shielded = bool(spans)
        if shielded and at in spans:
            continue
        done = at + 1
        start, end = found[code]
        start.append(at)
        end.append(done + (right == "spaced"))
    return {
        code: Edits(start, end, array("I", bytes(4 * len(start))), (put,))
        for code, put, *_ in marks.values()
        for start, end in (found[code],)
        if start
    }


@cache
def _marks() -> dict[str, _Mark]:
    return {
        mark: _Mark(
            code,
            put,
            _verdict(table),
            compiled(table["unless"].replace("{suffix}", _suffixes())) if "unless" in table else None,
        )
        for code, table in load("punctuation").items()
        for mark, put in table.get("marks", {}).items()
    }


def _suffixes() -> str:
    """An alternation of what follows the dot of a file name or of a host."""
    return "|".join(row[0] for row in rows("punct_suffixes"))


def _verdict(table: dict[str, Any]) -> dict[tuple[str, str], int]:
    verdict = dict.fromkeys(_pairs(table.get("attached", ())), _ATTACHED)
    return verdict | dict.fromkeys(_pairs(table["sides"]), _SURE)


def _pairs(sides: list[str]) -> list[tuple[str, str]]:
    """Every pair of sides that "left right" names."""
    split = [side.split() for side in sides]
    return [
        pair
        for left, right in split
        for pair in product(_LEFT if left == "any" else (left,), _RIGHT if right == "any" else (right,))
    ]


@cache
def _candidate() -> re.Pattern[str]:
    """A mark that has something Chinese, a unit or a line end beside it."""
    marks = "".join(map(re.escape, _marks()))
    return compiled(
        rf"[{marks}](?:(?<=[{{cjk}}{{tail}}{{shut}}“”‘’…—％%？！?!].)|(?= ?[{{cjk}}{{head}}“”‘’…—])"
        r"|(?=[ \t　]{0,4}(?:\n|\Z))|(?<=[{open}].)(?=[{close}]))"
    )
