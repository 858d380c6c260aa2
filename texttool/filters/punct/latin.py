"""Latin lines: a line without a Chinese letter takes ASCII marks, with the space that Latin typography sets."""

from __future__ import annotations

import re
from functools import cache

from texttool.edits import Edit
from texttool.filters._protected import protected
from texttool.filters._tables import compiled

_MARK = re.compile(r"[A-Za-z0-9)）”’\"'][，。；：？！](?=[\sA-Za-z0-9(（“‘\"']|\Z)")
_BRACKETS = re.compile(r"（[^（）()\n]*）")
_WORDS = re.compile(r"[A-Za-z][^A-Za-z\n]+[A-Za-z]")
_ASCII = dict(zip("，。；：？！（）", ",.;:?!()", strict=True))


def find(text: str) -> list[Edit]:
    """Edits that put ASCII marks for full-width ones on Latin lines of two words or more."""
    line, spans = _Line(text), protected(text)
    edits = [_edit(text, m.end() - 1) for m in _MARK.finditer(text) if line.is_latin(m.start())]
    line = _Line(text)
    pairs = (m.span() for m in _BRACKETS.finditer(text) if line.is_latin(m.start()))
    edits += [_edit(text, at) for start, end in pairs for at in (start, end - 1)]
    return sorted(edit for edit in edits if edit[0] not in spans)


def _edit(text: str, at: int) -> Edit:
    """The ASCII mark, with a space where a word follows it (an opening bracket: where one stands before it)."""
    before, behind = text[at - 1 : at], text[at + 1 : at + 2]
    put = _ASCII[text[at]]
    if put == "(":
        return at, at + 1, " (" if before.isalnum() else "("
    number = before.isdigit() and behind.isdigit()
    return at, at + 1, put + " " if behind.isalnum() and not number else put


class _Line:
    """Whether lines are Latin. It is asked in ascending order: the last answer is kept, no line is read twice."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._end = 0
        self._latin = False

    def is_latin(self, at: int) -> bool:
        """Whether the line of offset ``at`` has two Latin words, no Chinese letter and no mark that is only Chinese."""
        if at >= self._end:
            text = self._text
            start = max(text.rfind("\n", self._end, at) + 1, self._end)
            end = text.find("\n", at)
            self._end = len(text) if end < 0 else end
            self._latin = not _letter().search(text, start, self._end) and bool(_WORDS.search(text, start, self._end))
        return self._latin


@cache
def _letter() -> re.Pattern[str]:
    return compiled("[{cjk}가-힣「」『』《》〈〉【】〔〕、]")
