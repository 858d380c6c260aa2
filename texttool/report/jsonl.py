"""Findings as JSON objects, one a line, with the fields of the JSON array."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from texttool.report import Report, Setup
from texttool.report.json import lines_of


def render(reports: Iterable[Report], setup: Setup) -> Iterator[str]:  # noqa: ARG001
    """A line a finding, as soon as its document has been read."""
    return (f"{line}\n" for line in lines_of(reports))
