"""Ellipses and dashes: typed as dots and hyphens, or with a part lost."""

from __future__ import annotations

from collections.abc import Iterator

from texttool.edits import Edit
from texttool.filters import AUTO
from texttool.filters._literals import leftmost
from texttool.filters._protected import protected
from texttool.filters.punct.context import after_chinese, before_chinese, is_chinese
from texttool.filters.punct.locale import JAPANESE, language
from texttool.patterns import compiled
from texttool.together import Together

# Each form of ellipsis, and each mark that a dash may begin with, by the literal in front of it.
_ELLIPSIS = {"...": r"\.\.\.[.…⋯]*", "。。。": "。。。+", "…": "…[.…⋯]*", "⋯": "⋯[.…⋯]*"}
_DASH = {mark: f"{mark}[-－—―─]+" for mark in "-－—―─"}
_DASHES = ("——", "————")  # as they should be
# A row of dots that leads to a page number, as in a table of contents.
_LEADER = compiled(r"[ \t\u3000]*\d")
_SHUT = ("”", "’", '"', "'", ")", "）")
# Options in capitals are of one letter.
_NAME = compiled("[A-Z][A-Za-z]")
# Three numerals without 十 or 百 between them are those of a year.
_YEAR = "[〇○零一二三四五六七八九]{3}"
_YEARS = f"(?<={_YEAR}..)(?={_YEAR})"
_DATE = {dash[0]: rf"{dash}(?:(?<=\d..)(?=\d{{1,4}} ?[年月日])|{_YEARS})" for dash in ("--", "——", "－－")}


def ellipses(text: str, told: str = AUTO) -> Iterator[Edit]:
    """Edits that put ``……`` for dots that stand for it. In Japanese one … is as good, and only ASCII dots are not."""
    spans = protected(text)
    japanese = language(text, told) == JAPANESE
    for m in leftmost(text, {"...": _ELLIPSIS["..."]} if japanese else _ELLIPSIS):
        start, end = m.span()
        run = m[0]
        put = _ellipsis(run, text[end : end + 1])
        if put == run or start in spans or not (after_chinese(text, start) or before_chinese(text, end)):
            continue
        if run[0] == "." and _not_ellipsis(text, start, end):
            continue
        yield start, end, put


def with_ellipses(together: Together) -> list[int]:
    """The numbers of the texts with dots that may stand for an ellipsis and make none as it should be."""
    text = together.text
    found = leftmost(text, _ELLIPSIS)
    return together.holding(m.start() for m in found if _ellipsis(m[0], text[m.end() : m.end() + 1]) != m[0])


def _ellipsis(run: str, follows: str) -> str:
    """What is put for a run: a fourth dot is a full stop; two ellipses (a passage left out) stay two."""
    if run in ("....", "….", "……."):
        return "……" if follows == "。" else "……。"
    return run if run == "…" * 4 else "……"


def _not_ellipsis(text: str, start: int, end: int) -> bool:
    """Whether a row of dots leads to a page number, or belongs to a path or to code (``../``, ``...args``)."""
    if end - start > 4 and _LEADER.match(text, end):
        return True
    follows, before = text[end : end + 1], text[max(0, start - 2) : start]
    if before[-1:] == " " and before[:1].isascii() and follows in _SHUT:
        return True  # stands for more words of a command: "dpkg -i ..."
    return follows in ("/", "\\") or (follows.isascii() and follows.isalpha() and not after_chinese(text, start))


def dashes(text: str, told: str = AUTO) -> Iterator[Edit]:
    """Edits that put ``——`` for hyphens and bars that stand for it; in Japanese ``――``, and for hyphens alone."""
    spans = protected(text)
    japanese = language(text, told) == JAPANESE
    for m in leftmost(text, {"-": _DASH["-"]} if japanese else _DASH):
        start, end = m.span()
        run = m[0]
        if run in _DASHES or start in spans:
            continue
        left, right = after_chinese(text, start), before_chinese(text, end)
        plain = not run.strip("-")
        if plain and ((len(run) > 2 and not (left and right)) or _goes_with(text, start, end)):
            continue  # a rule across the page, an option (--all), a number
        if len(run) == 2 and compiled(_YEARS).match(text, end):
            continue  # a range
        if left or right:
            yield start, end, "――" if japanese else "——"


def _goes_with(text: str, start: int, end: int) -> bool:
    """Whether hyphens belong to what follows: an option, a number; not to a name that directly follows Chinese."""
    follows = text[end : end + 1]
    named = bool(_NAME.match(text, end)) and is_chinese(text[max(0, start - 1) : start])
    return follows.isascii() and follows.isalnum() and not named


def with_dashes(together: Together) -> list[int]:
    """The numbers of the texts with hyphens or bars in a row that make no dash as it should be."""
    return together.holding(m.start() for m in leftmost(together.text, _DASH) if m[0] not in _DASHES)


def ranges(text: str) -> Iterator[Edit]:
    """Edits that put one em dash for the two between the years or days of a range."""
    spans = protected(text)
    return ((m.start(), m.end(), "—") for m in leftmost(text, _DATE) if m.start() not in spans)


def with_ranges(together: Together) -> list[int]:
    """The numbers of the texts with such a range."""
    return together.holding(m.start() for m in leftmost(together.text, _DATE))
