"""Findings as one JSON array: lines and columns from 1, ends exclusive, ``put`` equal to ``found`` without a fix."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from texttool.finding import Finding
from texttool.lines import Lines
from texttool.report import Report, Setup
from texttool.report.place import region
from texttool.visible import storable


def render(reports: Iterable[Report], setup: Setup) -> Iterator[str]:  # noqa: ARG001
    """The array, a line a finding. Undecodable bytes, which JSON cannot hold, are shown as ``\\xNN``."""
    before = "["
    for line in lines_of(reports):
        yield f"{before}\n{line}"
        before = ","
    yield "[]\n" if before == "[" else "\n]\n"


def lines_of(reports: Iterable[Report]) -> Iterator[str]:
    """A JSON object a finding, each on one line."""
    for document, findings in reports:
        lines = Lines(document.text)
        for finding in findings:
            yield json.dumps(entry(document.path, finding, lines), ensure_ascii=False)


def entry(path: str, finding: Finding, lines: Lines) -> dict[str, Any]:
    """A finding as JSON objects hold it."""
    path = storable(path)
    made = {
        "path": path,
        **region((finding.start, finding.end), lines),
        "code": finding.code,
        "name": finding.name,
        "message": finding.message,
        "found": storable(finding.found),
        "put": storable(finding.put),
        "safe": finding.safe,
    }
    if finding.related:
        kind = "copies" if finding.code.startswith("DP") else "related"
        made[kind] = [{"path": path, **region(span, lines)} for span in finding.related]
    return made
