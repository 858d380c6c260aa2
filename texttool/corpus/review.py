"""Edits one by one, each for a person to take or leave; each text is written whole, or not at all."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import ExitStack
from functools import partial, reduce
from pathlib import Path

from texttool import audit, store
from texttool.config import Options
from texttool.corpus import packing, trails
from texttool.corpus.asking import Asker
from texttool.corpus.baseline import Baseline
from texttool.corpus.examining import Examiner
from texttool.corpus.intake import FINDINGS, NOTHING, Read, guarded, inputs, read
from texttool.corpus.naming import is_records
from texttool.corpus.shard import share
from texttool.document import Document
from texttool.edits import Edits
from texttool.errors import Failure
from texttool.finding import Finding
from texttool.pipeline import Result, Stage
from texttool.rule import Rule
from texttool.walk import Input


def review(paths: tuple[Path, ...], options: Options) -> int:
    """Asks about the edits of every text under ``paths``. Gives the exit status: 1 where some were left undecided.

    Raises Failure where there is no terminal to ask on.
    """
    if not (sys.stdin and sys.stdout and sys.stdin.isatty() and sys.stdout.isatty()):
        raise Failure("review asks about each edit, and there is no terminal to ask on; `texttool lint` lists them")
    items = list(share(inputs(paths, options), options, records=False)) if paths or options.files_from else []
    if not items or any(item.is_stdin for item in items):
        raise Failure("review rewrites files: name some, or folders")
    with ExitStack() as ending:
        run = _Run(options)
        if run.trail:
            ending.callback(run.trail.close)
        status = NOTHING
        for item in items:
            if run.asker.quitting:
                break
            status = max(status, guarded(item, partial(run.text, item)))
    run.asker.farewell()
    return status


class _Run:
    """The rules, the questions and what was answered so far."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self.examiner = Examiner(options)
        self.rules = {rule.code: rule for rule in self.examiner.pipeline.rules}
        self.asker = Asker(options.color)
        self.trail = trails.log(options.audit) if options.audit else None
        self.known = _known(options.baseline) if options.baseline else None

    def text(self, item: Input) -> int:
        """Asks about one text, and writes what was taken. Gives the exit status. Raises Failure."""
        if is_records(item, self.options):
            raise Failure("holds records, which review does not edit; `texttool clean` does", item.path)
        got = read(item, self.options)
        document = got.document
        if document is None or not document.known:
            return NOTHING
        found = self._offered(document)
        asked = self.known.unknown(document.path, found, document.text, ()) if self.known else found
        if not asked:
            return NOTHING
        _refuse(got, document)
        taken, left = self.asker.ask(document, asked)
        result = _made(document, taken, self.rules)
        if taken:
            self._write(got, document, result)
        if self.known:
            asked_ids = set(map(id, asked))
            before = [finding for finding in found if id(finding) not in asked_ids]
            self._remember(document, result, before, left)
        return FINDINGS if len(taken) + len(left) < len(asked) else NOTHING

    def _offered(self, document: Document) -> list[Finding]:
        """What may be edited: by unsafe rules, or by all where that, or some of them, are asked for."""
        every = self.options.every or self.options.select is not None or bool(self.options.extend_select)
        found = self.examiner.examined(document)[1]
        return [one for one in found if one.put != one.found and (every or not one.safe)]

    def _write(self, got: Read, document: Document, result: Result) -> None:
        assert got.source
        output = document.encode(result.text)
        if self.trail:
            lines = audit.record(document, result, output, document.encoding)
            how = trails.how_packed(self.options.audit)
            self.trail.write(b"".join(packing.packed(lines, how, self.options.audit)))
            self.trail.sync()
        store.write(Path(got.path), output, was=got.source, break_links=self.options.break_links)

    def _remember(
        self, document: Document, result: Result, before: Sequence[Finding], refused: Sequence[Finding]
    ) -> None:
        """What was refused is known from now on, as it stands in the text that was written."""
        assert self.known
        edits = result.edits()
        now = [_moved(one, edits, result.text) for one in (*before, *refused)]
        self.known.follow(document.path, before, document.text, [one for one in now if one], result.text)
        self.known.write()


def _known(path: Path) -> Baseline:
    return Baseline.read(path) if path.exists() else Baseline(path)


def _refuse(got: Read, document: Document) -> None:
    """Raises Failure, before anything is asked, for a text whose bytes could not be written again."""
    if got.packed:
        raise Failure("is packed; unpack it, and review what is in it", got.path)
    if document.parts:
        raise Failure("is in more than one encoding; `texttool clean` makes it one", document.path)
    if not document.exact:
        raise Failure(
            f"{document.encoding} does not give the same bytes again; `texttool decode -i` makes it UTF-8", got.path
        )


def _made(document: Document, taken: Sequence[Finding], rules: dict[str, Rule]) -> Result:
    """The text with the edits taken, rule by rule."""
    text, stages, before = document.text, list[Stage](), list[Edits]()
    for code in sorted({one.code for one in taken}, key=list(rules).index):
        edits = Edits.of((one.start, one.end, one.put) for one in taken if one.code == code)
        edits = reduce(lambda later, done: later.behind(done), before, edits)
        stages.append(Stage(rules[code], edits, True))
        before.append(edits)
        text = edits.apply(text)
    return Result(document.text, text, stages)


def _moved(finding: Finding, edits: Edits, text: str) -> Finding | None:
    """A finding where it stands once the edits are made; None where one of them covers it."""
    start, end = edits.destination(finding.start), edits.destination(finding.end)
    if start is None or end is None:
        return None
    return finding._replace(start=start, end=end, found=text[start:end])
