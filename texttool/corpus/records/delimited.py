"""Tables with a head line, fields parted by commas or tabs (RFC 4180). Other fields keep their bytes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache, partial
from typing import Any

from texttool.corpus.records.part import SIZE, Cleaner, Made, Part, Reject
from texttool.errors import Failure

_BOM = b"\xef\xbb\xbf"
_LONGEST = 1 << 26  # bytes of one record: past that, a quote was never closed


class _RecordError(ValueError):
    """A record that breaks the rules of the format; ``args[1]`` is where the next line begins."""


@lru_cache
def _field(mark: str) -> re.Pattern[str]:
    """One field and what ends it. Linear: what repeats is possessive."""
    return re.compile(
        rf'(?:"(?P<quoted>[^"]*+(?:""[^"]*+)*+)"|(?P<plain>(?!")[^{mark}\r\n]*+))(?P<end>{mark}|\r\n|\n|\r(?!\n)|\Z)'
    )


def parts(mark: str, pieces: Iterable[bytes], path: str, about: Any) -> Iterator[Part]:
    """The file in parts of whole records. Raises Failure where the head line has none of the wanted columns."""
    wanted, encoding, _, _ = about
    names: list[str] | None = None
    line = 1
    for data in _blocks(pieces):
        start = 0
        if names is None:
            text = data.decode(encoding, "replace")
            try:
                cells, end = _record(text, 0, _field(mark))
            except _RecordError as broken:
                raise Failure(f"its head line cannot be read: {broken.args[0]}", path) from broken
            names = [_value(cell).removeprefix("\ufeff") for cell in cells]
            columns = tuple(at for at, name in enumerate(names) if name in wanted and "" in wanted[name])
            if not columns:
                shown = ", ".join(names[:20])
                raise Failure(f"no column is named {' or '.join(_names(wanted))}; it has: {shown}", path)
            start = len(text[:end].encode(encoding, "replace"))
            yield Part(_raw, path, 1, data[:start], encoding)
            line += data.count(b"\n", 0, start)
        if start < len(data):
            yield Part(partial(_clean, mark), path, line, data[start:], (about, columns, names))
            line += data.count(b"\n", start)


def _names(wanted: dict[str, Any]) -> list[str]:
    return [name for name, below in wanted.items() if "" in below]


def _blocks(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Blocks that end where a line ends outside of quotes, as far as their number tells."""
    rest = b""
    for piece in pieces:
        rest += piece
        if len(rest) < SIZE:
            continue
        end = rest.rfind(b"\n") + 1
        while end and rest.count(b'"', 0, end) % 2:
            end = rest.rfind(b"\n", 0, end - 1) + 1
        if not end and len(rest) > _LONGEST:
            end = rest.rfind(b"\n") + 1
        if end:
            yield rest[:end]
            rest = rest[end:]
    if rest:
        yield rest


def _record(text: str, at: int, field: re.Pattern[str]) -> tuple[list[re.Match[str]], int]:
    """The cells of the record at ``at``, and where the next begins."""
    cells: list[re.Match[str]] = []
    while True:
        cell = field.match(text, at)
        if not cell:
            ends = text.find("\n", at) + 1 or len(text)
            raise _RecordError("a quote is not closed, or something stands behind one", ends)
        cells.append(cell)
        at = cell.end()
        if cell["end"] in ("\n", "\r\n", "\r", ""):
            return cells, at


def _value(cell: re.Match[str]) -> str:
    plain: str | None = cell["plain"]
    return cell["quoted"].replace('""', '"') if plain is None else plain


def _raw(part: Part, cleaner: Cleaner) -> Made:
    return cleaner.ended(data=part.data if part.about == "utf-8" else part.data.decode(part.about).encode())


def _clean(mark: str, part: Part, cleaner: Cleaner) -> Made:
    (_, encoding, keep, id_field), columns, names = part.about
    name_at = names.index(id_field) if id_field in names else -1
    field = _field(mark)
    text = part.data.decode(encoding, "surrogateescape")
    out, rejects = list[bytes](), list[Reject]()
    at = records = size = 0
    line = part.line
    while at < len(text):
        first = at
        try:
            cells, at = _record(text, at, field)
            blank = len(cells) == 1 and not cells[0][0].strip()
            records += not blank
            made = (
                text[first:at]
                if blank
                else _cleaned(text, first, at, cells, columns, names, mark, line, cleaner, name_at)
            )
            data = made.encode("utf-8", "surrogateescape") if encoding == "utf-8" else made.encode()
        except ValueError as error:
            if isinstance(error, _RecordError):
                records += 1
                at = max(error.args[1], first + 1)
            raw = text[first:at].encode(encoding, "surrogateescape")
            rejects.append(Reject(line, str(error.args[0]), raw, size))
            data = raw if keep else b""
        out.append(data)
        size += len(data)
        line += text.count("\n", first, at)
    joined = b"".join(out)
    return cleaner.ended(data=joined, records=records, changed=joined != part.data, rejects=tuple(rejects))


def _cleaned(
    text: str,
    first: int,
    end: int,
    cells: list[re.Match[str]],
    columns: tuple[int, ...],
    names: list[str],
    mark: str,
    line: int,
    cleaner: Cleaner,
    name_at: int,
) -> str:
    """A record with its wanted cells cleaned. Raises ValueError where it does not fit the head line."""
    if len(cells) != len(names):
        raise ValueError(f"has {len(cells)} columns, not {len(names)}")
    try:
        text[first:end].encode()
    except UnicodeEncodeError as error:
        raise ValueError("has bytes that are not in the encoding of the file") from error
    pieces, last = list[str](), first
    called = _value(cells[name_at]) if name_at >= 0 else ""
    for column in columns:
        cell = cells[column]
        value = _value(cell)
        put = cleaner.clean(value, line, names[column], called)
        if put != value:
            pieces += text[last : cell.start()], _spelled(put, mark, quoted=cell["plain"] is None)
            last = cell.start("end")
    return "".join([*pieces, text[last:end]])


def _spelled(value: str, mark: str, *, quoted: bool) -> str:
    if quoted or any(char in value for char in f'"\r\n{mark}'):
        return '"' + value.replace('"', '""') + '"'
    return value
