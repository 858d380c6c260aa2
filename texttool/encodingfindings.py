"""What lint says of a document's bytes: where they are, and in what encoding they were read (``EN``)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from texttool.document import Document
from texttool.finding import Finding
from texttool.rule import Rule
from texttool.visible import excerpt

UNDECODABLE, FOREIGN, NOT_UTF8, DOUBTFUL = "EN101", "EN102", "EN103", "EN104"
_PLAIN = ("utf-8", "ascii")


def of_bytes(document: Document, rules: Sequence[Rule]) -> Iterator[Finding]:
    """The findings of the rules among ``rules`` that look at bytes and not at the text."""
    if not document.parts and document.known and document.encoding in _PLAIN:
        return
    chosen = {rule.code: rule for rule in rules}
    if FOREIGN in chosen:
        for start, end, encoding in document.parts:
            yield _finding(chosen[FOREIGN], document, start, end, encoding)
    if NOT_UTF8 in chosen and document.known and document.encoding not in _PLAIN:
        yield _finding(chosen[NOT_UTF8], document, 0, 0, document.encoding)
    if DOUBTFUL in chosen and not document.known:
        yield _finding(chosen[DOUBTFUL], document, 0, 0, best_guess(document))


def best_guess(document: Document) -> str:
    """The encoding that comes nearest, with how likely it is."""
    return f"{document.encoding}, {document.confidence:.2f}" if document.confidence else "none comes near"


def kept(where: str, byte: int, count: int, encoding: str) -> str:
    """What is said of bytes that no character claims: the place of the first, its offset in the file, and how many."""
    return f"{where}: byte {byte}: {count} bytes that {encoding} cannot decode, kept"


def with_bytes(document: Document, findings: Iterable[Finding]) -> Iterator[Finding]:
    """The findings, in order of place; those of undecodable bytes say at which byte of the file they stand."""
    at = offset = 0
    for finding in findings:
        if finding.code == UNDECODABLE:
            offset += document.width(at, finding.start)
            at = finding.start
            finding = finding._replace(message=f"{finding.message} (byte {offset}, read as {document.encoding})")
        yield finding


def _finding(rule: Rule, document: Document, start: int, end: int, encoding: str) -> Finding:
    found = document.text[start:end]
    message = rule.message.format(found=excerpt(found), put=encoding)
    return Finding(rule.code, start, end, found, found, message, rule.name, rule.safe)
