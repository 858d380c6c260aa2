"""Cleans many documents: each is written whole or not at all, and a bad one does not stop the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import Any

from texttool import store, streams
from texttool.config import Options
from texttool.corpus import kinds, manifest, sources
from texttool.corpus.intake import FAILED, NOTHING, guarded, pipeline_of, tell
from texttool.corpus.job import Job, Task
from texttool.corpus.large import LARGE
from texttool.corpus.outcome import Figures, Outcome
from texttool.corpus.perfile import PerFile, mark
from texttool.corpus.pool import Lost, Pool
from texttool.corpus.processes import SHARED, is_light, jobs
from texttool.corpus.progress import Progress, progress
from texttool.corpus.sources import size_of
from texttool.corpus.syntax import warnings
from texttool.corpus.target import refuse_text, targets
from texttool.document import Document
from texttool.errors import Failure
from texttool.leftout import LeftOut
from texttool.log import Log
from texttool.pipeline import Pipeline, Result
from texttool.walk import Input

_AHEAD = 4  # documents a process whose results wait for their turn in memory
_FAR_AHEAD = 512  # the same where the results are on the disk already


def clean(paths: tuple[Path, ...], options: Options, cleaner: Callable[[Document], Result] | None = None) -> int:
    """Cleans every document under ``paths`` and puts it where ``options`` say. Gives the exit status: the worst one.

    Documents are cleaned by the pipeline that ``options`` select, where no ``cleaner`` is given; one that is given is
    for texts that are files.

    Raises Failure where the options do not fit the paths, and where standard output or the trail cannot be written.
    """
    pipeline = per_file = None
    if cleaner is None:
        pipeline = pipeline_of(options)
        if not options.verbose:  # what is left to a reader is said with --verbose, and by lint
            pipeline = pipeline.editing()
        per_file = PerFile(options, pipeline)
        cleaner = by(per_file)
    elif options.manifest:
        raise Failure("--manifest does not know what decides on these outputs")
    else:
        options = replace(options, records=False)
    left = LeftOut()
    inputs = sources.inputs(paths, options, left)
    for line in warnings(inputs, options, pipeline) if pipeline and not options.quiet else ():
        streams.say(line)
    job = Job(options, cleaner, per_file)
    where = targets(paths, inputs, options)
    with ExitStack() as ending:
        run = _Run(job, inputs, where, ending, pipeline)
        run.all()
    summary = options.verbose or (any(where) and not options.quiet)
    for line in run.figures.lines() if summary else ():
        streams.say(line)
    tell(left, options, summary=summary)
    return run.status


def by(per_file: PerFile) -> Callable[[Document], Result]:
    """The cleaner that runs the pipeline of each document on it, by itself."""
    return lambda document: per_file.pipeline_of(document.path).run(document.text, mark(document)[0])


class _Run:
    """The documents of one run, and what they share: the processes, the trail, the manifest, the figures."""

    def __init__(
        self,
        job: Job,
        inputs: list[Input],
        where: list[Path | None],
        ending: ExitStack,
        pipeline: Pipeline | None,
    ) -> None:
        options = job.options
        self.job, self.options, self.inputs = job, options, inputs
        self.tasks = list(zip(inputs, where, strict=True))
        self.figures, self.status = Figures(), NOTHING
        self.written: list[Path] = []
        self.complete = False
        self.trail = _trail(options, self._not_a_text)
        if self.trail:
            ending.callback(self.trail.close)
        self.manifest = manifest.open_(options, pipeline, self._not_a_text) if pipeline else None
        if self.manifest:
            ending.callback(self._close)
        watched = options.verbose or (len(inputs) > 1 and any(where))
        sizes = [size_of(item) for item in inputs] if watched else []
        self.progress: Progress = ending.enter_context(
            progress(len(inputs), sum(sizes), quiet=options.quiet or not watched, verbose=options.verbose)
        )
        self.pool = ending.enter_context(Pool(job, jobs(options, inputs), self.progress.tick, is_light))

    def _close(self) -> None:
        if self.manifest:
            self.manifest.close(self.inputs if self.complete else None)

    def all(self) -> None:
        """Cleans them all. Raises Failure."""
        for ours, group in groupby(self.tasks, key=lambda pair: self._is_ours(*pair)):
            if ours:
                for item, target in group:
                    text = kinds.of(item, self.options) == kinds.PLAIN
                    outcome = self.job(Task(item, target)) if text else self._records(item, target)
                    self._done(Task(item, target), outcome, counted=not kinds.of(item, self.options).packed)
                    self._settle(Task(item, target), outcome)
            else:
                ahead = self.pool.jobs * (_AHEAD if self.trail or not self.options.output else _FAR_AHEAD)
                for task, outcome in self.pool.ordered(self._made(group), ahead, self._done):
                    self._settle(task, self._outcome(task, outcome))
        self._put_on_disk()
        self.complete = True

    def _put_on_disk(self) -> None:
        for failure in store.settle(self.written, new=not self.options.in_place):
            streams.say(str(failure))
            self.status = FAILED

    def _is_ours(self, item: Input, target: Path | None) -> bool:
        """Whether the parent reads an input: the processes share its records, or it goes out piece by piece."""
        if kinds.of(item, self.options) == kinds.PLAIN:
            return target is None and not item.is_stdin and size_of(item) > LARGE
        if kinds.of(item, self.options).format not in kinds.RECORDS or item.refusal:
            return False
        return target is None or self.trail is not None or size_of(item) > SHARED

    def _made(self, pairs: Iterable[tuple[Input, Path | None]]) -> Iterator[Task]:
        """Tasks as they are needed; members of an archive with their bytes, so that it is read but once."""
        known = self.manifest.known if self.manifest else {}
        for archive, group in groupby(pairs, key=lambda pair: pair[0].archive):
            if archive is None:
                for item, target in group:
                    yield Task(item, target, known.get(manifest.key(item)))
            else:
                yield from _members(archive, list(group), self.options)

    def _records(self, item: Input, target: Path | None) -> Outcome:
        from texttool.corpus.records.run import clean as clean_records

        def shared(parts: Iterable[Any]) -> Iterator[Any]:
            return (result for _, result in self.pool.ordered(parts, self.pool.jobs * _AHEAD))

        known = self.manifest.known.get(manifest.key(item)) if self.manifest else None
        return self.job.watched(
            item, lambda: clean_records(self.job, item, target, shared, self.trail, self.progress), known, target
        )

    def _outcome(self, task: Task, result: Outcome | Lost) -> Outcome:
        if isinstance(result, Lost):
            line = f"{task.item.path}: the process that cleaned it {result.how}; left as it was"
            return Outcome(FAILED, "failed", result.how, (line,))
        return result

    def _done(self, task: Task, result: Outcome | Lost, *, counted: bool = False) -> None:
        """Something is done that may have to wait for its turn."""
        self.progress.add(1, size_of(task.item) if self.progress.size and not counted else 0)
        outcome = self._outcome(task, result)
        if self.manifest and not (outcome.delivery or outcome.trail):
            self.manifest.add(task.item, task.target, outcome)

    def _settle(self, task: Task, outcome: Outcome) -> None:
        """A document in its turn: what it said, its trail, and its output where that had to wait for both."""
        for line in outcome.said:
            streams.say(line)
        waited = bool(outcome.delivery or outcome.trail)
        if self.trail and outcome.trail:
            self.trail.write(outcome.trail)
        if outcome.delivery:
            status = guarded(task.item, lambda: self._deliver(task, outcome))
            if status == FAILED:
                outcome = Outcome(FAILED, "failed", "not written")
        if self.manifest and waited:
            self.manifest.add(task.item, task.target, outcome)
        if task.target and (outcome.kind == "cleaned" or (outcome.kind == "unchanged" and not self.options.in_place)):
            self.written.append(task.target)
        self.figures.add(outcome)
        self.status = max(self.status, outcome.status)

    def _deliver(self, task: Task, outcome: Outcome) -> int:
        assert outcome.delivery
        output, state = outcome.delivery
        if output is None:
            return NOTHING
        if task.target is None:
            streams.out(output)
            return NOTHING
        if self.trail and self.options.in_place:  # on the disk before the source is gone
            self.trail.sync()
        self.job.write(task.target, output, state)
        return NOTHING

    def _not_a_text(self, path: Path, what: str) -> None:
        """Raises Failure where a trail or a manifest would take the place of a text."""
        refuse_text(path, what, self.inputs, (target for _, target in self.tasks))


def _trail(options: Options, check: Any) -> Log | None:
    """The audit trail to write to, behind what it holds. Raises Failure where it would take the place of a text."""
    path = options.audit
    if path is None and not options.audit_beside:
        return None
    if options.check or options.diff:
        raise Failure("--audit records edits, and --check and --diff make none")
    if path is None:
        return None
    check(path, "audit trail")
    from texttool.corpus import trails

    return trails.log(path)


def _members(archive: Path, group: list[tuple[Input, Path | None]], options: Options) -> Iterator[Task]:
    """The members of one archive, read one behind the other; where that fails, each that is left says so."""
    from texttool.corpus.archives import contents

    left = {item.member: (item, target) for item, target in group if not item.refusal}
    yield from (Task(item, target) for item, target in group if item.refusal)
    failure = Failure("is not in the archive any more")
    try:
        for name, data in contents(Input(archive, Path(archive.name)), options, set(left)):
            if name in left:
                yield Task(*left.pop(name), None, data)
    except Failure as broken:
        failure = broken
    for item, target in left.values():
        yield Task(item, target, None, Failure(failure.reason, item.path))
