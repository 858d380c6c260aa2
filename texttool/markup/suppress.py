"""Comments that say which findings are not wanted, and where: ``texttool: ignore PN101, LW`` and its kin.

``ignore`` holds for its line; in a line of its own, for the paragraph below. ``ignore-next-line`` holds for the next
line, ``disable`` up to the ``enable`` of the same code, or to the end. Codes, or their beginnings, are obligatory.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from texttool.edits import Span
from texttool.guard import Suppression

_SAID = re.compile(r"\s*texttool:\s*([^\s,]*)([\s\S]*)", re.IGNORECASE)
_WORDS = re.compile(r"[\s,]+")
_CODE = re.compile(r"[A-Z]{2}[0-9]{0,3}")
_DIRECTIVES = ("ignore", "ignore-next-line", "disable", "enable")
_NEXT_PARAGRAPH = re.compile(r"\s*\n(?P<body>[ \t]*\S(?:(?!\n[ \t]*\n)[\s\S])*\n?)")


class Faulty(NamedTuple):
    """A comment to us that says nothing we can follow."""

    at: Span
    why: str


def suppressions(text: str, comments: Iterable[tuple[int, int, str]]) -> tuple[list[Suppression], list[Faulty]]:
    """What comments (start, end, words) say, in the order of the text."""
    made: list[Suppression] = []
    faulty: list[Faulty] = []
    open_: dict[str, Span] = {}
    for start, end, words in comments:
        said = _SAID.match(words)
        if not said:
            continue
        directive, codes = said[1].lower(), [word for word in _WORDS.split(said[2]) if word]
        why = _fault(directive, codes, open_)
        if why:
            faulty.append(Faulty((start, end), why))
        elif directive == "disable":
            open_ |= {code: (start, end) for code in codes if code not in open_}
        elif directive == "enable":
            made += [Suppression(code, open_[code][0], start, open_.pop(code)) for code in codes]
        else:
            lo, hi = _reach(text, start, end, directive)
            made += [Suppression(code, lo, hi, (start, end)) for code in codes]
    made += [Suppression(code, at[0], len(text) + 1, at) for code, at in open_.items()]
    return sorted(made, key=lambda one: (one.at, one.code)), faulty


def _fault(directive: str, codes: list[str], open_: dict[str, Span]) -> str:
    if directive not in _DIRECTIVES:
        return f"unknown directive {directive!r} (one of {', '.join(_DIRECTIVES)})"
    if not codes:
        return f"{directive} needs the codes of rules"
    wrong = [code for code in codes if not _CODE.fullmatch(code)]
    if wrong:
        return f"{wrong[0]!r} is no code of a rule"
    closed = [code for code in codes if code not in open_] if directive == "enable" else []
    return f"{closed[0]} is not disabled here" if closed else ""


def _reach(text: str, start: int, end: int, directive: str) -> Span:
    """The span in which findings that begin there are meant."""
    line, line_end = text.rfind("\n", 0, start) + 1, _line_end(text, end)
    if directive == "ignore-next-line":
        return line_end, _line_end(text, line_end)
    if text[line:start].strip() or text[end:line_end].strip():
        return line, line_end
    below = _NEXT_PARAGRAPH.match(text, end)
    return (below.start("body"), below.end("body")) if below else (line, line_end)


def _line_end(text: str, at: int) -> int:
    """Behind the line end that closes the line of ``at``; the offset behind the text where none does."""
    end = text.find("\n", at)
    return len(text) + 1 if end < 0 else end + 1
