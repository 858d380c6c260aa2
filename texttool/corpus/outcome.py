"""What became of one document: a small value that a worker hands back, and the figures of many."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from texttool.config import Options
from texttool.pipeline import Result

Counts = dict[tuple[str, str], int]  # (code, name) of a rule -> edits or findings


class Delivery(NamedTuple):
    """Bytes that only the parent may put where they belong, in their turn, behind the document's trail."""

    output: bytes | None
    state: os.stat_result | None  # of the file that is rewritten


class Outcome(NamedTuple):
    """``kind`` is cleaned, unchanged, skipped, failed or done (by an earlier run); ``why`` says why not."""

    status: int
    kind: str
    why: str = ""
    said: tuple[str, ...] = ()
    size_in: int = 0
    size_out: int = 0
    sha256_in: str = ""
    sha256_out: str = ""
    encoding: str = ""
    seconds: float = 0.0
    records: int = 0
    rejected: int = 0
    made: Counts = {}  # noqa: RUF012 - never changed
    left: Counts = {}  # noqa: RUF012
    trail: bytes = b""
    delivery: Delivery | None = None


class Figures:
    """The figures of a run so far."""

    def __init__(self) -> None:
        self.files = Counter[str]()
        self.why = Counter[str]()
        self.made = Counter[tuple[str, str]]()
        self.left = Counter[tuple[str, str]]()
        self.records = Counter[str]()

    def add(self, outcome: Outcome) -> None:
        """Counts one document."""
        self.files[outcome.kind] += 1
        if outcome.kind == "skipped":
            self.why[outcome.why] += 1
        self.made.update(outcome.made)
        self.left.update(outcome.left)
        self.records.update({"records": outcome.records, "rejected": outcome.rejected})

    def lines(self) -> list[str]:
        """The summary; nothing where every document failed, for each has said so."""
        if self.files.total() == self.files["failed"]:
            return []
        kinds = (("cleaned", ""), ("unchanged", ""), ("skipped", self._reasons()), ("done", " before"), ("failed", ""))
        made = [", ".join(f"{self.files[kind]} {kind}{more}" for kind, more in kinds if self.files[kind])]
        if self.records["records"]:
            rejected = f", {self.records['rejected']} rejected" if self.records["rejected"] else ""
            made.append(f"{self.records['records']} records{rejected}")
        for one, many, counts in (("edit", "edits", self.made), ("finding", "findings", self.left)):
            if counts:
                what = one if counts.total() == 1 else many
                made.append(f"{counts.total()} {what}{' left to a reader' if counts is self.left else ''}:")
                made += [f"  {count:>8}  {code} {name}" for (code, name), count in sorted(counts.items())]
        return made

    def _reasons(self) -> str:
        known = sorted((why, count) for why, count in self.why.items() if why)
        return f" ({', '.join(f'{count} {why}' for why, count in known)})" if known else ""


def told(options: Options, target: Path | None) -> bool:
    """Whether anybody is told how many edits were made: to count those of a conversion, they have to be found."""
    return bool(options.verbose or options.manifest or (target and not options.quiet))


def counted(result: Result) -> tuple[Counts, Counts]:
    """The edits made and the findings left, by rule."""
    made, left = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for rule, edits, applied in result.stages:
        (made if applied else left)[rule.code, rule.name] += len(edits)
    return dict(made), dict(left)
