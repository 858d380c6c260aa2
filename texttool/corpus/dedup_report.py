"""Groups of duplicates as lines for people and as JSON lines for programs."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
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
        self._order = {name: number for number, name in enumerate(texts)}
        self._lines: dict[str, Lines] = {}
        self._shown: dict[str, str] = {}

    def place(self, name: str, offset: int) -> tuple[int, int]:
        """Line and column of a code point offset, from 1."""
        if name not in self._lines:
            self._lines[name] = Lines(self.texts[name])
        return self._lines[name].place(offset)

    def shown(self, name: str) -> str:
        """The name as it may be shown."""
        if name not in self._shown:
            self._shown[name] = visible(name)
        return self._shown[name]

    def rank(self, place: Place) -> tuple[int, int, int]:
        """The order of places: documents as they came."""
        name, start, end = place
        return self._order[name], start, end


def write(groups: Sequence[DuplicateGroup], texts: Texts, to: Path | None, only: Container[str] | None = None) -> None:
    """Writes a line for each later place to standard output, and the groups to the file ``to``. Raises Failure.

    ``only`` are the names of the documents whose places get a line (default: all).
    """
    if to:
        store.replace(to, (json_line(group, texts).encode() for group in groups))
    streams.out("".join(lines(groups, texts, only)).encode())


def lines(groups: Iterable[DuplicateGroup], texts: Texts, only: Container[str] | None = None) -> Iterator[str]:
    """``path:line:col: CODE stands in path:line:col``: a line for each place that is not the first of its group."""
    rows = [row for group in groups for row in _rows(group, texts, only)]
    for row in sorted(rows, key=lambda row: (texts.rank(row.place), row.kind, row.spans)):
        yield f"{_where(row.place, texts)}: {row.said}\n"


class _Row(NamedTuple):
    """What is said of one place of a group."""

    place: Place
    kind: str
    spans: tuple[Place, ...]
    said: str


def _rows(group: DuplicateGroup, texts: Texts, only: Container[str] | None) -> Iterator[_Row]:
    kind, spans, identity = group
    places = [place for place in spans[1:] if only is None or place[0] in only]
    if not places:
        return
    if kind == "document":
        said = f"{DOCUMENT} nearly the same as {texts.shown(spans[0][0])} ({int(100 * identity)} %)"
        yield from (_Row(place, kind, spans, said) for place in places)
        return
    first, code, ends = _where(spans[0], texts), EXACT if identity == 1 else NEAR, _ends(spans)
    for place in places:
        of = ADJACENT if _follows(place, ends[place[0]], texts) else code
        size = f"({place[2] - place[1]} characters, {int(100 * identity)} % the same)"
        yield _Row(place, kind, spans, f"{of} stands in {first} {size}")


def _ends(spans: Iterable[Place]) -> dict[str, list[int]]:
    """Where places end in each of the documents (code points, ascending)."""
    ends: dict[str, list[int]] = {}
    for name, _, end in spans:
        ends.setdefault(name, []).append(end)
    for made in ends.values():
        made.sort()
    return ends


def json_line(group: DuplicateGroup, texts: Texts) -> str:
    """A group as one line of JSON: offsets in code points, lines from 1."""
    spans = [
        {"name": storable(name), "start": start, "end": end, "line": texts.place(name, start)[0]}
        for name, start, end in group.spans
    ]
    made = {"kind": group.kind, "identity": round(group.identity, 4), "spans": spans}
    return json.dumps(made, ensure_ascii=False) + "\n"


def _where(place: Place, texts: Texts) -> str:
    name, start, _ = place
    line, column = texts.place(name, start)
    return f"{texts.shown(name)}:{line}:{column}"


def _follows(place: Place, ends: Sequence[int], texts: Texts) -> bool:
    """Whether a place begins where another one of its document ends, but for white space and marks."""
    name, start, _ = place
    at = bisect_right(ends, start)
    if not at or start - ends[at - 1] > _JOINT:
        return False
    return not folded_text(texts.texts[name][ends[at - 1] : start])
