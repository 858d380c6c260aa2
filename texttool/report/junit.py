"""Findings as JUnit's XML: a suite a document, a failed case a finding; one case that passed where there is none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from texttool.lines import Lines
from texttool.report import Report, Setup
from texttool.report.text import said
from texttool.visible import visible


def render(reports: Iterable[Report], setup: Setup) -> Iterator[str]:  # noqa: ARG001
    """The suites. Characters that XML cannot hold are shown as their escapes."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="texttool">\n'
    for document, findings in reports:
        lines = Lines(document.text)
        name = _quoted(document.path)
        yield f'  <testsuite name="{name}" tests="{len(findings) or 1}" failures="{len(findings)}" errors="0">\n'
        for finding in findings:
            line, column = lines.place(finding.start)
            message = f"{finding.code} {said(finding, lines)}"
            yield (
                f'    <testcase classname="{name}" name="{finding.code} {line}:{column}" file="{name}" line="{line}">\n'
                f'      <failure type="{finding.code}" message="{_quoted(message)}">'
                f"{name}:{line}:{column}: {_quoted(message)}</failure>\n    </testcase>\n"
            )
        if not findings:
            yield f'    <testcase classname="{name}" name="texttool" file="{name}"/>\n'
        yield "  </testsuite>\n"
    yield "</testsuites>\n"


def _quoted(text: str) -> str:
    return escape(visible(text))
