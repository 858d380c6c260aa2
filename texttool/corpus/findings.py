"""Lints documents and writes the report as it comes, in the order of the files, however many processes share them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from texttool import store, streams
from texttool.config import Options
from texttool.corpus.checking import TOGETHER, Checked, Checker
from texttool.corpus.intake import FAILED, FINDINGS, NOTHING, listed
from texttool.corpus.kinds import suffixes
from texttool.corpus.progress import Progress, progress
from texttool.corpus.shard import ALL, share
from texttool.corpus.sources import size_of
from texttool.corpus.target import refuse_other, refuse_text
from texttool.errors import Failure
from texttool.report import Report, Setup, ours
from texttool.walk import Input

if TYPE_CHECKING:
    from texttool.corpus.baseline import Baseline

# Files that are done before a process is made, and that one is handed at once where they are few: they may be large.
_FEW = 16
_TURNS = 8  # of a process: so often each is handed files at the least before it is handed more of them at once
_FOR_PEOPLE = ("text", "full")
_COUNTED = {"text": "render", "json": "render_json"}  # the formats that --statistics has


def lint(paths: tuple[Path, ...], options: Options) -> int:
    """Writes the findings of every document under ``paths`` as ``options`` say. Gives the exit status.

    Raises Failure for an unknown rule, for options that contradict each other, and where the report cannot be written.
    """
    _refuse(options)
    items = listed(paths, options, suffixes(options))
    refuse_text(options.output_file, "report", items)
    refuse_other(options.output_file, "report of lint", ours.findings)
    refuse_text(options.write_baseline, "baseline", items)
    run = _Run(options)
    documents = run.documents(list(share(items, options, records=False)))
    if options.write_baseline is not None:
        return run.record(options.write_baseline, documents)
    if options.diff:
        for checked in documents:
            streams.out(checked.output)
    else:
        run.report(documents)
    return NOTHING if options.exit_zero and run.status == FINDINGS else run.status


def _refuse(options: Options) -> None:
    if options.diff and options.fix:
        raise Failure("--fix writes files, and --diff writes none")
    if options.write_baseline and options.diff:
        raise Failure("--write-baseline records findings, and --diff lists none")
    if options.shard != ALL and (options.baseline or options.write_baseline):
        raise Failure("the parts of --shard cannot write one baseline")
    if options.statistics and options.output_format not in _COUNTED:
        raise Failure(f"--statistics prints {' or '.join(_COUNTED)}, not {options.output_format}")


class _Run:
    """The exit status so far, while the documents come one by one."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self.checker = Checker(options)
        self.ran = {rule.code for rule in self.checker.pipeline.rules}
        self.known: Baseline | None = None
        if options.baseline and not options.write_baseline:
            from texttool.corpus.baseline import Baseline

            self.known = Baseline.read(options.baseline)
        self.status = NOTHING
        self.mended = False  # standard output holds a mended text; the report stands beside it

    def documents(self, items: Sequence[Input]) -> Iterator[Checked]:
        """Each input with what was found in it and is not known; what goes wrong is said in its turn."""
        quiet, verbose = self.options.quiet or len(items) < 2, self.options.verbose
        writes = self.options.output_file is None
        with progress(len(items), partial(_sizes, items), quiet=quiet, verbose=verbose, writes=writes) as shown:
            yield from self._known(self._checked(items, partial(self._add, shown)))

    def _add(self, shown: Progress, items: Sequence[Input]) -> None:
        shown.add(len(items), _sizes(items) if shown.shows else 0)

    def _known(self, documents: Iterable[Checked]) -> Iterator[Checked]:
        for checked in documents:
            for line in checked.said:
                streams.say(line)
            status, found = checked.status, checked.findings
            if self.known and checked.document:
                found = self.known.unknown(checked.document.path, found, checked.document.text, self.ran)
                status = NOTHING if status == FINDINGS and not found else status
            self.status = max(self.status, status)
            yield checked._replace(findings=found)
        if self.known:
            self.known.settle()

    def report(self, documents: Iterable[Checked]) -> None:
        """Writes the report to standard output, to a file, or beside a text that is mended on standard output."""
        options = self.options
        name = "statistics" if options.statistics else options.output_format
        render = getattr(import_module(f"texttool.report.{name}"), _renderer(options))
        colour = options.output_file is None and streams.colours(options.color)
        setup = Setup(self.checker.pipeline.rules, colour, self.checker.pipeline.unsafe)
        pieces = (piece.encode() for piece in self._shown(render(self._reports(documents), setup)))
        if options.output_file is not None:
            store.write(options.output_file, b"".join(pieces))
            return
        for piece in pieces:
            (streams.errors if self.mended else streams.out)(piece)

    def record(self, path: Path, documents: Iterable[Checked]) -> int:
        """Writes a baseline of all that is found."""
        from texttool.corpus.baseline import Baseline

        made = Baseline.over(path)
        for checked in documents:
            if checked.document:
                made.add(checked.document.path, checked.findings, checked.document.text)
        made.write()
        streams.say(f"{path}: {made.count} findings in {len(made.files)} files are known from now on")
        return self.status if self.status == FAILED else NOTHING

    def _reports(self, documents: Iterable[Checked]) -> Iterator[Report]:
        most = None if self.options.statistics else self.options.max_findings
        for checked in documents:
            if checked.output:
                self.mended = True
                streams.out(checked.output)
            if checked.document is None:
                continue
            yield Report(checked.document, checked.findings[:most])
            omitted = 0 if most is None else max(len(checked.findings) - most, 0) + checked.omitted
            if omitted:
                streams.say(f"{checked.document.path}: {omitted} findings omitted (--max-findings)")

    def _shown(self, pieces: Iterable[str]) -> Iterable[str]:
        people = self.options.output_format in _FOR_PEOPLE and self.options.output_file is None
        return map(streams.for_people, pieces) if people and streams.on_github() else pieces

    def _checked(self, items: Sequence[Input], done: Callable[[Sequence[Input]], None]) -> Iterator[Checked]:
        """Each input as it was checked; ``done`` is told of them as they are."""
        if self.options.jobs != 1 and len(items) > _FEW:
            yield from self._shared(items, done)
            return
        for item, checked in zip(items, self.checker.check_all(items), strict=True):
            yield checked
            done((item,))

    def _shared(self, items: Sequence[Input], done: Callable[[Sequence[Input]], None]) -> Iterator[Checked]:
        from texttool.corpus.pool import Lost, Pool, cores

        jobs = self.options.jobs or cores()
        # The processes have the inputs already, as the forks that they are, and are but told which to take.
        many = len(items) >= _TURNS * jobs * TOGETHER
        size = TOGETHER if many else _FEW
        batches = (slice(at, at + size) for at in range(0, len(items), size))
        with Pool(lambda batch: list(self.checker.check_all(items[batch])), jobs, light=lambda _batch: many) as pool:
            for batch, made in pool.ordered(batches, 4 * jobs * _FEW // size):
                if isinstance(made, Lost):
                    said = tuple(f"{item.path}: the process that read it {made.how}" for item in items[batch])
                    yield Checked(FAILED, said=said)
                else:
                    yield from made
                done(items[batch])


def _sizes(items: Sequence[Input]) -> int:
    """Bytes of all of them."""
    return sum(map(size_of, items))


def _renderer(options: Options) -> str:
    return _COUNTED[options.output_format] if options.statistics else "render"
