"""One document: what is found in it, and what of that is mended."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
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
from texttool.last import SMALL
from texttool.linting import Found, Lint
from texttool.markup import Marked
from texttool.pipeline import Pipeline
from texttool.rule import Rule
from texttool.walk import Input

TOGETHER = 32  # small texts that are linted together: more gain nothing


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


class _Text(NamedTuple):
    """A text that is to be linted, and what holds for it; ``output`` is as in `Checked`."""

    document: Document
    pipeline: Pipeline
    guard: Guard | None
    marked: Marked | None
    output: bytes


@dataclass(slots=True)
class _Begun:
    """What has become of one input so far: ``text`` waits for others to be linted with, ``made`` is there or empty."""

    item: Input
    said: list[str]
    made: list[Checked]
    text: _Text | None = None
    status: int = NOTHING

    def checked(self) -> Checked:
        """What became of it."""
        made = self.made[0] if self.made else Checked(self.status)
        return made._replace(said=tuple(self.said)) if self.said else made


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
        return next(self.check_all((item,)))

    def check_all(self, items: Iterable[Input]) -> Iterator[Checked]:
        """As ``check``, of one input after another: small texts on end are read before they are linted, together."""
        waiting: list[_Begun] = []
        for item in items:
            one = _Begun(item, [], [])
            one.status = self._go_on(one, partial(self._begin, one))
            waiting.append(one)
            if one.text is None or len(waiting) == TOGETHER:
                yield from self._together(waiting)
                waiting = []
        yield from self._together(waiting)

    def _together(self, begun: Sequence[_Begun]) -> Iterator[Checked]:
        """Lints the texts that wait for that, and gives what became of each input."""
        left = [(one, one.text) for one in begun if one.text]
        texts, guards = [text.document.text for _, text in left], [text.guard for _, text in left]
        for (one, text), made in zip(left, self._lint.look_at_all(texts, guards, self._most), strict=True):
            one.status = self._go_on(one, partial(self._end, one, text, made))
        return (one.checked() for one in begun)

    def _go_on(self, one: _Begun, work: Callable[[], int]) -> int:
        with streams.taken(one.said.append):
            return guarded(one.item, work)

    def _begin(self, one: _Begun) -> int:
        got = read(one.item, self.options)
        if got.document is None:
            return NOTHING
        pipeline = self.per_file.pipeline_of(got.document.path)
        kind = kinds.of(one.item, self.options).format
        if kind in kinds.RECORDS:
            one.made.append(self._records(got.document, pipeline, kind))
        elif self.options.diff:
            one.made.append(self._patched(got.document, pipeline))
        else:
            if got.document.known and not self.options.fix:  # then only the text is asked for
                got = got._replace(data=b"", source=None, document=got.document._replace(data=b""))
            return self._read(one, got, pipeline)
        return one.made[0].status

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

    def _read(self, one: _Begun, got: Read, pipeline: Pipeline) -> int:
        document, output = got.document, b""
        assert document is not None
        if self.options.fix:
            document = self._mended(got, document, pipeline)
            output = document.data if got.source is None else b""
        if not document.known:  # then the text is not what somebody wrote
            return self._end(one, _Text(document, pipeline, None, None, output), Found([], 0))
        text = _Text(document, pipeline, *mark(document), output)
        if pipeline is self.pipeline and len(document.text) <= SMALL:
            one.text = text
            return NOTHING
        return self._end(one, text, self._lint_of(pipeline).look(document.text, text.guard, self._most))

    def _end(self, one: _Begun, text: _Text, made: Found | Exception) -> int:
        """Puts together what is found in a text."""
        if isinstance(made, Exception):
            raise made
        document = text.document
        found = assembled(document, text.pipeline.rules, made.first, text.guard, text.marked)
        status = FINDINGS if found else NOTHING
        # The bytes stay here, and so does a text that nothing is said of: another process may be waiting for this.
        document = document._replace(data=b"", text=document.text if found else "")
        one.made.append(Checked(status, document, found, made.total - len(made.first), text.output))
        return status

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
