"""One document: what is found in it, and what of that is mended."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from texttool import store, streams
from texttool.config import Options
from texttool.corpus import kinds
from texttool.corpus.intake import FAILED, FINDINGS, NOTHING, Read, guarded, pipeline_of, read
from texttool.corpus.perfile import PerFile, mark, of_comments
from texttool.document import Document
from texttool.encodingfindings import of_bytes, with_bytes
from texttool.errors import Failure
from texttool.finding import PLACE, Finding
from texttool.guard import Guard
from texttool.linting import Found, Lint
from texttool.markup import Marked
from texttool.pipeline import Pipeline
from texttool.rule import Rule
from texttool.walk import Input


class Checked(NamedTuple):
    """What became of one input: ``document`` is None where it was not read; its bytes are left out.

    ``omitted`` is how many findings were not made, beyond as many as are asked for. ``output`` are bytes for standard
    output, a patch or a mended standard input; ``said`` are lines for people.
    """

    status: int
    document: Document | None = None
    findings: list[Finding] = []  # noqa: RUF012 - never changed
    omitted: int = 0
    output: bytes = b""
    said: tuple[str, ...] = ()


class Checker:
    """The lint of a run: made once, and then told of one input after another."""

    def __init__(self, options: Options) -> None:
        self.options = options
        pipeline = pipeline_of(options)
        self.pipeline = Pipeline(pipeline.rules, options.unsafe_fixes or options.unsafe)
        self.per_file = PerFile(options, self.pipeline)
        self._lint = Lint(self.pipeline.rules, unsafe=self.pipeline.unsafe)
        every = options.statistics or options.baseline or options.write_baseline
        self._most = None if every else options.max_findings

    def check(self, item: Input) -> Checked:
        """Reads, mends where that is asked for, and lints one input; what goes wrong is among what is said."""
        said: list[str] = []
        made: list[Checked] = []
        with streams.taken(said.append):
            status = guarded(item, partial(self._check, item, made))
        checked = made[0] if made else Checked(status)
        return checked._replace(said=tuple(said))

    def check_all(self, items: Sequence[Input]) -> list[Checked]:
        """Several inputs, one after another."""
        return list(map(self.check, items))

    def _check(self, item: Input, made: list[Checked]) -> int:
        got = read(item, self.options)
        if got.document is None:
            return NOTHING
        pipeline = self.per_file.pipeline_of(got.document.path)
        kind = kinds.of(item, self.options).format
        if kind in kinds.RECORDS:
            made.append(self._records(got.document, pipeline, kind))
        elif self.options.diff:
            made.append(self._patched(got.document, pipeline))
        else:
            made.append(self._linted(got, pipeline))
        return made[0].status

    def _patched(self, document: Document, pipeline: Pipeline) -> Checked:
        patch = b""
        if document.known:
            from texttool.diff import unified

            patch = unified(document, pipeline.run(document.text, mark(document)[0]).edits())
        return Checked(FINDINGS if patch else NOTHING, output=patch)

    def _records(self, document: Document, pipeline: Pipeline, kind: str) -> Checked:
        """What is found in JSON lines; other records, and their mending, are the work of ``clean``."""
        if kind != "jsonl" or not document.known or self.options.diff:
            streams.say(f"{document.path}: records that lint does not read; `texttool clean --check` or --diff does")
            return Checked(NOTHING)
        from texttool.corpus.recordfindings import findings

        found, bad = findings(document, self.options, self._lint_of(pipeline), self._most)
        for line in bad:
            streams.say(f"{line}; not linted")
        if self.options.fix and any(finding.put != finding.found for finding in found.first):
            streams.say(f"{document.path}: --fix leaves records as they are; `texttool clean -i` mends them")
        status = FINDINGS if found.first else NOTHING
        return Checked(
            FAILED if bad else status, document._replace(data=b""), found.first, found.total - len(found.first)
        )

    def _lint_of(self, pipeline: Pipeline) -> Lint:
        return self._lint if pipeline is self.pipeline else Lint(pipeline.rules, unsafe=pipeline.unsafe)

    def _linted(self, got: Read, pipeline: Pipeline) -> Checked:
        document, output = got.document, b""
        assert document is not None
        if self.options.fix:
            document = self._mended(got, document, pipeline)
            output = document.data if got.source is None else b""
        made, guard, marked = Found([], 0), None, None
        if document.known:  # otherwise the text is not what somebody wrote
            guard, marked = mark(document)
            made = self._lint_of(pipeline).look(document.text, guard, self._most)
        found = assembled(document, pipeline.rules, made.first, guard, marked)
        # The bytes stay here, and so does a text that nothing is said of: another process may be waiting for this.
        document = document._replace(data=b"", text=document.text if found else "")
        return Checked(FINDINGS if found else NOTHING, document, found, made.total - len(made.first), output)

    def _mended(self, got: Read, document: Document, pipeline: Pipeline) -> Document:
        """The document with its fixes made, in its own encoding; written where it is a file. Raises Failure."""
        if not document.known:
            return document
        result = pipeline.run(document.text, mark(document)[0])
        text = result.text
        if text == document.text:
            return document
        if document.parts:
            raise Failure("is in more than one encoding; `texttool clean` makes it one", document.path)
        if not document.exact:
            raise Failure(
                f"{document.encoding} does not give the same bytes again; `texttool clean` writes UTF-8", document.path
            )
        data = document.encode(text)
        if got.source is not None:
            store.write(Path(got.path), data, was=got.source)
            count = sum(len(stage.edits) for stage in result.stages if stage.applied)
            if not self.options.quiet:
                streams.say(f"{document.path}: {count} {'fix' if count == 1 else 'fixes'} made")
        return document._replace(text=text, data=data)


def assembled(
    document: Document, rules: Sequence[Rule], made: Iterable[Finding], guard: Guard | None, marked: Marked | None
) -> list[Finding]:
    """All that is found in a document, in order of place: in its bytes, in its text (``made``), in its comments.

    ``guard`` and ``marked`` are those that the rules ran with, where it has any.
    """
    found = [*of_bytes(document, rules), *made]
    if guard and marked:
        found += of_comments(document.text, marked, guard, rules)
    found.sort(key=PLACE)
    return list(with_bytes(document, found))
