"""What a run on an engine does, piece by piece: the same pieces on every engine, so that their output is the same."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple

from texttool.config import Options
from texttool.corpus import kinds, sources
from texttool.errors import Failure
from texttool.scale import schema
from texttool.walk import Cut, Input

# Bytes of a piece: large enough that 10 TB make 160,000 pieces and a piece is minutes of work, small enough that what
# a killed worker had in hand is done again in a minute or two, and that the last pieces keep all cores busy.
SIZE = 64 << 20
PARTIAL = "_partial"  # the folder of the marks; it is there until all is done
_MANY = 4096  # texts in a piece at most: a tree of small files


class Piece(NamedTuple):
    """Some documents: lines or row groups of one file of records, or some texts. Paths are absolute."""

    number: int
    kind: str  # jsonl, parquet, csv, tsv or text
    files: tuple[Input, ...]
    groups: tuple[int, ...] = ()
    step: str = ""  # of a run that has several

    @property
    def name(self) -> str:
        """That of its outputs, without a suffix."""
        return f"part-{self.number:06}"

    def mark(self, output: Path) -> Path:
        """The file that says that it is done, and with which figures."""
        return output / PARTIAL / f"{self.step or 'done'}" / f"{self.name}.json"


def pieces(paths: tuple[Path, ...], options: Options, column: str) -> list[Piece]:
    """All pieces of a run. Raises Failure for inputs that no engine reads, and for columns that are missing."""
    items = [_absolute(item) for item in sources.inputs(paths, options)]
    for item in items:
        _refuse(item, options)
    schema.check([item for item in items if not item.refusal], options, column)
    numbers = count()
    return [Piece(next(numbers), *parts) for parts in _parts(items, options)]


def _absolute(item: Input) -> Input:
    return item._replace(path=Path(os.path.abspath(item.path)))  # noqa: PTH100 - links stay as they are named


def _refuse(item: Input, options: Options) -> None:
    kind = kinds.of(item, options)
    if item.is_stdin:
        raise Failure("an engine reads files, not standard input")
    if item.archive or kind.format in kinds.ARCHIVES:
        raise Failure("is an archive, which no engine reads: unpack it first", item.archive or item.path)
    if kind.format == "json":
        raise Failure("is one JSON value, which no engine reads: make it JSON lines", item.path)


def _parts(items: Iterable[Input], options: Options) -> Iterator[tuple[Any, ...]]:
    """Kind, files and row groups of each piece."""
    texts: list[Input] = []
    size = 0
    for item in items:
        kind = kinds.of(item, options)
        if kind.format == kinds.TEXT:
            texts.append(item)
            size += sources.size_of(item)
            if size > SIZE or len(texts) == _MANY:
                yield kinds.TEXT, tuple(texts)
                texts, size = [], 0
        elif kind.format == "parquet":
            yield from (("parquet", (item,), groups) for groups in schema.row_groups(item.path, SIZE))
        elif kind == ("jsonl", ""):
            yield from (("jsonl", (piece,)) for piece in _lines(item))
        else:
            yield kind.format, (item,)
    if texts:
        yield kinds.TEXT, tuple(texts)


def _lines(item: Input) -> Iterator[Input]:
    """A file of lines, or what ``--shard`` left of it, in pieces."""
    start, end = (item.cut.start, item.cut.end) if item.cut else (0, sources.size_of(item))
    parts = max(1, (end - start) // SIZE)
    edges = [start + (end - start) * at // parts for at in range(parts + 1)]
    yield from (item._replace(cut=Cut(at + 1, parts, *edges[at : at + 2])) for at in range(parts))
