"""ASCII marks between Latin words and numbers in a line of Chinese: so easy,P图; 5 cm;C点; AB=AC,D是中点.

No letter beside them says what they are, and in a text as it was set they belong to the words (``hello,world``). But
where a line has other marks that stand between Chinese letters and are ASCII, all of its marks were flattened. Then
``rules/tables/punct_between.tsv`` says between what a mark is one of the sentence. A line that has none, such as a line
that was set right, is not looked at. All offsets are code points.

Each place is read within a fixed reach, and words that were judged count the same in either width: a second run has
less to go by than the first, and finds nothing more.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator
from functools import cache

from texttool.filters._protected import protected
from texttool.filters._tables import compiled, rows
from texttool.filters.punct.context import is_chinese
from texttool.filters.punct.sentence import labelled

_MARK = compiled("[,;:?!.]")
# How far a side is read, and how far from a mark other ones tell that it was flattened: a few lines of a column.
_REACH, _NEAR = 48, 120
_INK = r"[A-Za-z0-9@#$¥￥€+\-−±×/_.%～°℃′″^*=<>≤≥≠≈∈~Α-Ωα-ω²³]|(?<=[0-9]):(?=[0-9])"
# Chinese marks that end a clause, close or stand for an omission: the next word begins behind them.
_BOUND, _OPENED = "，。、；？！…—”’）》〉」』】〕", "（“‘《〈「『【〔"


def chinese(text: str, odd: list[int], done: Container[int], unless: Callable[[int], bool]) -> Iterator[int]:
    """Those of ``odd`` (ascending offsets, marks of any kind) that are Chinese by what stands on both sides.

    ``done`` are marks that were found Chinese before; those that are found are to be put there before the next is
    asked for. ``unless`` says of a mark that it is none.
    """
    spans, near = protected(text), _candidate().match
    for at in odd:
        if not near(text, at) or at in done or at in spans:
            continue
        if _fits(text, at, done) and not _own(text, at) and not unless(at) and _flattened(text, at, done):
            yield at


def _fits(text: str, at: int, done: Container[int]) -> bool:
    """Whether the table has what stands on both sides of ``at``."""
    left, right = _left(text, at, done), _right(text, at + 1, done)
    return any(a.fullmatch(left) and b.fullmatch(right) for a, b in _sides(text[at]))


def _left(text: str, at: int, done: Container[int]) -> str:
    """What stands before ``at``, back to where Chinese ends, with a sign for that; without one where it is not near."""
    words = _tail().match(text[max(0, at - _REACH) : at][::-1])  # from its end, so that it is read once
    start = at - len(words[0].rstrip(".")) if words else at
    before = start - 1 - text.startswith(" ", start - 1)
    opened = before >= 0 and text[before] in _OPENED
    return ("，" if opened else _sign(text, before, done)) + text[start:at]


def _right(text: str, at: int, done: Container[int]) -> str:
    """What stands at ``at``, up to where Chinese begins."""
    words = _head().match(text, at, at + _REACH)
    end = words.end() if words else at
    return text[at:end] + _sign(text, end, done)


def _sign(text: str, at: int, done: Container[int]) -> str:
    """A sign for the character at ``at`` where it belongs to a Chinese sentence or ends a line; else nothing."""
    if not 0 <= at < len(text) or text[at] == "\n":
        return "\n"
    char = text[at]
    if char in _BOUND or at in done:
        return "：" if char == ":" else "，"
    return char if char in "：," else "中" if is_chinese(char) else ""


def _own(text: str, at: int) -> bool:
    """Whether a full stop belongs to the words before it, or to a line that has Chinese ones."""
    if text[at] != ".":
        return False
    return labelled(text[max(0, at - _REACH) : at]) or text.find("。", text.rfind("\n", 0, at) + 1, at) >= 0


def _flattened(text: str, at: int, done: Container[int]) -> bool:
    """Whether some mark of ASCII near ``at`` was found Chinese."""
    first = max(0, at - _NEAR)
    start, end = max(first, text.rfind("\n\n", first, at) + 1), text.find("\n\n", at, at + _NEAR)
    return any(m.start() in done for m in _MARK.finditer(text, start, at + _NEAR if end < 0 else end))


@cache
def _sides(mark: str) -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    return tuple((compiled(row[1]), compiled(row[2])) for row in rows("punct_between") if row[0] == mark)


@cache
def _candidate() -> re.Pattern[str]:
    """A mark behind a letter, a digit or what may follow them, and before another, or where a question may end."""
    behind = "(?<=[A-Za-z0-9%℃°′″”)+α-ω].)"
    number = "(?<=[A-Za-z”].)(?=[0-9])"  # 1,000 and 5%,3% say nothing
    return compiled(rf"(?:[,;:](?=[A-Za-z*α-ωΑ-Ω])|[;:](?=[0-9])|,{number}|[?!](?=[\n{{cjk}}]|\Z)|\.(?=\n|\Z)){behind}")


@cache
def _tail() -> re.Pattern[str]:
    return _words(")(", "”“")


@cache
def _head() -> re.Pattern[str]:
    return _words("()", "“”")


def _words(brackets: str, quotes: str) -> re.Pattern[str]:
    """Three words at most, with what stands in brackets or is quoted in them; the marks as they come."""
    inside = rf"\{brackets[0]}[^()\s]{{0,20}}\{brackets[1]}|{quotes[0]}[^“”\n]{{0,40}}{quotes[1]}"
    return compiled(rf"(?:{_INK}|{inside})+(?: (?:{_INK}|{inside})+){{0,2}}")
