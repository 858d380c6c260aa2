"""Where a finding is, in the numbers that formats for programs use; and a name for it that outlives other edits."""

from __future__ import annotations

from hashlib import sha256

from texttool.edits import Span
from texttool.finding import Finding
from texttool.lines import Lines

CONTEXT = 20  # code points of its line on each side that tell one finding from another


def region(span: Span, lines: Lines) -> dict[str, int]:
    """``line column end_line end_column``: from 1, in code points, ends exclusive."""
    line, column = lines.place(span[0])
    end_line, end_column = lines.place(span[1])
    return {"line": line, "column": column, "end_line": end_line, "end_column": end_column}


def fingerprint(finding: Finding, text: str) -> str:
    """A hash of the code, what was found, and the text around it up to the ends of its lines.

    Lines that are put in above or below do not change it; two findings may share it.
    """
    before = text[max(0, finding.start - CONTEXT) : finding.start].rpartition("\n")[2]
    after = text[finding.end : finding.end + CONTEXT].partition("\n")[0]
    parts = "\0".join((finding.code, before, finding.found, after))
    return sha256(parts.encode("utf-8", "surrogatepass")).hexdigest()[:16]
