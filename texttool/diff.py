"""Edits as a unified diff, which patch and git apply take."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from texttool.document import Document
from texttool.edits import Edits
from texttool.lines import Lines
from texttool.visible import visible

CONTEXT = 3


class _Change(NamedTuple):
    """Lines ``first`` up to ``last`` (from 0, half open) of the source, and the text that takes their place."""

    first: int
    last: int
    text: str


def unified(document: Document, edits: Edits) -> bytes:
    """The diff of one document in its own newline style, as UTF-8; empty where nothing changes.

    Linear in the text: the edits say where the changes are, no two texts are compared.
    """
    mark = "\ufeff" if document.bom and document.encoding == "utf-8" else ""  # in the first line, as patch sees it
    table = _Table(mark + document.text)
    if mark:
        edits = Edits.of((start + 1, end + 1, put) for start, end, put in edits)
    body, grown = [], 0
    for hunk in _hunks(_changes(table, edits)):
        lines, grown = _rendered(table, hunk, grown, document.newline)
        body += lines
    if not body:
        return b""
    name = _quoted(document.path)
    from texttool.filters.decode import encode

    return encode("".join([f"--- {name}\n+++ {name}\n", *body]), "utf-8")


def _quoted(path: str) -> str:
    """A path as git and patch read it: quoted as in C where it holds controls, a tab behind where it holds a space."""
    if visible(path) == path and path.isprintable() and not set(path) & set('"\\'):
        return f"{path}\t" if " " in path else path
    safe = frozenset(range(0x20, 0x7F)) - frozenset(b'"\\')
    return '"' + "".join(chr(byte) if byte in safe else f"\\{byte:03o}" for byte in os.fsencode(path)) + '"'


class _Table:
    """The lines of a source text; the last may lack its newline."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts = Lines(text).starts
        if self.starts[-1] == len(text):
            self.starts.pop()

    def offset(self, line: int) -> int:
        """Where a line starts; behind the last line, the end of the text."""
        return self.starts[line] if line < len(self.starts) else len(self.text)

    def lines(self, first: int, last: int) -> list[str]:
        """Lines with their newlines."""
        return _split(self.text[self.offset(first) : self.offset(last)])


def _changes(table: _Table, edits: Edits) -> Iterator[_Change]:
    """Edits as replaced lines: those that touch the same or neighbouring lines make one change."""
    numbers = Lines(table.text)
    open_: list[tuple[int, int, str]] = []
    first = last = 0
    for start, end, put in edits:
        line, behind = numbers.number(start), numbers.number(max(start, end - 1)) + 1
        # An edit that ends with a newline, and puts none, draws the next line into this one.
        behind = max(behind, numbers.number(end) + 1)
        if open_ and line >= last:
            yield _change(table, open_, first, last)
            open_ = []
        first, last = (first, max(last, behind)) if open_ else (line, behind)
        open_.append((start, end, put))
    if open_:
        yield _change(table, open_, first, last)


def _change(table: _Table, edits: list[tuple[int, int, str]], first: int, last: int) -> _Change:
    lo, hi = table.offset(first), table.offset(last)
    local = Edits.of((start - lo, end - lo, put) for start, end, put in edits)
    return _trimmed(table, _Change(first, min(last, len(table.starts)), local.apply(table.text[lo:hi])))


def _trimmed(table: _Table, change: _Change) -> _Change:
    """The change without the lines at its ends that stay as they are."""
    old, new = table.lines(change.first, change.last), _split(change.text)
    head = 0
    while head < min(len(old), len(new)) and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < min(len(old), len(new)) - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    return _Change(change.first + head, change.last - tail, "".join(new[head : len(new) - tail]))


def _hunks(changes: Iterable[_Change]) -> Iterator[list[_Change]]:
    """Changes that share context lines go into one hunk."""
    hunk: list[_Change] = []
    for change in changes:
        if change.first == change.last and not change.text:
            continue
        if hunk and change.first - hunk[-1].last > 2 * CONTEXT:
            yield hunk
            hunk = []
        hunk.append(change)
    if hunk:
        yield hunk


def _rendered(table: _Table, hunk: list[_Change], grown: int, newline: str) -> tuple[list[str], int]:
    """The lines of one hunk; ``grown``, as it comes and goes, is by how many lines the hunks so far grew the text."""
    top = max(0, hunk[0].first - CONTEXT)
    bottom = min(len(table.starts), hunk[-1].last + CONTEXT)
    body, at, olds, news = list[str](), top, 0, 0
    for first, last, text in [*hunk, _Change(bottom, bottom, "")]:
        groups = (" ", table.lines(at, first)), ("-", table.lines(first, last)), ("+", _split(text))
        body += [_line(sign, line, newline) for sign, lines in groups for line in lines]
        olds += last - at
        news += first - at + len(groups[2][1])
        at = last
    return [f"@@ -{_range(top, olds)} +{_range(top + grown, news)} @@\n", *body], grown + news - olds


def _line(sign: str, line: str, newline: str) -> str:
    if not line.endswith("\n"):
        return f"{sign}{line}\n\\ No newline at end of file\n"
    return sign + (line[:-1] + newline if newline == "\r\n" else line)


def _range(first: int, count: int) -> str:
    """Line numbers as diff gives them: an empty range is named by the line before it, a count of one is left out."""
    start = first + 1 if count else first
    return str(start) if count == 1 else f"{start},{count}"


def _split(text: str) -> list[str]:
    """Lines with their newlines; LF alone ends a line, as for patch."""
    *lines, rest = text.split("\n")
    return [line + "\n" for line in lines] + ([rest] if rest else [])
