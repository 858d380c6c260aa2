"""Enumerations that do not add up: an item that stands twice, is missing, or comes out of order.

Items of one kind (一是, （一）, 一、, 第一条, 1.) form a series. Kinds nest: an item of an outer kind ends the series
inside it, which a stack of open series follows. A series that starts over at one is a new list and no fault.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import chain
from typing import NamedTuple

from texttool.edits import Edits, Span
from texttool.filters._literals import leftmost
from texttool.filters._tables import compiled, rows
from texttool.filters.structure.report import Finding, reported

REPEATED, MISSING, DISORDERED = "ST101", "ST102", "ST103"
# How many items may be missing between two that are taken for neighbours: a page holds a handful of items, and
# a greater jump is another numbering.
_LOST = 5
# How far apart two points may stand that words alone number (首先, 第二，): a page. Farther on it is another argument.
_REACH = 1000
_WORDS = ("ordinal", "word")
_SPOKEN = ("is", "inner", *_WORDS)
_SLIPS, _MOSTLY = 2, 3
_EXCERPT = 3  # items in order that show a series whose beginning is not in the text
_VALUES = {c: n for n, c in enumerate("零一二三四五六七八九十")} | {"〇": 0, "两": 2, "百": 100}
_CIRCLED = ord("①") - 1


# How much of these markers stands before what matches: a look is taken at the rare character in them first.
_BEHIND = {"inner": 2, "ordinal": 1, "word": 1}


Tally = dict[tuple[str, bool], int]  # a kind, and whether an item follows the one before -> how many


class Item(NamedTuple):
    """A marker of an enumeration: its kind, its number, its span (code points)."""

    kind: str
    number: int
    span: Span


class _Series(NamedTuple):
    last: Item
    begun: int  # the number of its first item
    counted: int  # items so far that follow the one before


def faults(text: str) -> dict[str, Edits]:
    """Findings by code: the marker that does not follow, related to the one before it."""
    found: dict[str, list[Finding]] = {}
    tally: Tally = {}
    faulty = list(_follow(items(text), tally))
    for code, item, earlier in faulty:
        if item.kind in _SPOKEN and _said(text, item, earlier):
            continue
        if not _at_random(tally.get((item.kind, True), 0), tally.get((item.kind, False), 0)):
            found.setdefault(code, []).append((item.span, earlier.span))
    return {code: reported(text, findings) for code, findings in found.items()}


def items(text: str) -> Iterator[Item]:
    """The markers of ``text`` in order: those that open a line, and 一是 … behind a stop inside one."""
    first = _opening().match(text)
    for m in chain((first,) if first else (), leftmost(text, _markers())):
        name = m.lastgroup or ""
        start, end = m.span(m.lastindex or 0)
        if name in _BEHIND:
            start -= _BEHIND[name]
        marker = text[start:end]
        yield Item(marker[-1] if name == "numbered" else name, number(marker), (start, end))


def opening_kind(text: str, at: int) -> str:
    """The kind of the marker that opens the line at offset ``at``, empty for none."""
    if text[at : at + 1] not in _FIRST and not text[at].isdecimal():
        return ""
    m = _opening().match(text, at)
    return (m.lastgroup or "") if m else ""


@lru_cache(maxsize=1024)
def number(marker: str) -> int:
    """The number that a marker states: in ASCII digits, circled, Chinese up to 199, or a word of its own."""
    if marker in _ordinals():
        return _ordinals()[marker]
    digits = "".join(c for c in marker if c.isascii() and c.isdigit())
    if digits:
        return int(digits)
    total = unit = 0
    for c in marker:
        if "①" <= c <= "⑳":
            return ord(c) - _CIRCLED
        value = _VALUES.get(c)
        if value is None:
            continue
        if value >= 10:
            total, unit = total + max(unit, 1) * value, 0
        else:
            unit = value
    return total + unit


def _at_random(right: int, wrong: int) -> bool:
    """Whether the items of a kind count up so seldom that nobody counted: lines from many places, a list of figures.

    A writer slips now and then; two slips say nothing yet.
    """
    return wrong > _SLIPS and wrong * _MOSTLY > right


def _said(text: str, item: Item, earlier: Item) -> bool:
    """Whether the number before stands between two spoken items in another form: 我们一是敢想, 首先要, 四要改革."""
    if not 1 < item.number <= len(_NUMERALS):
        return False
    before = _NUMERALS[item.number - 2]
    forms = [f"{before}是", f"{before}要", f"第{before}"]
    forms += [word for word, number in _ordinals().items() if number == item.number - 1]
    floor = max(earlier.span[1], item.span[0] - _REACH)
    return any(text.find(form, floor, item.span[0]) >= 0 for form in forms)


def _follow(found: Iterator[Item], tally: Tally) -> Iterator[tuple[str, Item, Item]]:
    """Each fault: its code, the item, and the item before it in its series.

    ``tally`` counts how many items of each kind follow the one before and how many do not; a new list does neither.
    """
    open_: dict[str, _Series] = {}  # in order of nesting
    interrupted: dict[str, _Series] = {}  # those that run on through the units above them
    running = _running()
    for item in found:
        if item.kind == "inner" and item.number > 1 and "inner" not in open_ and "is" in open_:
            item = item._replace(kind="is")  # goes on with what the line began
        while item.kind in open_ and next(reversed(open_)) != item.kind:
            kind, inner = open_.popitem()
            if kind in running:
                interrupted[kind] = inner
        series = open_.get(item.kind) or interrupted.pop(item.kind, None)
        if series and item.kind in _WORDS and item.span[0] - series.last.span[1] > _REACH:
            series = None
        if series is None and item.kind in _WORDS and item.number > 1:
            continue  # 其次 alone counts nothing
        if series is None or item.number == 1:
            open_[item.kind] = _Series(item, item.number, 1)
            continue
        step = item.number - series.last.number
        counted = item.kind, step == 1
        tally[counted] = tally.get(counted, 0) + 1
        if step != 1 and _counts(series) and (code := _fault(step)):
            yield code, item, series.last
        open_[item.kind] = _Series(item, series.begun, series.counted + (step == 1))


def _counts(series: _Series) -> bool:
    """Whether the items so far make a series that counts: two from one on, or three from anywhere else.

    一是 and words of order count from the first one: they open no line of a list, whose items may be an excerpt.
    """
    if series.begun > 1:
        return series.counted >= _EXCERPT
    return series.counted >= 2 or series.last.kind in _SPOKEN


def _fault(step: int) -> str:
    """The code of the fault when a series goes on by ``step``, empty for none."""
    if abs(step) > _LOST or step == 1:
        return ""
    if step == 0:
        return REPEATED
    return MISSING if step > 1 else DISORDERED


@cache
def _running() -> frozenset[str]:
    """Kinds whose numbers run on through the units above them: the articles of a law through its chapters."""
    return frozenset(row[0] for row in rows("structure_items") if row[1:] == ["running"])


@cache
def _ordinals() -> dict[str, int]:
    return {word: int(place) for word, place in rows("structure_ordinals")}


# What a marker may begin with, or the blanks before it; besides digits.
_FIRST = " \t\u3000\xa0第（(一二三四五六七八九十①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_NUMERALS = "一二三四五六七八九十"
_NUMERAL = "[一二三四五六七八九十]{1,3}"
# Where a clause begins: behind a stop, at a line start with its indent, at the start of the text.
_CLAUSE = r"(?:(?<=[。；;！？：:\n　 ].)|(?<![\s\S].))"


@cache
def _markers() -> dict[str, re.Pattern[str]]:
    """A line end and the marker behind it; the 是 of an item inside a line, 第一, 首先; each by the literal it has."""
    inner = r"是(?<=[一二三四五六七八九十].)(?<=[。；;：:，,、]..)(?P<inner>)"
    ordinal = rf"第{_CLAUSE}(?P<ordinal>{_NUMERAL})(?=[，,：:])"
    words = {
        word[0]: rf"{word[0]}{_CLAUSE}(?P<word>{word[1:]})(?={'' if place == 1 else '[，,：:]'})"
        for word, place in _ordinals().items()
    }
    named = "".join(dict.fromkeys(label[0] for label in _labels()))  # in one order: the compiled pattern is kept
    line = rf"\n(?=[{_FIRST}\d{named}]){_opening_pattern()}"
    return {first: compiled(pattern) for first, pattern in ({"\n": line, "是": inner, "第": ordinal} | words).items()}


@cache
def _opening() -> re.Pattern[str]:
    return compiled(_opening_pattern())


@cache
def _labels() -> tuple[str, ...]:
    """Words that name a list whose first item stands in the same line."""
    return tuple(row[0] for row in rows("structure_labels"))


def _opening_pattern() -> str:
    units = "".join(row[0] for row in rows("structure_items"))
    named = rf"(?:(?:{'|'.join(_labels())})[：:][ 　]?(?=[（(]?[1一①](?!\d)))?"
    return (
        rf"[ \t　\xa0]*{named}(?:(?P<numbered>第(?:[一二三四五六七八九十百零〇]{{1,6}}|\d{{1,3}})[{units}])(?=[\s：:])"
        rf"|(?P<bracketed>[（(]{_NUMERAL}[）)])"
        r"|(?P<bracketed_digit>[（(]\d{1,2}[）)])"
        rf"|(?P<paused>{_NUMERAL}、)"
        r"|(?P<paused_digit>\d{1,2}、)"
        r"|(?P<dotted>\d{1,2}[.．](?=[ \t{cjk}]))"
        r"|(?P<circled>[①-⑳])"
        rf"|(?P<is>{_NUMERAL}是))"
    )
