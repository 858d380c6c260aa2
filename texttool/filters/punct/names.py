"""The dot in a foreign name, 卡尔.马克思 for 卡尔·马克思, and between a book and its chapter, 《论语.学而》."""

from __future__ import annotations

import re
from functools import cache

from texttool.edits import Edit
from texttool.filters._literals import leftmost
from texttool.filters._protected import protected
from texttool.filters._tables import expand, rows
from texttool.patterns import compiled
from texttool.together import Together

# A dot between two names of two sounds each may end a sentence about one place and begin one about a person; a name
# of three sounds on either side is hardly ever met so.
_SOUNDS = 5


def dots(text: str) -> list[Edit]:
    """Edits that put ``·`` for a dot between two foreign names, and for one between two Chinese letters of a title."""
    spans = protected(text)
    found = {at for m in leftmost(text, _dot()) for at in _in_name(text, m)}
    if "《" in text:
        found |= {m.start() for m in leftmost(text, _between()) if _in_title(text, m.start())}
    return [(at, at + 1, "·") for at in sorted(found) if at not in spans]


def sieve(together: Together) -> list[int]:
    """The numbers of the texts with a dot between two such sounds, or two Chinese letters."""
    patterns = _dot(), _between()
    return together.holding(m.start() for each in patterns for m in leftmost(together.text, each))


def _in_name(text: str, dot: re.Match[str]) -> tuple[int, ...]:
    """The dots of a name that this one tells of: both beside a name of one letter, 阿布.本.哈桑."""
    if text[dot.end() + 1 : dot.end() + 2] in (".", "．"):
        return dot.start(), dot.end() + 1
    return (dot.start(),) if _is_name(text, dot) else ()


def _is_name(text: str, dot: re.Match[str]) -> bool:
    left, right = _left().search(text, max(0, dot.start() - 8), dot.start()), _right().match(text, dot.end())
    return left is not None and right is not None and len(left[0]) + len(right[0]) >= _SOUNDS


def _in_title(text: str, at: int) -> bool:
    """Whether the dot stands inside one pair of title marks, which holds no other mark."""
    before = text[max(0, at - _TITLE) : at]
    return bool(_OPENED.search(before)) and bool(_CLOSED.match(text, at + 1))


# How many characters a book or a chapter has at most: a sentence in title marks is longer.
_TITLE = 16
_OPENED = compiled(r"《[^\W\d_]+\Z")
_CLOSED = compiled(rf"[^\W\d_]{{1,{_TITLE}}}》")


@cache
def _between() -> dict[str, str]:
    return {dot: expand(re.escape(dot) + "(?<=[{han}].)(?=[{han}])") for dot in ".．"}


@cache
def _sounds() -> str:
    return "".join(row[0] for row in rows("punct_transliteration"))


@cache
def _dot() -> dict[str, str]:
    near = f"(?<=[{_sounds()}]{{2}}.)(?=(?:[一-鿿][.．])?[{_sounds()}]{{2}})"
    return {dot: re.escape(dot) + near for dot in ".．"}


@cache
def _left() -> re.Pattern[str]:
    return compiled(rf"[{_sounds()}]{{2,5}}\Z")


@cache
def _right() -> re.Pattern[str]:
    return compiled(f"[{_sounds()}]{{2,6}}")
