"""Findings as SARIF 2.1.0 (OASIS): columns in code points, the rules with their reasons, and the fixes."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import quote

from texttool import __version__
from texttool.document import Document
from texttool.edits import Span
from texttool.finding import Finding
from texttool.lines import Lines
from texttool.report import Report, Setup, fixable
from texttool.report.place import fingerprint
from texttool.report.text import said
from texttool.rule import Rule
from texttool.visible import storable, visible

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def render(reports: Iterable[Report], setup: Setup) -> Iterator[str]:
    """One log with one run, a line a result."""
    index = {rule.code: i for i, rule in enumerate(setup.rules)}
    driver = {
        "name": "texttool",
        "semanticVersion": __version__,
        "version": __version__,
        "rules": list(map(_rule, setup.rules)),
    }
    head = {"$schema": SCHEMA, "version": "2.1.0"}
    yield _json(head)[:-1] + ', "runs": [{"tool": ' + _json({"driver": driver})
    yield ', "columnKind": "unicodeCodePoints", "results": ['
    before = "\n"
    for document, findings in reports:
        lines, seen = Lines(document.text), Counter[str]()
        for finding in findings:
            yield before + _json(_result(document, finding, lines, seen, index, setup))
            before = ",\n"
    yield "\n]}]}\n"


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": rule.name.replace("-", " ")},
        "fullDescription": {"text": rule.why},
        "help": {"text": rule.why},
        "defaultConfiguration": {"enabled": rule.default, "level": _level(safe=rule.safe)},
    }


def _result(
    document: Document, finding: Finding, lines: Lines, seen: Counter[str], index: dict[str, int], setup: Setup
) -> dict[str, Any]:
    artifact = {"uri": _uri(document.path)}
    name = fingerprint(finding, document.text)
    seen[name] += 1
    made: dict[str, Any] = {
        "ruleId": finding.code,
        "level": _level(safe=finding.safe),
        "message": {"text": visible(said(finding, lines))},
        "locations": [_location(artifact, (finding.start, finding.end), lines)],
        "partialFingerprints": {"texttool/v1": f"{name}:{seen[name]}"},
    }
    if finding.code in index:
        made["ruleIndex"] = index[finding.code]
    if finding.related:
        made["relatedLocations"] = [_location(artifact, span, lines) for span in finding.related]
    if fixable(finding, unsafe=setup.unsafe):
        put = {
            "deletedRegion": _region((finding.start, finding.end), lines),
            "insertedContent": {"text": storable(finding.put)},
        }
        change = {"artifactLocation": artifact, "replacements": [put]}
        made["fixes"] = [{"description": {"text": made["message"]["text"]}, "artifactChanges": [change]}]
    return made


def _location(artifact: dict[str, str], span: Span, lines: Lines) -> dict[str, Any]:
    return {"physicalLocation": {"artifactLocation": artifact, "region": _region(span, lines)}}


def _region(span: Span, lines: Lines) -> dict[str, int]:
    (line, column), (end_line, end_column) = map(lines.place, span)
    return {"startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column}


def _uri(path: str) -> str:
    """A path as a URI reference (RFC 3986); relative ones stay relative."""
    quoted = quote(os.fsencode(path.replace(os.sep, "/")))
    return f"file://{quoted}" if quoted.startswith("/") else quoted


def _level(*, safe: bool) -> str:
    return "warning" if safe else "note"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
