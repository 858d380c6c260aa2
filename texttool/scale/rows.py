"""A piece of a run -> its documents, batch by batch, and what is no document."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any, NamedTuple

from texttool import store, streams
from texttool.config import Options
from texttool.corpus import kinds, shard
from texttool.corpus.intake import read
from texttool.corpus.packing import Bounded, unpacked
from texttool.corpus.records.jsonlines import reason_of
from texttool.document import Document
from texttool.errors import Failure
from texttool.scale import schema
from texttool.scale.plan import Piece
from texttool.walk import Input

BATCH = 1 << 20  # code points: enough that a batch costs nothing, little enough that memory does not grow
_LONGEST = 1 << 26  # bytes of one record: past that, a quote was never closed


class Rejected(NamedTuple):
    """What could not be read, or not be cleaned: its file, its number there (from 1), why, and its bytes."""

    source: str
    record: int
    reason: str
    raw: bytes


class Batch(NamedTuple):
    """Documents of one file: its name, the number of each, its text; and the rows, or the table, that hold them.

    ``reads`` are documents that were files of their own.
    """

    source: str
    numbers: list[int]
    texts: list[str | None]
    rows: list[dict[str, Any]] = []  # noqa: RUF012 - never changed
    table: Any = None
    reads: list[Document] = []  # noqa: RUF012
    rejected: tuple[Rejected, ...] = ()


def batches(piece: Piece, options: Options, column: str) -> Iterator[Batch]:
    """The documents of a piece in their order. Raises Failure where a file of records cannot be read."""
    if piece.kind == kinds.TEXT:
        yield from _texts(piece.files, replace(options, quiet=True))
    elif piece.kind == "parquet":
        yield from _tables(piece, column)
    else:
        item = piece.files[0]
        if item.refusal:
            raise Failure(item.refusal, item.path)
        with store.reading(item.path) as (file, _):
            lines = shard.lines(file, item.cut) if item.cut else iter(lambda: file.read(1 << 18), b"")
            packed = kinds.of(item, options).packed
            plain = unpacked(lines, packed, Bounded(item.path, options.max_size)) if packed else lines
            yield from _batched(item, _json(plain) if piece.kind == "jsonl" else _cells(plain, piece.kind), column)


def _batched(item: Input, records: Iterable[tuple[int, Any, bytes]], column: str) -> Iterator[Batch]:
    """Records in batches. One that is a reason and no row is rejected."""
    name = item.name if item.cut and item.cut.of > 1 else str(item.path)
    batch, size = Batch(name, [], [], []), 0
    refused = list[Rejected]()
    for number, row, raw in records:
        reason = row if isinstance(row, str) else _unfit(row, column)
        if reason:
            refused.append(Rejected(name, number, reason, raw))
            continue
        batch.numbers.append(number)
        batch.texts.append(row.get(column))
        batch.rows.append(row)
        size += len(raw)
        if size > 3 * BATCH:
            yield batch._replace(rejected=tuple(refused))
            batch, size, refused = Batch(name, [], [], []), 0, []
    yield batch._replace(rejected=tuple(refused))


def _unfit(row: dict[str, Any], column: str) -> str:
    value = row.get(column)
    if value is not None and not isinstance(value, str):
        return f"the field {column} holds no string"
    return "has a field edits or status already" if schema.EDITS in row or schema.STATUS in row else ""


def _lines(pieces: Iterable[bytes]) -> Iterator[bytes]:
    rest = b""
    for piece in pieces:
        whole, found, tail = piece.rpartition(b"\n")
        if not found:
            rest += piece
            continue
        yield from (rest + whole).split(b"\n")
        rest = tail
    if rest:
        yield rest


def _json(pieces: Iterable[bytes]) -> Iterator[tuple[int, Any, bytes]]:
    for number, line in enumerate(_lines(pieces), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line.decode("utf-8-sig" if number == 1 else "utf-8"))
        except (ValueError, RecursionError) as error:
            row = reason_of(error)
        yield (
            number,
            row if isinstance(row, dict | str) and not line.lstrip().startswith(b'"') else "is no object",
            line,
        )


def _cells(pieces: Iterable[bytes], kind: str) -> Iterator[tuple[int, Any, bytes]]:
    """The rows of a table with a head line (RFC 4180), all of strings; numbered by record."""
    csv.field_size_limit(_LONGEST)
    text = (line.decode("utf-8", "surrogateescape") + "\n" for line in _lines(pieces))
    reader = csv.reader(text, delimiter=schema.delimiter(kind), strict=True)
    names = [name.removeprefix("\ufeff") for name in next(reader, [])]
    number = 0
    while True:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield number, str(error), b""
            continue
        if cells:
            raw = io.StringIO()
            csv.writer(raw).writerow(cells)
            reason = f"has {len(cells)} columns, not {len(names)}"
            row = dict(zip(names, cells, strict=False)) if len(cells) == len(names) else reason
            yield number, row, raw.getvalue().encode("utf-8", "surrogateescape")


def _texts(items: tuple[Input, ...], options: Options) -> Iterator[Batch]:
    """Files as documents: their paths below the folder that was named, and their texts."""
    batch, size = Batch("", [], [], [], reads=[]), 0
    refused = list[Rejected]()
    for item in items:
        path = str(item.path)
        try:
            with streams.taken(lambda _: None):
                got = read(item, options)
            if got.document is None or not got.document.known or got.document.undecodable():
                why = "is binary" if got.document is None else "has bytes that no encoding explains"
                refused.append(Rejected(path, 1, why, got.data))
                continue
        except Failure as failure:
            refused.append(Rejected(path, 1, failure.reason, b""))
            continue
        batch.reads.append(got.document._replace(data=b""))
        batch.numbers.append(1)
        batch.texts.append(got.document.text)
        batch.rows.append({"path": item.inside.as_posix(), "text": got.document.text})
        size += len(got.document.text)
        if size > BATCH:
            yield batch._replace(rejected=tuple(refused))
            batch, size, refused = Batch("", [], [], [], reads=[]), 0, []
    yield batch._replace(rejected=tuple(refused))


def _tables(piece: Piece, column: str) -> Iterator[Batch]:
    path = piece.files[0].path
    file = schema.parquet(path)
    pa, _ = schema.arrow()
    groups = [file.metadata.row_group(number) for number in range(file.num_row_groups)]
    number = 1 + sum(group.num_rows for group in groups[: piece.groups[0]]) if piece.groups else 1
    rows = sum(groups[at].num_rows for at in piece.groups)
    size = sum(groups[at].total_byte_size for at in piece.groups)
    step = max(1, min(1 << 16, 3 * BATCH * rows // max(size, 1)))
    try:
        for part in file.iter_batches(step, row_groups=list(piece.groups)):
            table = pa.Table.from_batches([part])
            numbers = list(range(number, number + len(table)))
            number += len(table)
            yield Batch(str(path), numbers, table.column(column).to_pylist(), table=table)
    except (pa.ArrowException, OSError) as error:
        raise Failure(f"is damaged: {' '.join(str(error).split())}", path) from error
