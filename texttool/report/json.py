"""Findings as one JSON array: lines and columns from 1, ends exclusive, ``put`` equal to ``found`` without a fix."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from texttool.document import Document
from texttool.lines import Lines
from texttool.pipeline import Finding
from texttool.visible import storable


def render(documents: Iterable[tuple[Document, list[Finding]]]) -> Iterator[str]:
    """The array, a line a finding. Undecodable bytes, which JSON cannot hold, are shown as ``\\xNN``."""
    before = "["
    for document, findings in documents:
        lines = Lines(document.text)
        for finding in findings:
            yield f"{before}\n{json.dumps(_entry(document.path, finding, lines), ensure_ascii=False)}"
            before = ","
    yield "[]\n" if before == "[" else "\n]\n"


def _entry(path: str, finding: Finding, lines: Lines) -> dict[str, Any]:
    entry = {
        **_place(path, finding.start, finding.end, lines),
        "code": finding.code,
        "name": finding.name,
        "message": finding.message,
        "found": storable(finding.found),
        "put": storable(finding.put),
        "safe": finding.safe,
    }
    if finding.related:
        kind = "copies" if finding.code.startswith("DP") else "related"
        entry[kind] = [_place(path, *span, lines) for span in finding.related]
    return entry


def _place(path: str, start: int, end: int, lines: Lines) -> dict[str, Any]:
    line, column = lines.place(start)
    end_line, end_column = lines.place(end)
    return {"path": storable(path), "line": line, "column": column, "end_line": end_line, "end_column": end_column}
