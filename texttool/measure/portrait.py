"""All that is measured of one text: what ``doctor`` draws and ``report`` shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

from texttool.document import Document
from texttool.filters.decode import Detection
from texttool.finding import Finding
from texttool.measure import encoding
from texttool.measure.fitting import fitting
from texttool.measure.page import Page, page_of
from texttool.measure.passage import Passage, most_changed
from texttool.measure.tally import Tally, tally
from texttool.pipeline import Result
from texttool.rulebook import load

_PAGE = 1 << 20  # code points that a layout is told from


class Portrait(NamedTuple):
    """One text. ``encoding`` is what ``encoding.told`` gives, ``edits`` how many edits of each code ``clean`` makes.

    ``recipe`` is None where nothing was found, or none mends as much as ``clean`` does without one.
    """

    path: str
    size: int  # bytes
    text: str
    encoding: dict[str, Any]
    page: Page
    tally: Tally
    findings: Sequence[Finding]
    edits: Counter[str]
    passages: Sequence[Passage]
    recipe: str | None

    def of(self, family: str) -> list[Finding]:
        """The findings of a family of rules, or of several: codes begin with one of the names, parted by spaces."""
        names = tuple(family.split())
        return [finding for finding in self.findings if finding.code.startswith(names)]

    def counts(self) -> Counter[str]:
        """How many findings there are of each code."""
        return Counter(finding.code for finding in self.findings)


def portrait(
    document: Document,
    guess: Detection,
    result: Result,
    findings: Sequence[Finding],
    passages: int = 3,
    recipe: str | None = None,
) -> Portrait:
    """The portrait of a document whose cleaning gave ``result``; ``findings`` are those, with those of its bytes.

    ``recipe`` is the one that it was cleaned by, where one was chosen already.
    """
    text, edits = document.text, Counter[str]()
    for stage in result.stages:
        edits[stage.rule.code] += len(stage.edits) if stage.applied else 0
    edits = +edits
    return Portrait(
        document.path,
        len(document.data),
        text,
        encoding.told(document.data, guess, document),
        page_of(text[:_PAGE]),
        tally(text),
        findings,
        edits,
        most_changed(result, passages),
        (recipe if findings else None) or fitting(Counter(finding.code for finding in findings), edits, result.text),
    )


def troubles(codes: Counter[str]) -> Counter[str]:
    """Findings by kind of trouble, in the words of ``rules/tables/troubles.toml``."""
    made = Counter[str]()
    for code, count in codes.items():
        for name, families in load("tables/troubles").items():
            if code.startswith(tuple(families)):
                made[name] += count
    return made
