"""What a run reads: the files under the paths that were named, and those in their archives."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO

from texttool import store, streams
from texttool.config import Options
from texttool.corpus import kinds
from texttool.corpus.intake import inputs as found
from texttool.corpus.shard import share
from texttool.errors import Failure
from texttool.leftout import LeftOut
from texttool.walk import Input


def inputs(paths: tuple[Path, ...], options: Options, left: LeftOut | None = None) -> list[Input]:
    """Every input in a fixed order; only those that ``--shard`` names, and of large JSON lines its part.

    What cannot be looked into is among them: to read it fails with the reason. ``left`` is as for ``walk``.
    """
    also = kinds.suffixes(options)
    return list(share((item for file in found(paths, options, also, left) for item in _within(file, options)), options))


def size_of(item: Input) -> int:
    """The bytes of a file of its own; 0 where there is none to be seen: whoever reads it says why."""
    try:
        if item.cut:
            return item.cut.end - item.cut.start
        return 0 if item.is_stdin or item.member else item.path.stat().st_size
    except (OSError, ValueError):
        return 0


def _within(item: Input, options: Options) -> Iterator[Input]:
    if item.is_stdin or kinds.of(item, options).format not in kinds.ARCHIVES or item.path.is_dir():
        yield item
        return
    from texttool.corpus.archives import members

    try:
        yield from members(item, options, ())
    except Failure as failure:
        yield item._replace(refusal=failure.reason)


@contextlib.contextmanager
def opened(item: Input, most: int) -> Iterator[tuple[BinaryIO, int]]:
    """An input to be read at will, and its size in bytes; standard input is in memory up to ``most`` bytes.

    Raises Failure.
    """
    with ExitStack() as ending:
        if item.is_stdin:
            file = ending.enter_context(store.spooled(streams.stdin_stream(), most))
        else:
            file, _ = ending.enter_context(store.reading(item.path))
        yield file, file.seek(0, os.SEEK_END)
