"""Groups of duplicates as lines for people and as JSON lines for programs."""

from __future__ import annotations

import json
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

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

    def place(self, name: str, offset: int) -> tuple[int, int]:
        """Line and column of a code point offset, from 1."""
        if name not in self._lines:
            self._lines[name] = Lines(self.texts[name])
        return self._lines[name].place(offset)

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
    rows = [(place, group) for group in groups for place in group.spans[1:] if only is None or place[0] in only]
    for place, group in sorted(rows, key=lambda row: (texts.rank(row[0]), row[1].kind, row[1].spans)):
        where = _where(place, texts)
        if group.kind == "document":
            other = visible(group.spans[0][0])
            yield f"{where}: {DOCUMENT} nearly the same as {other} ({int(100 * group.identity)} %)\n"
        else:
            first = _where(group.spans[0], texts)
            yield f"{where}: {_code(place, group, texts)} stands in {first} {_size(place, group)}\n"


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


def _size(place: Place, group: DuplicateGroup) -> str:
    return f"({place[2] - place[1]} characters, {int(100 * group.identity)} % the same)"


def _code(place: Place, group: DuplicateGroup, texts: Texts) -> str:
    name, start, _ = place
    text = texts.texts[name]
    before = max((end for other, _, end in group.spans if other == name and end <= start), default=None)
    if before is not None and start - before <= _JOINT and not folded_text(text[before:start]):
        return ADJACENT
    return EXACT if group.identity == 1 else NEAR
