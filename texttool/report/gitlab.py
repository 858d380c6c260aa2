"""Findings as GitLab's report of code quality: a JSON array, each finding with a fingerprint of its own."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import Any

from texttool.document import Document
from texttool.finding import Finding
from texttool.lines import Lines
from texttool.report import Report, Setup
from texttool.report.place import fingerprint, region
from texttool.report.text import said
from texttool.visible import storable, visible


def render(reports: Iterable[Report], setup: Setup) -> Iterator[str]:  # noqa: ARG001
    """The array, a line a finding."""
    seen = Counter[str]()
    before = "["
    for document, findings in reports:
        lines = Lines(document.text)
        for finding in findings:
            same = f"{storable(document.path)}\0{fingerprint(finding, document.text)}"
            seen[same] += 1
            unique = sha256(f"{same}\0{seen[same]}".encode()).hexdigest()
            yield f"{before}\n{json.dumps(_entry(document, finding, lines, unique), ensure_ascii=False)}"
            before = ","
    yield "[]\n" if before == "[" else "\n]\n"


def _entry(document: Document, finding: Finding, lines: Lines, unique: str) -> dict[str, Any]:
    place = region((finding.start, finding.end), lines)
    return {
        "description": f"{finding.code} {visible(said(finding, lines))}",
        "check_name": finding.code,
        "fingerprint": unique,
        "severity": "minor" if finding.safe else "info",
        "location": {
            "path": storable(document.path),
            "positions": {
                "begin": {"line": place["line"], "column": place["column"]},
                "end": {"line": place["end_line"], "column": place["end_column"]},
            },
        },
    }
