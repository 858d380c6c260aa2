"""Groups of duplicates as lines for people and as JSON lines for programs."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

from texttool import store, streams
from texttool.filters.dedup import DuplicateGroup
from texttool.filters.dedup.copies import ADJACENT, EXACT, NEAR
from texttool.filters.dedup.fold import folded_text
from texttool.lines import Lines
from texttool.visible import storable, visible

DOCUMENT = "DP401"
_JOINT = 200  # code points: more than the white space and marks between two paragraphs ever take
Place = tuple[str, int, int]  # name of the document, start and end in it (code points)


class Texts:
    """Documents by name, with tables of their lines, made as they are asked for."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self.texts = texts
        self.order = {name: number for number, name in enumerate(texts)}
        self._lines: dict[str, Lines] = {}

    def lines(self, name: str) -> Lines:
        """The lines of a document."""
        if name not in self._lines:
            self._lines[name] = Lines(self.texts[name])
        return self._lines[name]

    def place(self, name: str, offset: int) -> tuple[int, int]:
        """Line and column of a code point offset, from 1."""
        return self.lines(name).place(offset)


def write(groups: Sequence[DuplicateGroup], texts: Texts, to: Path | None, only: Container[str] | None = None) -> None:
    """Writes a line for each later place to standard output, and the groups to the file ``to``. Raises Failure.

    ``only`` are the names of the documents whose places get a line (default: all).
    """
    if to:
        store.replace(to, (json_line(group, texts).encode() for group in groups))
    streams.out("".join(lines(groups, texts, only)).encode())


def lines(groups: Iterable[DuplicateGroup], texts: Texts, only: Container[str] | None = None) -> Iterator[str]:
    """``path:line:col: CODE stands in path:line:col``: a line for each place that is not the first of its group."""
    names = list(texts.texts)
    rows = sorted(row for group in groups for row in _rows(group, texts, only))
    for number, of_text in groupby(rows, key=itemgetter(0)):
        name, where = visible(names[number]), texts.lines(names[number]).place
        for row in of_text:
            line, column = where(row.start)
            yield f"{name}:{line}:{column}: {row.said()}\n"


class _Row(NamedTuple):
    """A later place of a group, in the order in which they are told: by document, place, and what it is part of."""

    text: int
    start: int
    end: int
    kind: str
    spans: tuple[Place, ...]
    code: str
    first: str
    percent: int

    def said(self) -> str:
        """What is told of it."""
        if self.kind == "document":
            return f"{self.code} nearly the same as {self.first} ({self.percent} %)"
        size = f"({self.end - self.start} characters, {self.percent} % the same)"
        return f"{self.code} stands in {self.first} {size}"


def _rows(group: DuplicateGroup, texts: Texts, only: Container[str] | None) -> Iterator[_Row]:
    kind, spans, identity = group
    places = [place for place in spans[1:] if only is None or place[0] in only]
    if not places:
        return
    whole, percent = kind == "document", int(100 * identity)
    first = visible(spans[0][0]) if whole else _where(spans[0], texts)
    code, ends = DOCUMENT if whole else EXACT if identity == 1 else NEAR, {} if whole else _ends(spans)
    for name, start, end in places:
        of = ADJACENT if name in ends and _follows(texts.texts[name], start, ends[name]) else code
        yield _Row(texts.order[name], start, end, kind, spans, of, first, percent)


def _ends(spans: Sequence[Place]) -> dict[str, list[int]]:
    """Where places end in each of the documents that hold several (code points, ascending)."""
    names = [name for name, _, _ in spans]
    if len(set(names)) == len(names):
        return {}
    ends: dict[str, list[int]] = {}
    for name, _, end in spans:
        ends.setdefault(name, []).append(end)
    return {name: sorted(made) for name, made in ends.items() if len(made) > 1}


def json_line(group: DuplicateGroup, texts: Texts) -> str:
    """A group as one line of JSON: offsets in code points, lines from 1."""
    spans = [
        {"name": storable(name), "start": start, "end": end, "line": texts.place(name, start)[0]}
        for name, start, end in group.spans
    ]
    made = {"kind": group.kind, "identity": round(group.identity, 4), "spans": spans}
    return json.dumps(made, ensure_ascii=False) + "\n"


def _where(place: Place, texts: Texts) -> str:
    line, column = texts.place(*place[:2])
    return f"{visible(place[0])}:{line}:{column}"


def _follows(text: str, start: int, ends: Sequence[int]) -> bool:
    """Whether a place begins where another one ends (``ends``, ascending), but for white space and marks."""
    at = bisect_right(ends, start)
    return at > 0 and start - ends[at - 1] <= _JOINT and not folded_text(text[ends[at - 1] : start])
