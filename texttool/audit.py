"""The audit trail: every edit of a run as JSON lines, enough to give the source's bytes back.

A ``document`` record opens each document; its ``edit`` records follow, stage by stage. ``start`` and ``end`` are code
points of the text that the stage read, ``line`` and ``column`` (from 1) the place in the source.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import zlib
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from texttool import __version__
from texttool.document import Document
from texttool.edits import Edits
from texttool.errors import Failure
from texttool.lines import Lines
from texttool.pipeline import Result

_DOCUMENT = b'{"type":"document"'
EMPTY = _DOCUMENT  # an empty file may become a trail


def record(document: Document, result: Result, output: bytes, to: str) -> Iterator[bytes]:
    """The trail of one document whose cleaned text was written as ``output`` in the encoding ``to``, line by line."""
    head = {
        "type": "document",
        "texttool": __version__,
        "path": document.path,
        "encoding": document.encoding,
        "bom": document.bom.hex(),
        "newline": document.newline,
        "sha256": _sha256(document.data),
        "output_encoding": to,
        "output_sha256": _sha256(output),
    }
    if not (document.exact and _text(output, head, document) == result.text):
        # An encoding that does not give the same bytes again, or not the same text: the source is kept.
        head["source"] = base64.b85encode(zlib.compress(document.data)).decode()
    yield _line(head)
    places = Lines(result.source)
    for stage, start, end, code, found, put, at in result.changes():
        line, column = places.place(at)
        fields = {"code": code, "stage": stage, "line": line, "column": column, "start": start, "end": end}
        yield _line({"type": "edit", **fields, "found": found, "put": put})


def undo(trail: Sequence[bytes], output: bytes, path: str) -> bytes:
    """The bytes of the source whose cleaned text is ``output``, by the lines of a trail.

    Raises Failure where the trail is broken, knows no document with this output, or several that ``path`` does not
    tell apart.
    """
    heads = [number for number, line in enumerate(trail) if number == 0 or line.startswith(_DOCUMENT)]
    number, head = _chosen([(number, _entry(trail, number, path)) for number in heads], _sha256(output), path)
    behind = next((other for other in heads if other > number), len(trail))
    edits = [_entry(trail, at, path) for at in range(number + 1, behind)]
    try:
        return _restored(head, edits, output, path)
    except (KeyError, TypeError, ValueError, LookupError, zlib.error) as error:
        raise Failure("the audit trail does not lead back to the source: it was altered", path) from error


def is_trail(line: bytes) -> bool:
    """Whether this is the first line of an audit trail."""
    return line.startswith(_DOCUMENT)


def _chosen(heads: list[tuple[int, dict[str, Any]]], digest: str, path: str) -> tuple[int, dict[str, Any]]:
    """The last document with this output; of those from different sources, the last that was at this path."""
    found = [(number, head) for number, head in heads if head.get("output_sha256") == digest]
    if not found:
        raise Failure("the audit trail knows no output with these bytes: it was changed since, or is another's", path)
    # A clean document that was cleaned again tells nothing of where it came from.
    found = [(number, head) for number, head in found if head.get("sha256") != digest] or found
    if len({head.get("sha256") for _, head in found}) > 1:
        found = [(number, head) for number, head in found if _same_path(str(head.get("path")), path)]
    if not found:
        raise Failure("several documents of the audit trail have these bytes as output, none at this path", path)
    return found[-1]


def _same_path(a: str, b: str) -> bool:
    return os.path.realpath(a) == os.path.realpath(b)


def _restored(head: dict[str, Any], edits: list[dict[str, Any]], output: bytes, path: str) -> bytes:
    if "source" in head:
        return zlib.decompress(base64.b85decode(head["source"]))
    bom = bytes.fromhex(head["bom"])
    shell = Document(path, b"", "", head["encoding"], bom, head["newline"])
    text = _text(output, head, shell)
    stages = [list(group) for _, group in groupby(edits, key=lambda entry: entry["stage"])]
    for stage in reversed(stages):
        made = Edits.of((entry["start"], entry["end"], entry["put"]) for entry in stage)
        text = made.undoing([entry["found"] for entry in stage]).apply(text)
    data = shell.encode(text)
    if _sha256(data) != head["sha256"]:
        raise Failure("the audit trail does not lead back to the source: it was altered", path)
    return data


def _text(output: bytes, head: dict[str, Any], shell: Document) -> str:
    """The cleaned text out of its bytes: BOM off, line ends as the stages knew them."""
    from texttool.filters import decode

    read = decode.decode(output, head["output_encoding"])
    # Without a mark in the source, what looks like one at the start of the output is a character of the text.
    text = read.text if shell.bom or not read.bom else f"\ufeff{read.text}"
    return text.replace(shell.newline, "\n") if shell.newline != "\n" else text


def _entry(trail: Sequence[bytes], number: int, path: str) -> dict[str, Any]:
    """One record. Raises Failure where the line is none."""
    try:
        entry: dict[str, Any] = json.loads(trail[number])
        known = entry["type"] in ("document", "edit")
    except (ValueError, TypeError, KeyError, IndexError):
        known = False
    if not known:
        raise Failure(f"line {number + 1} of the audit trail is not a record of one", path)
    return entry


def _line(entry: dict[str, Any]) -> bytes:
    # Undecodable bytes are lone surrogates, which UTF-8 cannot hold: JSON escapes can, and nothing else needs them.
    text = json.dumps(entry, ensure_ascii=False, separators=(",", ":"))
    try:
        return f"{text}\n".encode()
    except UnicodeEncodeError:
        return f"{json.dumps(entry, separators=(',', ':'))}\n".encode()


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
