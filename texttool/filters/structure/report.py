"""Findings without a fix, and the other places that explain them."""

from __future__ import annotations

from collections.abc import Iterable

from texttool.edits import Edits, Span

Finding = tuple[Span, Span | None]  # where it is, and the other place that explains it (code points)


def reported(text: str, findings: Iterable[Finding]) -> Edits:
    """Edits that put back what they found at each finding's span, related to its other place."""
    ordered = sorted(findings, key=lambda finding: finding[0])
    edits = Edits.of((start, end, text[start:end]) for (start, end), _ in ordered)
    edits.related = {i: (other,) for i, (_, other) in enumerate(ordered) if other}
    return edits
