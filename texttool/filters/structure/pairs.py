"""Quotation marks and brackets without their other half."""

from __future__ import annotations

import re

from texttool.edits import Edits
from texttool.filters._protected import protected
from texttool.filters.structure.report import Finding, reported

UNOPENED, UNCLOSED = "ST201", "ST202"
_HALVES = ("“”", "‘’", "（）", "《》", "〈〉", "「」", "『』", "【】", "〔〕")
_OPENERS = {pair[0]: pair[0] for pair in _HALVES} | {"(": "（"}
_CLOSERS = {pair[1]: pair[0] for pair in _HALVES} | {")": "（"}
_TOKEN = re.compile(r"[“”‘’（）《》〈〉「」『』【】〔〕()\n](?:(?<!\n)|(?=[ \t\u3000]*\n))")
# The closing bracket of a list marker has no other half: 1） and a) at the start of a line or of a clause.
_MARKER = re.compile(r"(?:\A|[。；;：:，,、\s])[0-9A-Za-z一二三四五六七八九十]{1,3}\Z")
_MARKER_WIDTH = 4
# A quotation of several paragraphs opens each of them and closes only the last.
_GOES_ON = {kind: re.compile(rf"\s*{kind}") for kind in "“‘「『"}


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
    last: dict[str, int] = {}
    stack, spans = _Stack(), protected(text)
    german = "„" in text  # where “ closes
    for m in _TOKEN.finditer(text):
        token, at = m[0], m.start()
        if token[0] == "\n":
            if stack.opened and not _cut(text, at):
                _flush(text, stack, found[UNCLOSED], m.end())
            continue
        if at in spans or (german and token in "“”‘’"):
            continue
        kind = _OPENERS.get(token) or _CLOSERS[token]
        if token in _OPENERS:
            stack.push(kind, at)
            last[kind] = at
        elif not stack.close(kind, found[UNCLOSED]) and not _exempt(text, at, token):
            found[UNOPENED].append(((at, at + 1), (last[kind], last[kind] + 1) if kind in last else None))
    _flush(text, stack, found[UNCLOSED], len(text))
    return {code: reported(text, findings) for code, findings in found.items() if findings}


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
        return before[-1:].isascii() or text[at + 1 : at + 2].isascii()
    return token in ")）" and bool(_MARKER.search(before))
