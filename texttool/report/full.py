"""Findings for people, each with its line and a caret under what was found, counted in the cells of a terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from rich.cells import cell_len

from texttool.document import Document
from texttool.finding import Finding
from texttool.lines import Lines
from texttool.report import Report, Setup, fixable
from texttool.report.text import said
from texttool.visible import excerpt, visible

_BEFORE, _AFTER = 40, 80  # code points of a long line that are shown before the finding and from it on
_STYLES = {"place": "bold", "code": "bold red", "caret": "red", "aside": "cyan"}

Paint = Callable[[str, str], str]


def render(reports: Iterable[Report], setup: Setup) -> Iterator[str]:
    """The finding, its line with a caret, and what would be put there."""
    paint = _painted if setup.colour else _plain
    for document, findings in reports:
        lines = Lines(document.text)
        for finding in findings:
            yield _entry(document, finding, lines, paint, unsafe=setup.unsafe)


def _entry(document: Document, finding: Finding, lines: Lines, paint: Paint, *, unsafe: bool) -> str:
    line, column = lines.place(finding.start)
    margin = " " * len(str(line))
    bar = paint("|", "aside")
    before, rest = _line(document.text, finding.start)
    found = rest[: finding.end - finding.start]
    caret = " " * cell_len(visible(before)) + paint("^" * max(1, cell_len(visible(found))), "caret")
    place = paint(f"{visible(document.path)}:{line}:{column}", "place")
    made = [
        f"{place}: {paint(finding.code, 'code')} {said(finding, lines)}",
        f"{margin} {bar}",
        f"{paint(str(line), 'aside')} {bar} {visible(before + rest)}",
        f"{margin} {bar} {caret}",
    ]
    if finding.put != finding.found:
        how = "" if fixable(finding, unsafe=unsafe) else " (unsafe)"
        what = f"put {excerpt(finding.put, _AFTER)}" if finding.put else "remove it"
        made.append(f"{margin} {paint('=', 'aside')} fix{how}: {what}")
    return "\n".join(made) + "\n\n"


def _line(text: str, at: int) -> tuple[str, str]:
    """What of the line of ``at`` is shown before it, and from it on; a line break is found at the end of its line."""
    start = text.rfind("\n", 0, at) + 1
    end = text.find("\n", at)
    end = len(text) if end < 0 else end
    before, rest = text[start:at], text[at:end]
    before = f"…{before[-_BEFORE:]}" if len(before) > _BEFORE else before
    return before, f"{rest[:_AFTER]}…" if len(rest) > _AFTER else rest


def _plain(text: str, _role: str) -> str:
    return text


def _painted(text: str, role: str) -> str:
    from rich.color import ColorSystem
    from rich.style import Style

    return Style.parse(_STYLES[role]).render(text, color_system=ColorSystem.STANDARD)
