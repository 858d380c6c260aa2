"""Cleans documents one after another: each is written whole or not at all, and a bad one does not stop the rest."""

from __future__ import annotations

import codecs
import contextlib
import os
from collections import Counter
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path
from typing import BinaryIO

from texttool import store, streams
from texttool.config import Options
from texttool.corpus.intake import FAILED, FINDINGS, NOTHING, Read, guarded, pipeline_of, read
from texttool.corpus.target import targets
from texttool.diff import unified
from texttool.document import Document
from texttool.encodingfindings import best_guess
from texttool.errors import Failure
from texttool.lines import Lines
from texttool.pipeline import Pipeline, Result
from texttool.walk import Input, walk


def clean(paths: tuple[Path, ...], options: Options, pipeline: Pipeline | None = None) -> int:
    """Cleans every document under ``paths`` and puts it where ``options`` say. Gives the exit status: the worst one.

    The pipeline is the one that ``options`` select, where none is given.

    Raises Failure where the options do not fit the paths, and where standard output cannot be written.
    """
    inputs = list(walk(paths))
    run = _Run(options, pipeline or pipeline_of(options))
    where = targets(paths, inputs, options)
    with _journal(options, inputs, where) as run.trail:
        endings = [guarded(item, partial(run.clean, item, to)) for item, to in zip(inputs, where, strict=True)]
    run.files["failed"] += endings.count(FAILED)
    if options.verbose or (any(where) and not options.quiet):
        run.summary()
    return max(endings, default=NOTHING)


def _journal(
    options: Options, inputs: list[Input], where: list[Path | None]
) -> AbstractContextManager[BinaryIO | None]:
    """The audit trail to write to, behind what it holds. Raises Failure where it would take the place of a text."""
    path = options.audit
    if path is None:
        return contextlib.nullcontext()
    if options.check or options.diff:
        raise Failure("--audit records edits, and --check and --diff make none")
    texts = [item.path for item in inputs if not item.is_stdin] + [target for target in where if target]
    if os.path.realpath(path) in set(map(os.path.realpath, texts)):
        raise Failure("is a text and the audit trail at once", path)
    from texttool import audit

    if path.exists() and not audit.is_trail(store.read(path).data or audit.EMPTY):
        raise Failure("is there, and is no audit trail; not written", path)
    return store.journal(path)


class _Run:
    """What the documents of one run share: the options, the pipeline, the audit trail and the figures."""

    def __init__(self, options: Options, pipeline: Pipeline) -> None:
        self.options = options
        self.pipeline = pipeline
        self.trail: BinaryIO | None = None
        self.files = Counter[str]()
        self.made = Counter[tuple[str, str]]()
        self.left = Counter[tuple[str, str]]()

    def clean(self, item: Input, target: Path | None) -> int:
        """Cleans one document. Raises Failure."""
        got = read(item, self.options)
        if got.document is None or not got.document.known:
            return self._pass_on(got, target)
        result = self.pipeline.run(got.document.text)
        to = self._encoding(got.document)
        output = got.document.encode(result.text, to)
        status = self._deliver(got, result, output, to, target)
        self._count(result, changed=output != got.data)
        return max(status, _undecodable(got.document))

    def _pass_on(self, got: Read, target: Path | None) -> int:
        """What is no text, or in no encoding that is known, goes as it came, and is left where it is."""
        self.files["skipped"] += 1
        if target is None and not (self.options.check or self.options.diff):
            self._out(got)
        if got.document is None:
            return NOTHING
        streams.say(f"{got.document.path}: no encoding explains its bytes ({best_guess(got.document)}), left as it is")
        return FINDINGS

    def _encoding(self, document: Document) -> str:
        """The encoding of the output. Raises Failure where a rewrite in it would alter bytes that no rule touches."""
        to = document.encoding if self.options.to == "same" else self.options.to
        try:
            same = codecs.lookup(to) == codecs.lookup(document.encoding)
        except LookupError:
            return to  # encoding says so, with the name
        if document.parts and self.options.to == "same":
            raise Failure("is in more than one encoding: give one with --to", document.path)
        if same and not document.parts and not document.exact:
            raise Failure(f"{to} does not give the same bytes again; --to utf-8 loses nothing", document.path)
        return to

    def _deliver(self, got: Read, result: Result, output: bytes, to: str, target: Path | None) -> int:
        document, options = got.document, self.options
        assert document is not None
        changed = output != got.data
        if options.diff:
            patch = unified(document, result.edits())
            streams.out(patch)
            if changed and not patch:
                streams.say(f"{document.path}: only its encoding would be changed")
            return FINDINGS if changed else NOTHING
        if options.check:
            if changed and not options.quiet:
                streams.say(f"{document.path}: would be changed")
            return FINDINGS if changed else NOTHING
        if self.trail:
            from texttool import audit

            self.trail.writelines(audit.record(document, result, output, to))
        if target is None:
            self._out(got, output)
        else:
            self._write(got, output, target)
        return NOTHING

    def _write(self, got: Read, output: bytes, target: Path) -> None:
        if self.trail:  # on the disk before the source is gone
            store.sync(self.trail)
        if not self.options.in_place:
            store.make_folder(target.parent)
        store.write(target, output, was=got.source if self.options.in_place else None)

    def _out(self, got: Read, output: bytes | None = None) -> None:
        state = got.source.state if got.source else streams.stdin_state()
        if state and streams.is_stdout(state):
            raise Failure("is input and output at once; -i rewrites in place", got.path)
        streams.out(got.data if output is None else output)

    def _count(self, result: Result, *, changed: bool) -> None:
        self.files["cleaned" if changed else "unchanged"] += 1
        for rule, edits, applied in result.stages:
            (self.made if applied else self.left)[rule.code, rule.name] += len(edits)

    def summary(self) -> None:
        """Says how many files were what, and the edits and findings by rule."""
        if self.files.total() == self.files["failed"]:
            return  # each has said so
        streams.say(", ".join(f"{count} {what}" for what, count in self.files.items() if count))
        for one, many, counts in (("edit", "edits", self.made), ("finding", "findings", self.left)):
            if counts:
                what = one if counts.total() == 1 else many
                streams.say(f"{counts.total()} {what}{' left to a reader' if counts is self.left else ''}:")
                for (code, name), count in sorted(counts.items()):
                    streams.say(f"  {count:>8}  {code} {name}")


def _undecodable(document: Document) -> int:
    """Tells of bytes that could not be decoded: they are in the output as they were, and somebody should look."""
    found = document.undecodable()
    if not found:
        return NOTHING
    count, at = found
    line, column = Lines(document.text).place(at)
    streams.say(
        f"{document.path}:{line}:{column}: byte {document.width(0, at)}: {count} bytes that {document.encoding} "
        "cannot decode, kept"
    )
    return FINDINGS
