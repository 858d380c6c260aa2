"""Quotation marks and brackets without their other half."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from itertools import chain

from texttool.edits import Edits, Span
from texttool.filters import _units
from texttool.filters._protected import protected, spanned
from texttool.filters.punct.context import is_chinese
from texttool.filters.structure.report import Finding, reported
from texttool.patterns import compiled
from texttool.together import Together

UNOPENED, UNCLOSED = "ST201", "ST202"
_HALVES = ("“”", "‘’", "（）", "《》", "〈〉", "「」", "『』", "【】", "〔〕")
_OPENERS = {pair[0]: pair[0] for pair in _HALVES} | {"(": "（"}
_CLOSERS = {pair[1]: pair[0] for pair in _HALVES} | {")": "（"}
# A mark, or the end of a line that a blank one follows: a block ends there.
_MARKS = "".join(chain(_OPENERS, _CLOSERS))
_TOKEN = re.compile(rf"[{_MARKS}\n](?:(?<!\n)|(?=[ \t\u3000]*\n))")
# Halves of one side in a row, one of each kind and more than ever nest: a table of marks.
_LISTED = re.compile(
    "|".join(rf"(?:([{re.escape(''.join(side))}])(?!\{i})){{5,}}" for i, side in enumerate((_OPENERS, _CLOSERS), 1))
)
_NO_MARK = rf"[^{_MARKS}\n]++"
_BREAK = re.compile(r"\n(?=[ \t\u3000]*\n)")
# The closing bracket of a list marker has no other half: 1） and a) at the start of a line, a clause, a quotation.
_MARKER = re.compile(r"(?:\A|[。；;：:，,、\s“‘「『\"])[0-9A-Za-z一二三四五六七八九十]{1,3}\Z")
_MARKER_WIDTH = 4
# A quotation of several paragraphs opens each of them and closes only the last.
_GOES_ON = {kind: re.compile(rf"\s*{kind}") for kind in "“‘「『"}
# Where each paragraph is a line: nothing in front of the mark on its line, and the line above ends as paragraphs do.
_LINE_ABOVE = re.compile(r"[。！？…；：][”’」』]?[ \t\u3000]*\n[ \t\u3000]*\Z")
_LINE_HEAD = ("\n", " ", "\t", "\u3000")
_ABOVE = 20  # that much of a text holds the end of the line above, and an indent

_NOTE = 200
# What shuts a bracket on the same line, without another of its kind between; what stands in brackets is short.
_SHUT_SOON = {
    pair[0]: re.compile(rf"[^\n{pair}()]{{0,{_NOTE}}}+[{pair[1:]}]")
    for pair in ("（）)", "《》", "〈〉", "【】", "〔〕")
}
_GERMAN = "„"  # where it stands, “ closes
_FEED = 0x0A
_BLANKS = 8  # that may stand at a line end


class _Stack:
    """The marks that wait for their other half, innermost last, and how many there are of each kind."""

    def __init__(self) -> None:
        self.opened: list[tuple[str, int]] = []
        self.count = dict.fromkeys(_OPENERS.values(), 0)

    def push(self, kind: str, at: int) -> None:
        self.opened.append((kind, at))
        self.count[kind] += 1

    def pop(self) -> tuple[str, int]:
        kind, at = self.opened.pop()
        self.count[kind] -= 1
        return kind, at

    def close(self, kind: str, unclosed: list[Finding]) -> bool:
        """Closes the innermost mark of ``kind``; what stood inside it is unclosed. False where there is none."""
        if not self.count[kind]:
            return False
        while True:
            other, at = self.pop()
            if other == kind:
                return True
            if other != "‘":  # may be an apostrophe that a program turned
                unclosed.append(((at, at + 1), None))


def unpaired(text: str) -> dict[str, Edits]:
    """Findings by code: each mark without its other half; a closing one is related to the last opening mark before it.

    The stack of open marks is emptied at every blank line that ends a sentence. A closing mark that finds its
    opener deeper in the stack takes it, and what stands above it was never closed.
    """
    found: dict[str, list[Finding]] = {UNOPENED: [], UNCLOSED: []}
    spans, german = protected(text), _GERMAN in text
    known = not (spans or german)  # whether all the marks of a block count
    blocks, ends = _blocks(text) if len(text) < _units.LARGE else _blocks_at_once(text)
    if known and all(map(_in_order, blocks)):
        return {}
    stack, start = _Stack(), 0
    for marks, end in zip(blocks, chain(ends, (len(text),)), strict=True):
        if stack.opened or not (known and _in_order(marks)):
            listed = _listed(text, start, end) if _LISTED.search(marks) else ()
            for m in _TOKEN.finditer(text, start, end):
                if not (m.start() in spans or m.start() in listed or (german and m[0] in "“”‘’")):
                    _take(text, m[0], m.start(), stack, found)
        if stack.opened and not (end < len(text) and _cut(text, end)):
            _flush(text, stack, found[UNCLOSED], min(end + 1, len(text)))
        start = end
    return {code: reported(text, findings) for code, findings in found.items() if findings}


def sieve(together: Together) -> Iterable[int]:
    """The numbers of the texts with a block of marks that are not in order, or with marks that may not count."""
    text, odd = together.text, list[int]()
    lines = compiled(_NO_MARK).sub("", text).split("\n")
    if not all(map(_in_order, set(lines))):  # where the marks of each line are in order, those of a block are
        blocks, ends = _blocks(text)
        odd += (end for marks, end in zip(blocks, chain(ends, (len(text),)), strict=True) if not _in_order(marks))
    return {*together.holding(odd), *spanned(together), *together.with_any(_GERMAN)}


def _blocks(text: str) -> tuple[list[str], Iterable[int]]:
    """The marks of each block, and where each but the last ends."""
    return "".join(_TOKEN.findall(text)).split("\n"), (m.start() for m in _BREAK.finditer(text))


def _blocks_at_once(text: str) -> tuple[list[str], Iterable[int]]:
    """The same by numpy."""
    import numpy as np

    found, ends = list[str](), list[int]()
    table = _units.flags(f"{_MARKS}\n")
    for base, piece in _units.pieces(text, 1):
        at = table.take(piece).nonzero()[0]
        at = at[at < _units.PIECE]
        marks, behind = piece[at], piece.take(at + 1, mode="clip")
        ends_line = marks == _FEED
        last = ends_line & (behind == _FEED) & (base + at + 1 < len(text))
        blank = np.flatnonzero(ends_line & (behind != _FEED) & _is_blank().take(behind))
        last[blank] = [bool(_BREAK.match(text, base + i)) for i in at[blank].tolist()]
        kept = ~ends_line | last
        found.append(str(marks[kept].tobytes(), "utf-16-le"))
        ends += (at[last] + base).tolist()
    return "".join(found).split("\n"), ends


@cache
def _is_blank() -> _units.Units:
    return _units.flags(" \t\u3000")


def _listed(text: str, start: int, end: int) -> set[int]:
    """The offsets of the marks that stand in a table of marks."""
    return {at for run in _LISTED.finditer(text, start, end) for at in range(*run.span())}


def _take(text: str, mark: str, at: int, stack: _Stack, found: dict[str, list[Finding]]) -> None:
    """Follows one mark."""
    if mark in _OPENERS:
        if mark in _GOES_ON and stack.opened and _goes_on_in_line(text, mark, at, stack.opened[-1]):
            stack.pop()
        stack.push(_OPENERS[mark], at)
    elif mark in _CLOSERS:
        kind = _CLOSERS[mark]
        closes = not _inside(text, kind, at, stack) and stack.close(kind, found[UNCLOSED])
        if not closes and not _exempt(text, at, mark):
            found[UNOPENED].append(((at, at + 1), _last_opened(text, kind, at)))


def _inside(text: str, kind: str, at: int, stack: _Stack) -> bool:
    """Whether a quotation mark stands in brackets that are in order, and would close what was opened outside."""
    if kind not in _GOES_ON or not stack.opened or not (soon := _SHUT_SOON.get(stack.opened[-1][0])):
        return False
    return soon.match(text, at) is not None


def _goes_on_in_line(text: str, mark: str, at: int, opened: tuple[str, int]) -> bool:
    """Whether a mark opens a line, and goes on with what the line above opened and left open."""
    kind, where = opened
    if kind != mark or text[at - 1 : at] not in _LINE_HEAD:
        return False
    above = _LINE_ABOVE.search(text, max(0, at - _ABOVE), at)
    return above is not None and text.find("\n", where) >= text.rfind("\n", 0, at)


@lru_cache(maxsize=4096)
def _in_order(tokens: str) -> bool:
    """Whether each of these marks has its other half, one pair inside another."""
    tokens = tokens.replace("(", "（").replace(")", "）")
    left = len(tokens) + 1
    while len(tokens) < left:
        left = len(tokens)
        for pair in _HALVES:
            tokens = tokens.replace(pair, "")
    return not tokens


def _last_opened(text: str, kind: str, at: int) -> Span | None:
    """The last opening mark of a kind before ``at`` that is not protected."""
    spans = protected(text)
    marks = [mark for mark, of in _OPENERS.items() if of == kind]
    at = max(text.rfind(mark, 0, at) for mark in marks)
    while at >= 0 and at in spans:
        at = max(text.rfind(mark, 0, at) for mark in marks)
    return (at, at + 1) if at >= 0 else None


def _cut(text: str, end: int) -> bool:
    """Whether the block that ends at ``end`` ends in mid-sentence, as at the end of a page: its marks stay open."""
    last = text[max(0, end - _BLANKS) : end].rstrip()
    return last[-1:].isalnum() or last[-1:] in "，、,"


def _flush(text: str, stack: _Stack, unclosed: list[Finding], at: int) -> None:
    """Ends a block: what is open was never closed, but for a quotation that the next block goes on with."""
    while stack.opened:
        kind, where = stack.pop()
        if not (kind in _GOES_ON and _GOES_ON[kind].match(text, at)):
            unclosed.append(((where, where + 1), None))


def _exempt(text: str, at: int, token: str) -> bool:
    """Whether a closing mark needs no opener: an apostrophe, or the bracket of a list marker."""
    before = text[max(0, at - _MARKER_WIDTH) : at]
    if token == "’":
        other = before[-1:].isalpha() and not is_chinese(before[-1:])  # σ’ αυτό
        return other or before[-1:].isascii() or text[at + 1 : at + 2].isascii()
    return token in ")）" and bool(_MARKER.search(before))
