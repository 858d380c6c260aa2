"""JSON lines: a record a line. What is no string of a wanted field keeps its bytes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from texttool.corpus.records.jsonspans import name_in, record, spelled
from texttool.corpus.records.part import SIZE, About, Cleaner, Made, Part, Reject

_BOM = b"\xef\xbb\xbf"


def parts(pieces: Iterable[bytes], path: str, about: Any) -> Iterator[Part]:
    """The file in parts of whole lines."""
    line, rest = 1, list[bytes]()
    had = 0
    for piece in pieces:
        rest.append(piece)
        had += len(piece)
        if had < SIZE or b"\n" not in piece:
            continue
        data = b"".join(rest)
        end = data.rfind(b"\n") + 1
        yield Part(_clean, path, line, data[:end], about)
        line += data.count(b"\n", 0, end)
        rest, had = [data[end:]], len(data) - end
    data = b"".join(rest)
    if data:
        yield Part(_clean, path, line, data, about)


def _clean(part: Part, cleaner: Cleaner) -> Made:
    about: About = part.about
    out, rejects = list[bytes](), list[Reject]()
    size = records = 0
    for number, line in enumerate(_lines(part.data), part.line):
        records += bool(line.strip())
        try:
            made = _line(line, number, about, cleaner)
        except (ValueError, RecursionError) as error:
            rejects.append(Reject(number, reason_of(error), line, size))
            made = line if about.keep else b""
        out.append(made)
        size += len(made)
    data = b"".join(out)
    return cleaner.ended(data=data, records=records, changed=data != part.data, rejects=tuple(rejects))


def _lines(data: bytes) -> Iterator[bytes]:
    """Lines with their LF: no other character ends one."""
    at = 0
    while at < len(data):
        end = data.find(b"\n", at) + 1 or len(data)
        yield data[at:end]
        at = end


def _line(line: bytes, number: int, about: About, cleaner: Cleaner) -> bytes:
    """The line with its strings cleaned. Raises ValueError where it is no record."""
    mark = _BOM if number == 1 and line.startswith(_BOM) else b""
    text = line[len(mark) :].decode(about.encoding)
    found, (at, end) = record(text, about.wanted)
    if at == end:
        return line
    as_ascii, name = text.isascii(), name_of(text[at:end], about) if found else ""
    pieces, last = list[str](), 0
    for start, stop, value, path in found:
        put = cleaner.clean(value, number, path, name)
        if put != value:
            pieces += text[last:start], spelled(put, as_ascii=as_ascii)
            last = stop
    if not pieces and about.encoding == "utf-8":
        return line
    return mark + "".join([*pieces, text[last:]]).encode("utf-8", "surrogatepass")


def name_of(record: str, about: About) -> str:
    """What the field that names a record holds; nothing where it is not asked for, or not there."""
    return name_in(record, about.id_field) if about.id_field else ""


def reason_of(error: Exception) -> str:
    """Why a line is no record."""
    if isinstance(error, UnicodeDecodeError):
        return f"byte {error.start + 1} is not {error.encoding}"
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg} (column {error.pos + 1})"
    return str(error) or type(error).__name__
