"""Where a character of a cleaned text came from, and which rules touched it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from texttool import audit, store, streams
from texttool.corpus import kinds, packing, restore, trails
from texttool.corpus.records.jsonspans import strings, tree
from texttool.errors import Failure
from texttool.lines import Lines
from texttool.visible import excerpt, visible


def trace(place: str, trail: Path | None) -> int:
    """Says where the character at ``PATH:LINE:COL`` came from. Gives the exit status.

    Raises Failure where there is no such place, or the trail does not fit.
    """
    path, line, column = _parsed(place)
    held = store.read(path).data
    kind = kinds.by_name(path.name)
    output = b"".join(packing.unpacked([held], kind.packed, packing.Bounded(path, 1 << 40, free=1 << 40)))
    known = audit.Trail(trails.lines(trail), str(trail)) if trail else restore.beside(path)
    number, head = known.head(output, str(path))
    if head["type"] == "records":
        number, head, output, line, column = _in_record(known, number, head, output, path, line, column)
    for told in _told(known, number, head, output, place, line, column):
        streams.out(f"{told}\n".encode())
    return 0


def _parsed(place: str) -> tuple[Path, int, int]:
    path, _, rest = place.rpartition(":")
    path, _, line = path.rpartition(":")
    if not (path and line.isdecimal() and rest.isdecimal() and int(line) and int(rest)):
        raise Failure(f"{place!r} is no place: PATH:LINE:COL, counted from 1")
    return Path(path), int(line), int(rest)


def _told(
    known: audit.Trail, number: int, head: dict[str, Any], output: bytes, place: str, line: int, column: int
) -> Iterator[str]:
    stages = known.stages(number)
    if "source" in head:
        raise Failure("the source stands in the trail whole, for its encoding gives other bytes: no way back", place)
    every = list(audit.texts(head, stages, output))
    at = _offset(every[0], line, column, place)
    yield f"{place}: {excerpt(every[0][at : at + 1])}"
    touched = []
    start, end = at, at + 1
    for stage, text in zip(reversed(stages), every[1:], strict=True):
        edits = audit.edits_of(stage)
        (s, _), (_, e) = edits.origin(start), edits.origin(end - 1)
        touched += [
            f"  {entry['code']}: {excerpt(entry['found'])} -> {excerpt(entry['put'])}"
            for entry in stage
            if s <= entry["start"] and entry["end"] <= e and (entry["start"] < e or s == e)
        ]
        start, end = s, e
        if start == end:
            break
        assert end <= len(text)
    source_line, source_column = Lines(every[-1]).place(start)
    found = excerpt(every[-1][start:end]) if start < end else "nothing: it was put there"
    yield f"  from {visible(str(head['path']))}:{source_line}:{source_column}: {found}"
    yield from reversed(touched) if touched else iter(("  no rule touched it",))


def _offset(text: str, line: int, column: int, place: str) -> int:
    starts = Lines(text).starts
    end = starts[line] if line < len(starts) else len(text)
    if line > len(starts) or starts[line - 1] + column > max(end, starts[line - 1]):
        raise Failure("there is no such place in the text", place)
    return starts[line - 1] + column - 1


def _in_record(
    known: audit.Trail, number: int, head: dict[str, Any], output: bytes, path: Path, line: int, column: int
) -> tuple[int, dict[str, Any], bytes, int, int]:
    """The string of a JSON line that holds a place, as a document of its own, and the place in it."""
    text = output.decode("utf-8", "surrogateescape")
    at = _offset(text, line, column, f"{path}:{line}:{column}") - Lines(text).starts[line - 1]
    row = text.split("\n")[line - 1]
    names = {known.entry(n)["path"].rpartition(":")[2] for n in known.heads if n < number}
    try:
        found, _ = strings(row, 0, tree(name.split("[")[0] for name in names))
        inside = next(one for one in found if one.start < at < one.end - 1)
    except (ValueError, StopIteration):
        raise Failure("no string that was cleaned holds this place; only JSON lines are traced", path) from None
    before = _decoded(row[inside.start : at])
    data = inside.value.encode("utf-8", "surrogatepass")
    number, head = known.head(data, str(path))
    return number, head, data, before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1


def _decoded(literal: str) -> str:
    """The characters in the beginning of a literal; an escape that is cut is left out."""
    for cut in range(12):
        try:
            return str(json.loads(literal[: len(literal) - cut] + '"'))
        except ValueError:
            continue
    return ""
