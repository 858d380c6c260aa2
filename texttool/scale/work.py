"""What a worker does with one piece: it reads, cleans and writes it, and says what came of it.

Outputs have names of their piece and are written whole or not at all, the mark that the piece is done last: a piece
that is done twice, because a worker died or was slow, leaves the same files, and one that is not done leaves no mark.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

from texttool import store
from texttool.config import Options
from texttool.corpus import kinds
from texttool.errors import Failure
from texttool.lines import Lines
from texttool.scale.column import REJECTED, Column, Done
from texttool.scale.plan import Piece
from texttool.scale.rows import Batch, Rejected, batches
from texttool.scale.sink import Sinks


class Job(NamedTuple):
    """What all pieces of a run share. ``rows`` is jsonl or parquet, ``schema`` that of the rows as Arrow bytes."""

    options: Options
    column: str
    output: Path
    rows: str
    schema: bytes = b""
    lint: bool = False
    left: bool = False


class Worker:
    """Called with pieces. Made once a process: the pipeline is."""

    def __init__(self, job: Job) -> None:
        """Raises Failure."""
        self.job = job
        self.column = Column(job.options, lint=job.lint, left=job.left)

    def __call__(self, piece: Piece) -> str:
        """Does a piece. Gives its figures as JSON, or what failed: ``{"failure": …}``."""
        try:
            figures = self._done(piece)
            made = json.dumps(figures, ensure_ascii=False, sort_keys=True)
            store.replace(piece.mark(self.job.output), [made.encode()])
        except Failure as failure:
            return json.dumps({"piece": piece.number, "failure": str(failure)})
        return made

    def _done(self, piece: Piece) -> dict[str, Any]:
        count = Counter[str]()
        edits, found = Counter[str](), Counter[str]()
        with Sinks(self.job, piece) as sinks:
            for batch in batches(piece, self.job.options, self.job.column):
                done = self._cleaned(batch)
                self._put(sinks, batch, done, count)
                for one in done:
                    count[one.status] += one.status != REJECTED
                    edits.update(one.edits)
                    found.update(finding.code for finding in one.findings)
            count["rejected"] = sinks.written["rejected"]
        return {"piece": piece.number, **count, "edits": dict(edits), "findings": dict(found)}

    def _cleaned(self, batch: Batch) -> list[Done]:
        if batch.reads:
            return [self.column.document(read) for read in batch.reads]
        names = (f"{batch.source}:{number}:{self.job.column}" for number in batch.numbers)
        return list(self.column.each(zip(names, batch.texts, strict=True)))

    def _put(self, sinks: Sinks, batch: Batch, done: list[Done], count: Counter[str]) -> None:
        """Writes a batch: documents, and what is to be said of them."""
        bad = {at: one.reason for at, one in enumerate(done) if one.status == REJECTED}
        if not self.job.lint:
            bad |= sinks.documents(batch, done, bad)
        count["records"] += len(done) + len(batch.rejected)
        raws = [Rejected(_source(batch, at), batch.numbers[at], why, _raw(batch, at)) for at, why in bad.items()]
        for reject in (*batch.rejected, *raws):
            sinks.row("rejected", reject._asdict())
        for at, one in enumerate(done):
            if at not in bad:
                self._told(sinks, {"source": _source(batch, at), "record": batch.numbers[at]}, one)

    def _told(self, sinks: Sinks, place: dict[str, Any], one: Done) -> None:
        if one.findings and one.read:
            lines = Lines(one.read.text)
            for finding in one.findings:
                line, column = lines.place(finding.start)
                fields = finding._asdict() | {"line": line, "column": column}
                sinks.row("findings", place | {name: fields[name] for name in fields if name != "related"})
        if one.result and self.job.options.audit_beside:
            for stage, start, end, code, was, put, at in one.result.changes():
                edit = {"stage": stage, "code": code, "start": start, "end": end, "found": was, "put": put, "at": at}
                sinks.row("audit", place | edit)


def _source(batch: Batch, at: int) -> str:
    return batch.reads[at].path if batch.reads else batch.source


def _raw(batch: Batch, at: int) -> bytes:
    if batch.rows:
        return json.dumps(batch.rows[at], default=str).encode()
    return (batch.texts[at] or "").encode("utf-8", "surrogatepass")


def kind_of(pieces: list[Piece]) -> str:
    """The one kind that all pieces are of. Raises Failure where there are several."""
    found = sorted({piece.kind for piece in pieces})
    if len(found) > 1:
        raise Failure(f"a run on an engine has inputs of one kind, and these are {' and '.join(found)}")
    return found[0] if found else kinds.TEXT
