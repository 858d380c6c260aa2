"""One document from its file to its output: what a worker does. Nothing here knows of the other documents."""

from __future__ import annotations

import codecs
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from texttool import store, streams
from texttool.config import Options
from texttool.corpus import kinds, large, manifest
from texttool.corpus.intake import FINDINGS, GUESS, NOTHING, Read, guarded, read
from texttool.corpus.outcome import Delivery, Outcome, counted, told
from texttool.corpus.perfile import PerFile
from texttool.document import Document
from texttool.encodingfindings import best_guess, kept
from texttool.errors import Failure
from texttool.lines import Lines
from texttool.pipeline import Result
from texttool.walk import Input


class Task(NamedTuple):
    """One input, where it goes, what an earlier run says of it, and its bytes where they are at hand already."""

    item: Input
    target: Path | None
    known: manifest.Entry | None = None
    data: bytes | Failure | None = None


class Job:
    """What all documents of a run share. Called with a task, it does all of it that needs no turn."""

    def __init__(
        self, options: Options, cleaner: Callable[[Document], Result], per_file: PerFile | None = None
    ) -> None:
        """``per_file`` has the pipeline of each document, where that is what ``cleaner`` runs."""
        self.options = options
        self.cleaner = cleaner
        self.per_file = per_file
        self.process = os.getpid()

    def __call__(self, task: Task | Callable[[Job], Any]) -> Any:
        """The outcome of a task; of anything else that is called with this job, what it gives."""
        if not isinstance(task, Task):
            return task(self)
        return self.watched(task.item, lambda: self._outcome(task), task.known, task.target)

    def watched(
        self, item: Input, work: Callable[[], Outcome], known: manifest.Entry | None, target: Path | None
    ) -> Outcome:
        """The outcome of ``work`` with what it said and how long it took; that of an earlier run, if it still holds."""
        began = time.perf_counter()
        said: list[str] = []
        found: list[Outcome] = []

        def begin() -> int:
            found.append((manifest.still(known, item, target) if known else None) or work())
            return found[0].status

        with streams.taken(said.append):
            status = guarded(item, begin)
        outcome = found[0] if found else Outcome(status, "failed", said[-1] if said else "")
        return outcome._replace(said=tuple(said), seconds=time.perf_counter() - began)

    def _outcome(self, task: Task) -> Outcome:
        if task.target is not None and kinds.of(task.item, self.options).format in kinds.RECORDS:
            from texttool.corpus.records.run import clean

            return clean(self, task.item, task.target, lambda parts: (part(self) for part in parts))
        if isinstance(task.data, Failure):
            raise task.data
        data = task.data
        if data is None and self._may_be_large(task):
            outcome, data = large.attempt(task.item, task.target, self.per_file, self.options)
            if outcome:
                return outcome
        got = read(task.item, self.options, data)
        if got.document is None or not got.document.known:
            return self._pass_on(got, task.target)
        return self._clean(got, got.document, task)

    def _may_be_large(self, task: Task) -> bool:
        """Whether it is worth a look; a worker has no standard output to write to piece by piece."""
        here = task.target is not None or os.getpid() == self.process
        return here and kinds.of(task.item, self.options) == kinds.PLAIN and not task.item.refusal

    def _pass_on(self, got: Read, target: Path | None) -> Outcome:
        """What is no text, or in no encoding that is known, goes as it came, and is left where it is."""
        out = target is None and not (self.options.check or self.options.diff)
        binary = got.document is None
        if got.document is not None:
            guess = best_guess(got.document)
            streams.say(f"{got.document.path}: no encoding explains its bytes ({guess}), left as it is")
        return Outcome(
            NOTHING if binary else FINDINGS,
            "skipped",
            "binary" if binary else "of unknown encoding",
            **self._digests(got.data),
            delivery=Delivery(self._for_stdout(got, got.data), None) if out else None,
        )

    def _clean(self, got: Read, document: Document, task: Task) -> Outcome:
        result = self.cleaner(document)
        to, output = self._encoded(document, result)
        changed = output != document.data
        made, left = counted(result) if told(self.options, task.target) else ({}, {})
        if self.options.guess:
            _list_guesses(document, result)
        status = _undecodable(document)
        outcome = Outcome(
            max(status, FINDINGS if changed and (self.options.check or self.options.diff) else NOTHING),
            "cleaned" if changed else "unchanged",
            **self._digests(got.data),
            encoding=document.encoding,
            made=made,
            left=left,
        )
        if self.options.diff or self.options.check:
            return outcome._replace(delivery=self._shown(document, result, changed=changed))
        return self._deliver(outcome, got, output, task, self._trail(document, result, output, to))

    def _shown(self, document: Document, result: Result, *, changed: bool) -> Delivery | None:
        """What ``--diff`` and ``--check`` say."""
        if not self.options.diff:
            if changed and not self.options.quiet:
                streams.say(f"{document.path}: would be changed")
            return None
        from texttool.diff import unified

        patch = unified(document, result.edits())
        if changed and not patch:
            streams.say(f"{document.path}: only its encoding would be changed")
        return Delivery(patch, None)

    def _trail(self, document: Document, result: Result, output: bytes, to: str) -> bytes:
        if not (self.options.audit or self.options.audit_beside):
            return b""
        from texttool import audit
        from texttool.corpus import packing, trails

        how = trails.how_packed(self.options.audit)
        return b"".join(packing.packed(audit.record(document, result, output, to), how, self.options.audit))

    def _deliver(self, outcome: Outcome, got: Read, output: bytes, task: Task, trail: bytes) -> Outcome:
        """Writes what may be written now; what needs its turn goes back to the parent."""
        options, target = self.options, task.target
        changed = outcome.kind == "cleaned"
        state = got.source.state if got.source else None
        if target is None:
            return outcome._replace(trail=trail, delivery=Delivery(self._for_stdout(got, output), None))
        how = kinds.by_name(target.name).packed
        if not changed and how == got.packed and not options.in_place:
            written = got.data  # packed as it came
        else:
            written = _packed(output, how, target)
        if self._digested():
            outcome = outcome._replace(size_out=len(written), sha256_out=manifest.sha256(written))
        if options.audit_beside and (changed or not options.in_place):
            from texttool.corpus import trails

            trails.add_beside(target, trail)
        if options.in_place and not changed:
            return outcome._replace(trail=trail, size_out=len(got.data), sha256_out=outcome.sha256_in)
        if options.audit:
            return outcome._replace(trail=trail, delivery=Delivery(written, state if options.in_place else None))
        self.write(target, written, state)
        return outcome

    def write(self, target: Path, data: bytes, state: os.stat_result | None) -> None:
        """Puts an output where it belongs; the run settles it with the others when all are there. Raises Failure."""
        if not self.options.in_place:
            store.make_folder(target.parent)
        was = state if self.options.in_place else None
        store.write(target, data, was=was, break_links=self.options.break_links, lasting=False)

    def _for_stdout(self, got: Read, output: bytes) -> bytes:
        state = got.source.state if got.source else streams.stdin_state() if got.path == "-" else None
        if state and streams.is_stdout(state):
            raise Failure("is input and output at once; -i rewrites in place", got.path)
        return output

    def _digested(self) -> bool:
        return self.options.manifest is not None

    def _digests(self, data: bytes) -> dict[str, Any]:
        return {"size_in": len(data), "sha256_in": manifest.sha256(data) if self._digested() else ""}

    def _encoded(self, document: Document, result: Result) -> tuple[str, bytes]:
        """The encoding of the output, and its bytes: those of the input where no rule changes anything.

        Raises Failure where a rewrite in the same encoding would alter bytes that no rule touches; a file is not
        rewritten in such an encoding even where there is nothing to change, so that it never depends on that.
        """
        to = document.encoding if self.options.to == "same" else self.options.to
        try:
            same = self.options.to == "same" or codecs.lookup(to) == codecs.lookup(document.encoding)
        except LookupError:
            same = False  # encode says so, with the name
        alone = self.options.to == "same" or not document.parts
        if same and alone and not self.options.in_place and not any(stage.applied for stage in result.stages):
            return to, document.data
        if document.parts and self.options.to == "same":
            raise Failure("is in more than one encoding: give one with --to", document.path)
        if same and not document.parts and not document.exact:
            raise Failure(f"{to} does not give the same bytes again; --to utf-8 loses nothing", document.path)
        return to, document.encode(result.text, to)


def _packed(output: bytes, how: str, target: Path) -> bytes:
    if not how:
        return output
    from texttool.corpus import packing

    return b"".join(packing.packed([output], how, target))


def _list_guesses(document: Document, result: Result) -> None:
    """Names every place where text was guessed: nobody should take a guess for what stood there."""
    lines = Lines(document.text)
    for finding in result.findings():
        if finding.code == GUESS:
            line, column = lines.place(finding.start)
            streams.say(f"{document.path}:{line}:{column}: {finding.code} {finding.message}")


def _undecodable(document: Document) -> int:
    """Tells of bytes that could not be decoded: they are in the output as they were, and somebody should look."""
    found = document.undecodable()
    if not found:
        return NOTHING
    count, at = found
    line, column = Lines(document.text).place(at)
    where = f"{document.path}:{line}:{column}"
    streams.say(kept(where, document.width(0, at), count, document.encoding))
    return FINDINGS
