"""Latin and digit tokens inside Chinese sentences."""

from __future__ import annotations

import re
from functools import cache

from texttool.filters._protected import protected
from texttool.filters._tables import compiled, rows
from texttool.filters.punct.context import is_chinese
from texttool.rulebook import load

# How far back a Latin token may reach: the longest words of technical text (chemistry, German) are about this long.
_TOKEN = 48


def attached(text: str, at: int, ends: bool = False) -> bool:
    """Whether the Latin or digit token that ends at ``at`` stands inside a Chinese sentence and is no list number.

    It does where only it and at most one space separate ``at`` from a Chinese letter, and that letter does not make
    a label of it (图 1). An abbreviation keeps its full stop, and so does a single capital, but not where the line
    ends behind it (``ends``): an initial has a name behind it. What is protected (code, a link) is one token.
    """
    start = protected(text).begin(at)
    if start < at:
        return _behind_chinese(text[max(0, start - _TOKEN) : start])
    before = text[max(0, at - _TOKEN) : at]
    if not _behind_chinese(before) or labelled(before):
        return False
    return ends or not (_INITIAL.search(before) or _ITEM.search(before))


def labelled(before: str) -> bool:
    """Whether what stands before a full stop has it for its own: a label (图 1), an abbreviation, initials."""
    last = before[-1:]
    if last.isdecimal():
        return _label().search(before) is not None
    return last.isalpha() and (_INITIALS.search(before) or _abbreviation().search(before)) is not None


# The number of an item, behind a colon (附件:1.甲) or behind the item before it and a space; a score (3:2) is none.
_ITEM = compiled(r"(?:(?<![0-9])[:：] ?| )[0-9]{1,2}\Z")
_INITIAL = compiled(r"(?<![A-Za-z])[A-Z]\Z")


def _behind_chinese(before: str) -> bool:
    """Whether a Chinese letter stands before the last token, with a closing mark and a space at most between them."""
    rest = before[: len(before) - _token().match(before[::-1]).end()]  # type: ignore[union-attr]
    rest = rest.removesuffix(" ")
    return is_chinese(rest[:-1][-1:] if rest[-1:] in _close() and rest else rest[-1:])


@cache
def _token() -> re.Pattern[str]:
    """A token from its end: all that is no blank, no Chinese letter and no mark that parts clauses."""
    return compiled(r"[^\s{cjk}，。、；：？！,;]*+")


@cache
def _close() -> str:
    return str(load("classes")["close"])


# Behind the dot of the first of two.
_INITIALS = compiled(r"(?<=\.)[A-Za-z]\Z")


@cache
def _label() -> re.Pattern[str]:
    labels = "|".join(re.escape(row[0]) for row in rows("punct_labels"))
    return compiled(rf"(?:{labels}) ?\d+(?:[.\-]\d+)*\Z")


@cache
def _abbreviation() -> re.Pattern[str]:
    words = "|".join(re.escape(row[0]) for row in rows("punct_abbreviations"))
    return compiled(rf"(?<![A-Za-z])(?:{words})\Z")
