"""Schemas: of what is read, which the files of a run must share, and of what is written."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from texttool import store
from texttool.config import Options
from texttool.corpus import kinds
from texttool.errors import Failure
from texttool.walk import Input

EDITS, STATUS = "edits", "status"  # the columns that every row of the output has besides its own
_HEAD = 1 << 20  # bytes of a file that are looked at for its column


def check(items: Sequence[Input], options: Options, column: str) -> None:
    """Raises Failure where a file lacks the column, or has another schema than the first one of its kind."""
    first: dict[str, tuple[Any, Input]] = {}
    for item in items:
        kind = kinds.of(item, options)
        if kind.format == kinds.TEXT:
            continue
        found = _schema(item, kind, column)
        if found is None:
            continue
        known, other = first.setdefault(kind.format, (found, item))
        if found != known:
            raise Failure(f"has other columns than {other.path}: {_difference(found, known)}", item.path)
        if column not in found:
            raise Failure(f"no column is named {column}; it has: {', '.join(list(found)[:20])}", item.path)
        if EDITS in found or STATUS in found:
            raise Failure("has a column edits or status already: rename it", item.path)


def _schema(item: Input, kind: kinds.Kind, column: str) -> dict[str, str] | None:
    """Columns with their types; None where each record has its own."""
    if kind.format == "parquet":
        return {field.name: str(field.type) for field in parquet(item.path).schema_arrow}
    with store.reading(item.path) as (file, _):
        from texttool.corpus.packing import Bounded, unpacked

        blocks = iter(lambda: file.read(1 << 16), b"")
        head = next(iter(unpacked(blocks, kind.packed, Bounded(item.path, 1 << 40))), b"")[:_HEAD]
    if kind.format == "jsonl":
        if head.strip() and f'"{column}"'.encode() not in head and column.isascii():
            raise Failure(f"no record at its beginning has a field {column}; --field names it", item.path)
        return None
    names = next(csv.reader(io.StringIO(head.decode("utf-8-sig", "replace")), delimiter=delimiter(kind.format)), [])
    return dict.fromkeys(names, "string")


def _difference(found: dict[str, str], known: dict[str, str]) -> str:
    """The columns that differ, with both types."""
    names = sorted(name for name in found.keys() | known.keys() if found.get(name) != known.get(name))
    shown = (f"{name} is {found.get(name, 'missing')}, not {known.get(name, 'there')}" for name in names[:5])
    return "; ".join(shown) or "their order"


def delimiter(kind: str) -> str:
    """What parts the cells."""
    return "\t" if kind == "tsv" else ","


def parquet(path: Path) -> Any:
    """The file, its footer read. Raises Failure."""
    pa, pq = arrow()
    try:
        return pq.ParquetFile(path)
    except (pa.ArrowException, OSError) as error:
        raise Failure(f"is damaged: {' '.join(str(error).split())}", path) from error


def row_groups(path: Path, size: int) -> Iterator[tuple[int, ...]]:
    """Row groups in runs of about ``size`` bytes, not packed. Raises Failure."""
    file = parquet(path)
    run, had = list[int](), 0
    for number in range(file.num_row_groups):
        run.append(number)
        had += file.metadata.row_group(number).total_byte_size
        if had >= size:
            yield tuple(run)
            run, had = [], 0
    if run or not file.num_row_groups:
        yield tuple(run)


def arrow() -> tuple[Any, Any]:
    """pyarrow and its Parquet. Raises Failure where they are not installed."""
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise Failure("needs pyarrow: `pip install texttool[parquet]`") from error
    return pa, pq


@cache
def written(dataset: str) -> Any:
    """The schema of a dataset that is not the documents."""
    pa, _ = arrow()
    text, number = pa.large_string(), pa.int64()
    place = {"source": text, "record": number}
    names, spans = dict.fromkeys(("code", "name"), text), dict.fromkeys(("start", "end", "line", "column"), number)
    told, safe = dict.fromkeys(("found", "put", "message"), text), {"safe": pa.bool_()}
    edit = {"stage": number, "code": text, "start": number, "end": number, "found": text, "put": text, "at": number}
    fields = {
        "findings": place | names | spans | told | safe,
        "audit": place | edit,
        "rejected": place | {"reason": text, "raw": pa.large_binary()},
    }
    return pa.schema(fields[dataset].items())
