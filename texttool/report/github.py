"""Findings as workflow commands: GitHub shows each at its place in the change.

What a command may hold is as the runner's source (``ActionCommand.cs``) unescapes it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from texttool.lines import Lines
from texttool.report import Report, Setup
from texttool.report.text import said
from texttool.visible import visible

_DATA = (("%", "%25"), ("\r", "%0D"), ("\n", "%0A"))
_PROPERTY = (*_DATA, (":", "%3A"), (",", "%2C"))


def render(reports: Iterable[Report], setup: Setup) -> Iterator[str]:  # noqa: ARG001
    """A line a finding."""
    for document, findings in reports:
        lines = Lines(document.text)
        for finding in findings:
            (line, column), (end_line, end_column) = lines.place(finding.start), lines.place(finding.end)
            place = {"file": visible(document.path), "line": line}
            if line == end_line:  # columns of several lines are refused
                place |= {"endLine": end_line, "col": column, "endColumn": end_column}
            place["title"] = f"{finding.code} {finding.name}"
            properties = ",".join(f"{key}={_escaped(str(value), _PROPERTY)}" for key, value in place.items())
            yield f"::warning {properties}::{_escaped(visible(said(finding, lines)), _DATA)}\n"


def _escaped(text: str, table: tuple[tuple[str, str], ...]) -> str:
    for char, put in table:
        text = text.replace(char, put)
    return text
