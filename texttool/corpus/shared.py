"""The same work on many inputs, in one process or several: results in the order of the inputs, with a bar."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any, NamedTuple

from texttool import errors, streams
from texttool.config import Options
from texttool.corpus.intake import FAILED, guarded
from texttool.corpus.pool import Lost, Pool, cores
from texttool.corpus.progress import progress
from texttool.corpus.sources import size_of
from texttool.walk import Input

# Made of an input, each handed over as it is made: one of a text, one a record of a file of records. Gives the status.
Work = Callable[[Input, Callable[[Any], None]], int]

_BATCH = 16  # inputs that a process is handed at once
_BATCH_SIZE = 4 << 20  # bytes of them


class Taken(NamedTuple):
    """What became of one input: ``values`` are what was made of it before it failed. ``said`` are lines for people."""

    status: int
    values: Sequence[Any] = ()
    said: tuple[str, ...] = ()


def each(items: Sequence[Input], work: Work, options: Options, *, writes: bool = False) -> Iterator[Taken]:
    """What ``work`` makes of each input; what goes wrong with one is said in its turn and does not stop the rest.

    ``writes`` is as for ``progress``.
    """
    sizes = [size_of(item) for item in items]
    batches = list(_batches(items, sizes))
    jobs = min(options.jobs or cores(), len(batches)) if not errors.TRACEBACK else 1
    quiet = options.quiet or not (len(items) > 1 or options.verbose)
    with progress(len(items), sum(sizes), quiet=quiet, verbose=options.verbose, writes=writes) as shown:
        if jobs <= 1:
            for item, size in zip(items, sizes, strict=True):
                yield _said(_take(work, item))
                shown.add(1, size)
            return
        with Pool(partial(_take_all, work), jobs, shown.tick) as pool:
            for batch, made in pool.ordered(batches, 4 * jobs):
                for item, taken in zip(batch, _found(batch, made), strict=True):
                    yield _said(taken)
                    shown.add(1, size_of(item))


def _batches(items: Sequence[Input], sizes: Sequence[int]) -> Iterator[list[Input]]:
    batch, total = list[Input](), 0
    for item, size in zip(items, sizes, strict=True):
        if batch and (len(batch) == _BATCH or total + size > _BATCH_SIZE):
            yield batch
            batch, total = [], 0
        batch.append(item)
        total += size
    if batch:
        yield batch


def _take_all(work: Work, items: Sequence[Input]) -> list[Taken]:
    return [_take(work, item) for item in items]


def _take(work: Work, item: Input) -> Taken:
    said: list[str] = []
    made: list[Any] = []
    with streams.taken(said.append):
        status = guarded(item, lambda: work(item, made.append))
    return Taken(status, made, tuple(said))


def _found(batch: Sequence[Input], made: list[Taken] | Lost) -> list[Taken]:
    if isinstance(made, Lost):
        return [Taken(FAILED, (), (f"{item.path}: the process that read it {made.how}",)) for item in batch]
    return made


def _said(taken: Taken) -> Taken:
    for line in taken.said:
        streams.say(line)
    return taken
