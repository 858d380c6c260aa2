"""Parquet: columns of strings, row group by row group. Schema, other columns and the metadata stay."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, BinaryIO

from texttool.corpus.records.part import SIZE, Cleaner, Made, Part
from texttool.errors import Failure


def rewritten(
    file: BinaryIO, path: str, fields: tuple[str, ...], share: Callable[[Iterable[Part]], Iterator[Made]]
) -> Iterator[bytes]:
    """The bytes of the cleaned file, as they are made. Raises Failure where it cannot be read."""
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise Failure("is Parquet, which needs `pip install texttool[parquet]`", path) from error
    try:
        source = pq.ParquetFile(file)
        columns = _columns(pa, source.schema_arrow, fields, path)
        sink = _Sink()
        with pq.ParquetWriter(pa.PythonFile(sink, "w"), source.schema_arrow, compression=_codecs(source)) as writer:
            for number in range(source.num_row_groups):
                table = source.read_row_group(number)
                for at in columns:
                    values = table.column(at).to_pylist()
                    put = _cleaned(values, path, source.schema_arrow.names[at], share)
                    kind = source.schema_arrow.field(at)
                    table = table.set_column(at, kind, pa.array(put, kind.type))
                writer.write_table(table, row_group_size=max(table.num_rows, 1))
                yield sink.taken()
        yield sink.taken()
    except pa.ArrowException as error:
        raise Failure(f"is damaged: {' '.join(str(error).split())}", path) from error


def _columns(pa: Any, schema: Any, fields: tuple[str, ...], path: str) -> list[int]:
    found = [at for at, name in enumerate(schema.names) if name in fields]
    for at in found:
        if not (pa.types.is_string(schema.types[at]) or pa.types.is_large_string(schema.types[at])):
            raise Failure(f"the column {schema.names[at]} holds no strings but {schema.types[at]}", path)
    if not found:
        raise Failure(f"no column is named {' or '.join(fields)}; it has: {', '.join(schema.names[:20])}", path)
    return found


def _codecs(source: Any) -> Any:
    """The compression of each column, as it was; of a file without rows the usual one."""
    if not source.num_row_groups:
        return "snappy"
    group = source.metadata.row_group(0)
    columns = [group.column(at) for at in range(group.num_columns)]
    return {column.path_in_schema: column.compression.replace("UNCOMPRESSED", "NONE") for column in columns}


def _cleaned(
    values: list[str | None], path: str, name: str, share: Callable[[Iterable[Part]], Iterator[Made]]
) -> list[str | None]:
    put: list[str | None] = []
    for made in share(_parts(values, path, name)):
        put += made.values
    return put


def _parts(values: list[str | None], path: str, name: str) -> Iterator[Part]:
    """The values in runs of about SIZE code points."""
    first = size = 0
    for at, value in enumerate(values):
        size += len(value or "")
        if size > SIZE:
            yield Part(_clean, path, first + 1, b"", (name, values[first : at + 1]))
            first, size = at + 1, 0
    if first < len(values):
        yield Part(_clean, path, first + 1, b"", (name, values[first:]))


def _clean(part: Part, cleaner: Cleaner) -> Made:
    name, values = part.about
    put = [value if value is None else cleaner.clean(value, line, name) for line, value in enumerate(values, part.line)]
    return cleaner.ended(values=tuple(put), records=len(values), changed=put != values)


class _Sink:
    """A file that is written to: its bytes are taken away as they come."""

    closed = False

    def __init__(self) -> None:
        self._pieces: list[bytes] = []
        self._at = 0

    def write(self, data: bytes) -> int:
        self._pieces.append(bytes(data))
        self._at += len(data)
        return len(data)

    def tell(self) -> int:
        return self._at

    def flush(self) -> None: ...

    def close(self) -> None:
        self.closed = True

    def taken(self) -> bytes:
        data = b"".join(self._pieces)
        self._pieces.clear()
        return data
