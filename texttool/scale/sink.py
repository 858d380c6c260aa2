"""The files that a piece is written to: its documents, its findings, its edits, and what was rejected of it."""

from __future__ import annotations

import json
from collections import Counter
from types import TracebackType
from typing import TYPE_CHECKING, Any

from texttool import store
from texttool.scale import schema
from texttool.scale.column import Done
from texttool.scale.plan import Piece
from texttool.scale.rows import Batch

if TYPE_CHECKING:
    from texttool.scale.work import Job

DATASETS = ("documents", "findings", "audit", "rejected")
_HELD = 4096  # rows of a dataset that are kept before they are packed


class Sinks:
    """Used as a context: at its end, and only if it ends well, the files take their names."""

    def __init__(self, job: Job, piece: Piece) -> None:
        self.job, self.piece = job, piece
        self.written = Counter[str]()
        self._pieces: dict[str, list[bytes]] = {name: [] for name in DATASETS}
        self._rows: dict[str, list[dict[str, Any]]] = {name: [] for name in DATASETS}
        self._tables: dict[str, _Table] = {}

    def __enter__(self) -> Sinks:
        return self

    def __exit__(self, kind: type[BaseException] | None, _error: BaseException | None, _: TracebackType | None) -> None:
        if kind is None:
            self._end()

    def row(self, name: str, row: dict[str, Any]) -> None:
        """A row of a dataset that is no document."""
        rows = self._rows[name]
        rows.append({field: _storable(value) for field, value in row.items()})
        self.written[name] += 1
        if len(rows) >= _HELD:
            self._flush(name)

    def documents(self, batch: Batch, done: list[Done], bad: dict[int, str]) -> dict[int, str]:
        """The documents of a batch but the ``bad`` ones; those that do not fit the schema, and why, come back."""
        at = [number for number in range(len(done)) if number not in bad]
        if self.job.rows == "jsonl":
            self._pieces["documents"] += [_line(self._row(batch, number, done[number])) for number in at]
            return {}
        pa, _ = schema.arrow()
        wanted = pa.ipc.read_schema(pa.py_buffer(self.job.schema))
        if batch.table is not None:
            self._table("documents", wanted).write(_replaced(pa, batch, done, at, self.job.column, wanted))
            return {}
        rows, unfit = _fitting(pa, {number: self._row(batch, number, done[number]) for number in at}, wanted)
        self._table("documents", wanted).write(pa.Table.from_pylist(rows, wanted))
        return unfit

    def _row(self, batch: Batch, at: int, one: Done) -> dict[str, Any]:
        row = batch.rows[at] if batch.rows else batch.table.slice(at, 1).to_pylist()[0]
        text = {} if self.job.column not in row else {self.job.column: one.text}
        return row | text | {schema.EDITS: one.edits, schema.STATUS: one.status}

    def _table(self, name: str, wanted: Any) -> _Table:
        if name not in self._tables:
            self._tables[name] = _Table(wanted)
        return self._tables[name]

    def _flush(self, name: str) -> None:
        pa, _ = schema.arrow()
        table = self._table(name, schema.written(name))
        table.write(pa.Table.from_pylist(self._rows[name], schema.written(name)))
        self._rows[name].clear()

    def _end(self) -> None:
        """Writes them; a dataset that has nothing of this piece has no file of it. Raises Failure."""
        for name in DATASETS[1:]:
            if self._rows[name]:
                self._flush(name)
        for name in reversed(DATASETS):
            suffix = self.job.rows if name == "documents" else "parquet"
            path = self.job.output / name / f"{self.piece.name}.{suffix}"
            pieces = self._tables[name].ended() if name in self._tables else self._pieces[name]
            if pieces:
                store.make_folder(path.parent)
                store.replace(path, pieces)


class _Table:
    """A Parquet file in memory, packed as it grows."""

    def __init__(self, wanted: Any) -> None:
        pa, pq = schema.arrow()
        self.sink = pa.BufferOutputStream()
        self.writer = pq.ParquetWriter(self.sink, wanted, compression="zstd")

    def write(self, table: Any) -> None:
        if len(table):
            self.writer.write_table(table)

    def ended(self) -> list[Any]:
        self.writer.close()
        return [memoryview(self.sink.getvalue())]


def _line(row: dict[str, Any]) -> bytes:
    return json.dumps(row, ensure_ascii=False, default=str).encode("utf-8", "backslashreplace") + b"\n"


def _storable(value: Any) -> Any:
    return value.encode("utf-8", "backslashreplace").decode() if isinstance(value, str) else value


def _fitting(pa: Any, rows: dict[int, dict[str, Any]], wanted: Any) -> tuple[list[dict[str, Any]], dict[int, str]]:
    """The rows that the schema can hold, and why the others do not fit."""
    names, bad = set(wanted.names), dict[int, str]()
    for at, row in rows.items():
        more = row.keys() - names
        if more:
            bad[at] = f"has a field {min(more)} that the first records do not have"
    kept = {at: row for at, row in rows.items() if at not in bad}
    if not _fits(pa, list(kept.values()), wanted):
        bad |= {
            at: "does not fit the types of the first records"
            for at, row in kept.items()
            if not _fits(pa, [row], wanted)
        }
    return [row for at, row in kept.items() if at not in bad], bad


def _fits(pa: Any, rows: list[dict[str, Any]], wanted: Any) -> bool:
    try:
        pa.Table.from_pylist(rows, wanted)
    except (pa.ArrowException, OverflowError, TypeError, ValueError):
        return False
    return True


def _replaced(pa: Any, batch: Batch, done: list[Done], at: list[int], column: str, wanted: Any) -> Any:
    """The table with its texts cleaned, and the two columns more."""
    table = batch.table.take(at) if len(at) < len(done) else batch.table
    place = table.schema.get_field_index(column)
    kind = table.schema.field(place)
    table = table.set_column(place, kind, pa.array([done[number].text for number in at], kind.type))
    edits = [list(done[number].edits.items()) for number in at]
    table = table.append_column(schema.EDITS, pa.array(edits, wanted.field(schema.EDITS).type))
    table = table.append_column(schema.STATUS, pa.array([done[number].status for number in at], pa.string()))
    return table.cast(wanted)
