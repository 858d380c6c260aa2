"""Findings for people and editors: ``path:line:col: CODE message``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from texttool.finding import Finding
from texttool.lines import Lines
from texttool.report import Report, Setup
from texttool.visible import visible


def render(reports: Iterable[Report], setup: Setup) -> Iterator[str]:  # noqa: ARG001
    """One line a finding; places that explain it (the other copies of a duplicate) stand behind the message."""
    for document, findings in reports:
        if not findings:
            continue
        lines = Lines(document.text)
        name = visible(document.path)
        for finding in findings:
            line, column = lines.place(finding.start)
            yield f"{name}:{line}:{column}: {finding.code} {said(finding, lines)}\n"


def said(finding: Finding, lines: Lines, most: int = 3) -> str:
    """The message; with the lines of a finding that has several, and the first places that it refers to."""
    if not finding.related:
        return finding.message
    own = _span(lines, finding.start, finding.end)
    places = [_span(lines, start, end) for start, end in finding.related[:most]]
    more = len(finding.related) - most
    see = f"see {', '.join(places)}{f' and {more} more' if more > 0 else ''}"
    return f"{finding.message} ({f'{own}, ' if '-' in own else ''}{see})"


def _span(lines: Lines, start: int, end: int) -> str:
    first, last = lines.place(start)[0], lines.place(max(start, end - 1))[0]
    return f"line {first}" if first == last else f"lines {first}-{last}"
