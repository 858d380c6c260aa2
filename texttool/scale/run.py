"""A run on an engine: its pieces, its marks, its figures, and what it says at its end."""

from __future__ import annotations

import hashlib
import json
import os
from collections import Counter
from collections.abc import Container, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from texttool import __version__, store, streams
from texttool.config import Options
from texttool.corpus import kinds, manifest
from texttool.corpus.intake import FAILED, FINDINGS, NOTHING, pipeline_of
from texttool.errors import Failure
from texttool.scale import schema
from texttool.scale.engines import Engine, EngineError, Maker, engine
from texttool.scale.plan import PARTIAL, Piece, pieces
from texttool.scale.work import Job, Worker, kind_of

_PLAN = "plan.json"
_SAMPLE = 1000  # records that the schema of JSON lines is taken from


def clean(paths: tuple[Path, ...], options: Options) -> int:
    """Cleans every document under ``paths`` on the engine that ``options`` name. Gives the exit status."""
    refuse(options, ("in_place", "check", "diff", "audit", "manifest", "guess"))
    return _run(paths, options, lint=False)


def lint(paths: tuple[Path, ...], options: Options) -> int:
    """The same for their findings, which become a dataset."""
    refuse(options, ("fix", "diff", "baseline", "write_baseline", "statistics"))
    status = _run(paths, options, lint=True)
    return NOTHING if options.exit_zero and status == FINDINGS else status


def refuse(options: Options, not_here: Iterable[str]) -> None:
    """Raises Failure for options that mean nothing to an engine."""
    for name in not_here:
        if getattr(options, name):
            raise Failure(f"--engine {options.engine} excludes --{name.replace('_', '-')}")
    if options.to != "utf-8":
        raise Failure(f"--engine {options.engine} writes UTF-8")
    if options.output is None:
        raise Failure(f"--engine {options.engine} writes datasets: give -o DIR")
    if len(options.fields) > 1:
        raise Failure("an engine cleans one column: give --field once")


def _run(paths: tuple[Path, ...], options: Options, *, lint: bool) -> int:
    column = options.fields[0] if options.fields else kinds.FIELD
    pipeline_of(options)  # what is wrong with the options is said here and not by a thousand workers
    assert options.engine
    ask = engine(options.engine, options.ray_address)
    planned = pieces(paths, options, column)
    assert options.output
    output = Path(os.path.abspath(options.output))  # noqa: PTH100 - as it is named
    refuse_inside(paths, output)
    kind = kind_of(planned)
    rows = options.rows if options.rows != "auto" else "parquet" if kind == "parquet" else "jsonl"
    made = schema_of(planned, column) if rows == "parquet" and planned and not lint else b""
    if lint:
        options = replace(options, unsafe=options.unsafe_fixes or options.unsafe)
    left = bool(options.verbose) and not lint
    job = Job(replace(options, output=None), column, output, rows, made, lint, left)
    begin(job, planned)
    failures, found = everything(ask, Worker, job, output, planned)
    return _end(job, planned, failures, found)


def refuse_inside(paths: tuple[Path, ...], output: Path) -> None:
    """Raises Failure where the output would be read next time."""
    for path in paths:
        if path.is_dir() and Path(os.path.realpath(output)).is_relative_to(os.path.realpath(path)):
            raise Failure("is inside the folder that is read: it would be read next time", output)


def begin(job: Job, planned: list[Piece], more: object = None) -> None:
    """Marks the output as partial. Raises Failure where something else is there."""
    plan = job.output / PARTIAL / _PLAN
    made = json.dumps(
        {"about": "texttool run on an engine, not complete", "plan": _digest(job, planned, more)}
    ).encode()
    if plan.exists():
        if store.read(plan).data != made:
            raise Failure("holds a part of another run; remove it, or name another folder", job.output)
        return
    if job.output.exists() and (not job.output.is_dir() or any(job.output.iterdir())):
        raise Failure("is there already; an engine writes to a folder of its own", job.output)
    store.make_folder(plan.parent)
    store.replace(plan, [made])


def _digest(job: Job, planned: list[Piece], more: object) -> str:
    """Of all that decides on the output."""
    options = replace(job.options, engine=None, ray_address=None, root=Path())
    settings = manifest.fingerprint(options, pipeline_of(options))
    states = [
        (piece.files, [file.path.stat().st_mtime_ns for file in piece.files if file.path.exists()]) for piece in planned
    ]
    about = (__version__, settings, job.column, job.rows, job.lint, job.left, planned, states, more)
    return hashlib.sha256(repr(about).encode("utf-8", "backslashreplace")).hexdigest()


def everything(
    ask: Engine, make: Maker, shared: Any, output: Path, planned: Sequence[Piece]
) -> tuple[list[str], list[dict[str, Any]]]:
    """Does the pieces that are not done; those of a worker that died, again. Gives failures, and figures of the rest.

    ``make`` makes a worker of what all pieces share. Raises Failure where a whole round got nothing done.
    """
    jobs = shared.options.jobs if isinstance(shared, Job) else shared.job.options.jobs
    failed: dict[int, str] = {}
    if planned:
        store.make_folder(planned[0].mark(output).parent)
    left = _left(planned, output, failed)
    while left:
        before, broke = len(left), ""
        try:
            for made in ask(make, shared, left, jobs):
                said = json.loads(made)
                if "failure" in said:
                    failed[said["piece"]] = said["failure"]
        except EngineError as error:
            broke = str(error)
        left = _left(planned, output, failed)
        if left and not broke:
            broke = "the workers write to a folder that is not here: it must be shared by all machines"
        if len(left) == before:
            raise Failure(f"{len(left)} pieces are not done: {broke}; what is done stays, marked by {PARTIAL}", output)
        if left:
            streams.say(f"{len(left)} pieces were not done and are done again: {broke}")
    figures = [json.loads(store.read(piece.mark(output)).data) for piece in planned if piece.mark(output).exists()]
    return [failed[number] for number in sorted(failed)], figures


def _left(planned: Sequence[Piece], output: Path, failed: Container[int]) -> list[Piece]:
    return [piece for piece in planned if piece.number not in failed and not piece.mark(output).exists()]


def _end(job: Job, planned: list[Piece], failures: list[str], figures: list[dict[str, Any]]) -> int:
    count, edits, found = Counter[str](), Counter[str](), Counter[str]()
    for one in figures:
        count.update({name: one.get(name, 0) for name in ("records", "cleaned", "unchanged", "rejected")})
        edits.update(one["edits"])
        found.update(one["findings"])
    for failure in failures[:10]:
        streams.say(failure)
    if not job.options.quiet:
        for line in _summary(job, planned, count, edits, found):
            streams.say(line)
    if failures:
        streams.say(f"{job.output}: not complete, marked by {PARTIAL}; the same command goes on where this one ended")
        return FAILED
    unmark(job.output)
    if count["rejected"]:
        return FAILED
    return FINDINGS if job.lint and found else NOTHING


def _summary(
    job: Job, planned: list[Piece], count: Counter[str], edits: Counter[str], found: Counter[str]
) -> Iterable[str]:
    kinds_of = ("cleaned", "unchanged", "rejected") if not job.lint else ("rejected",)
    told = ", ".join(f"{count[name]} {name}" for name in kinds_of if count[name])
    yield f"{count['records']} documents in {len(planned)} pieces{': ' if told else ''}{told}"
    for one, counts in (("edits", edits), ("findings", found)):
        if counts:
            yield f"{counts.total()} {one}:"
            yield from (f"  {number:>8}  {code}" for code, number in sorted(counts.items()))


def unmark(output: Path) -> None:
    """All is done: the marks go. Raises Failure."""
    store.remove_folder(output / PARTIAL)


def schema_of(planned: list[Piece], column: str) -> bytes:
    """The Arrow schema of the output: of a Parquet file that of the file, of records that of the first ones.

    Raises Failure where there is none.
    """
    from texttool.scale.rows import batches

    pa, _ = schema.arrow()
    first = planned[0]
    if first.kind == "parquet":
        base = schema.parquet(first.files[0].path).schema_arrow
    else:
        rows: list[dict[str, Any]] = []
        for batch in batches(first, Options(), column):
            rows += batch.rows[: _SAMPLE - len(rows)]
            if len(rows) >= _SAMPLE:
                break
        try:
            names = dict.fromkeys(name for row in rows for name in row)
            base = pa.Table.from_pylist([{name: row.get(name) for name in names} for row in rows]).schema
        except (pa.ArrowException, OverflowError) as error:
            raise Failure(f"its records have no schema: {error}", first.files[0].path) from error
    edits, status = pa.field(schema.EDITS, pa.map_(pa.string(), pa.int64())), pa.field(schema.STATUS, pa.string())
    return bytes(base.append(edits).append(status).serialize().to_pybytes())
