"""Findings counted by rule, the most frequent first: as lines for people or as JSON."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator

from texttool.report import Report, Setup, fixable


def render(reports: Iterable[Report], setup: Setup) -> Iterator[str]:
    """``count  CODE name``; behind it how many of them have a fix."""
    for code, name, count, fixes in _counted(reports, setup):
        yield f"{count:>8}  {code} {name}{f' ({fixes} fixable)' if fixes else ''}\n"


def render_json(reports: Iterable[Report], setup: Setup) -> Iterator[str]:
    """An array of ``code name count fixable``."""
    keys = ("code", "name", "count", "fixable")
    rows = [dict(zip(keys, row, strict=True)) for row in _counted(reports, setup)]
    yield f"{json.dumps(rows, indent=2)}\n"


def _counted(reports: Iterable[Report], setup: Setup) -> list[tuple[str, str, int, int]]:
    counts, fixes = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for report in reports:
        for finding in report.findings:
            counts[finding.code, finding.name] += 1
            fixes[finding.code, finding.name] += fixable(finding, unsafe=setup.unsafe)
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return [(*rule, count, fixes[rule]) for rule, count in ordered]
