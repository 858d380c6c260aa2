"""What lint finds in the strings of JSON lines, with the places in the file."""

from __future__ import annotations

import re
from collections.abc import Iterator

from texttool.config import Options
from texttool.corpus import kinds
from texttool.corpus.records.jsonlines import reason_of
from texttool.corpus.records.jsonspans import String, record, tree
from texttool.document import Document
from texttool.edits import Span
from texttool.finding import Finding
from texttool.linting import Found, Lint

# What stands for one character in a literal (RFC 8259, clause 7): two escapes for one beyond the basic plane.
_CHARACTER = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.|.", re.DOTALL
)


def findings(document: Document, options: Options, lint: Lint, most: int | None) -> tuple[Found, list[str]]:
    """The findings in the wanted fields (all, or the first ``most``), and a line for each line that is no record."""
    wanted, made, bad = tree(kinds.fields(options)), list[Finding](), list[str]()
    total = 0
    for number, (start, end) in enumerate(_lines(document.text), 1):
        row = document.text[start:end]
        try:
            found, _ = record(row, wanted)
        except (ValueError, RecursionError) as error:
            bad.append(f"{document.path}:{number}: {reason_of(error)}")
            continue
        for one in found:
            got = lint.look(one.value, most=None if most is None else most - len(made))
            total += got.total
            made += _placed(got.first, row, one, start)
    return Found(made, total), bad


def _lines(text: str) -> Iterator[Span]:
    """The spans of lines without their LF: no other character ends one."""
    at = 0
    while at < len(text):
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        yield at, end
        at = end + 1


def _placed(found: list[Finding], row: str, string: String, start: int) -> Iterator[Finding]:
    """Findings in the value of a string that stands in the line at ``start``: where they are in the text."""
    if not found:
        return
    begin = string.start + 1
    places = [begin + m.start() for m in _CHARACTER.finditer(row[begin : string.end - 1])]
    places.append(string.end - 1)
    for finding in found:
        spans = (finding[1:3], *finding.related)
        (s, e), *related = [(start + places[a], start + places[b]) for a, b in spans]
        yield finding._replace(start=s, end=e, related=tuple(related))
