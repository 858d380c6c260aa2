"""Findings -> text, one file each format: ``render(reports, setup)`` gives it piece by piece."""

from __future__ import annotations

from typing import NamedTuple

from texttool.document import Document
from texttool.finding import Finding
from texttool.rule import Rule


class Report(NamedTuple):
    """A document (its bytes may be left out) and what was found in it, in order of place."""

    document: Document
    findings: list[Finding]


class Setup(NamedTuple):
    """What a format may want to know of the run. ``unsafe``: fixes of unsafe rules count as fixes."""

    rules: tuple[Rule, ...] = ()
    colour: bool = False
    unsafe: bool = False


def fixable(finding: Finding, *, unsafe: bool = False) -> bool:
    """Whether the finding has a fix that would be made."""
    return finding.put != finding.found and (finding.safe or unsafe)
