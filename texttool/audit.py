"""The audit trail: every edit of a run as JSON lines, enough to give the source's bytes back.

A ``document`` record opens each document; its ``edit`` records follow, stage by stage. ``start`` and ``end`` are code
points of the text that the stage read, ``line`` and ``column`` (from 1) the place in the source.
"""

from __future__ import annotations

import base64
import hashlib
import json
import zlib
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from texttool import __version__
from texttool.document import Document
from texttool.edits import Edits
from texttool.errors import Failure
from texttool.lines import Lines
from texttool.pipeline import Result


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
    if not document.exact:  # an encoding that does not give the same bytes again: they are kept
        head["source"] = base64.b85encode(zlib.compress(document.data)).decode()
    yield _line(head)
    places = Lines(result.source)
    for stage, start, end, code, found, put, at in result.changes():
        line, column = places.place(at)
        fields = {"code": code, "stage": stage, "line": line, "column": column, "start": start, "end": end}
        yield _line({"type": "edit", **fields, "found": found, "put": put})


def undo(trail: Iterable[bytes], output: bytes, path: str) -> bytes:
    """The bytes of the source whose cleaned text is ``output``.

    Raises Failure where the trail is broken, or knows no document with this output.
    """
    digest = _sha256(output)
    head: dict[str, Any] | None = None
    edits: list[dict[str, Any]] = []
    for entry in _entries(trail, path):
        if entry["type"] == "document":
            if head:
                break
            head = entry if entry["output_sha256"] == digest else None
        elif head:
            edits.append(entry)
    if not head:
        raise Failure(
            "the audit trail knows no output with these bytes: they were changed since, or are another's", path
        )
    return _restored(head, edits, output, path)


def _restored(head: dict[str, Any], edits: list[dict[str, Any]], output: bytes, path: str) -> bytes:
    if "source" in head:
        return zlib.decompress(base64.b85decode(head["source"]))
    bom = bytes.fromhex(head["bom"])
    shell = Document(head["path"], b"", "", head["encoding"], bom, head["newline"])
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


def _entries(trail: Iterable[bytes], path: str) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(trail, 1):
        try:
            entry = json.loads(line)
            known = entry["type"] in ("document", "edit")
        except (ValueError, TypeError, KeyError):
            known = False
        if not known:
            raise Failure(f"line {number} of the audit trail is not a record of one", path)
        yield entry


def _line(entry: dict[str, Any]) -> bytes:
    # Undecodable bytes are lone surrogates, which UTF-8 cannot hold: JSON escapes can, and nothing else needs them.
    text = json.dumps(entry, ensure_ascii=False, separators=(",", ":"))
    try:
        return f"{text}\n".encode()
    except UnicodeEncodeError:
        return f"{json.dumps(entry, separators=(',', ':'))}\n".encode()


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
