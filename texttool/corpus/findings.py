"""Lints documents one after another and writes the report as it comes."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from importlib import import_module
from pathlib import Path

from texttool import streams
from texttool.config import Options
from texttool.corpus.intake import FINDINGS, NOTHING, guarded, pipeline_of, read
from texttool.document import Document
from texttool.encodingfindings import of_bytes, with_bytes
from texttool.linting import findings
from texttool.pipeline import Finding, Pipeline
from texttool.walk import Input, walk


def lint(paths: tuple[Path, ...], options: Options, output_format: str) -> int:
    """Writes the findings of every document under ``paths`` in a format of ``texttool.report``. Gives the exit status.

    Raises Failure for an unknown rule, and where standard output cannot be written.
    """
    run = _Run(options, pipeline_of(options))
    render = import_module(f"texttool.report.{output_format}").render
    for piece in render(run.documents(walk(paths))):
        streams.out(piece.encode())
    return run.status


class _Run:
    """The exit status so far, while the documents are read one by one."""

    def __init__(self, options: Options, pipeline: Pipeline) -> None:
        self.options = options
        self.pipeline = pipeline
        self.status = NOTHING

    def documents(self, inputs: Iterator[Input]) -> Iterator[tuple[Document, list[Finding]]]:
        """Each document that could be read, with its findings."""
        for item in inputs:
            found: list[tuple[Document, list[Finding]]] = []
            self.status = max(self.status, guarded(item, partial(self._lint, item, found)))
            yield from found

    def _lint(self, item: Input, found: list[tuple[Document, list[Finding]]]) -> int:
        document = read(item, self.options).document
        if document is None:
            return NOTHING
        rules = self.pipeline.rules
        made = list(of_bytes(document, rules))
        if document.known:  # otherwise the text is not what somebody wrote
            made += findings(document.text, rules)
        made.sort(key=lambda finding: (finding.start, finding.end, finding.code))
        found.append((document, list(with_bytes(document, made))))
        return FINDINGS if found[0][1] else NOTHING
