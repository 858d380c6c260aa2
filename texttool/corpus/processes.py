"""How many processes a run is shared out among, and how finely."""

from __future__ import annotations

from typing import Any

from texttool import errors
from texttool.config import Options
from texttool.corpus import kinds
from texttool.corpus.job import Task
from texttool.corpus.pool import cores
from texttool.corpus.sources import size_of
from texttool.walk import Input

SHARED = 4 << 20  # bytes from which the records of one file are shared out among the processes
_WORTH = 1 << 19  # bytes from which it is worth making processes
_LIGHT = 1 << 16  # bytes up to which a document may wait behind the one that a process is at


def is_light(task: Any) -> bool:
    """Whether a document is so small that it may wait behind another one."""
    return isinstance(task, Task) and task.data is None and size_of(task.item) <= _LIGHT


def jobs(options: Options, inputs: list[Input]) -> int:
    """How many processes: those asked for, or one a core where there is enough to do."""
    if errors.TRACEBACK or (any(item.is_stdin for item in inputs) and not options.fields):
        return 1
    records = (item for item in inputs[:64] if kinds.of(item, options).format in kinds.RECORDS)
    large = sum(size_of(item) > SHARED for item in records)  # the processes share what is in it; a text is one task
    tasks = len(inputs) + 64 * large
    if options.jobs:
        return min(options.jobs, max(tasks, 1))
    size = 0
    for item in inputs:
        size += size_of(item)
        if size > _WORTH:
            return min(cores(), tasks)
    return 1
