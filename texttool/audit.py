"""The audit trail: every edit of a run as JSON lines, enough to give the source's bytes back.

A ``document`` record opens each document; its ``edit`` records follow, stage by stage. ``start`` and ``end`` are code
points of the text that the stage read, ``line`` and ``column`` (from 1) the place in the source. Of a file of records
each string that changed is a document; a ``part`` record says where a run of records went, and what it was, and a
``records`` record closes the file.
"""

from __future__ import annotations

import base64
import json
import os
import zlib
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import groupby, islice
from typing import Any

from texttool import __version__
from texttool.document import Document
from texttool.edits import Edits
from texttool.errors import Failure
from texttool.lines import Lines
from texttool.pipeline import Result

_quoted = json.encoder.encode_basestring
_DOCUMENT = b'{"type":"document"'
_PART, _RECORDS = b'{"type":"part"', b'{"type":"records"'
_TYPES = ("document", "edit", "part", "records")


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
        # Spelled by hand, which halves the time of a trail: a page of short lines has an edit every twenty bytes.
        text = (
            f'{{"type":"edit","code":"{code}","stage":{stage},"line":{line},"column":{column},"start":{start},"end":{end},'
            f'"found":{_quoted(found)},"put":{_quoted(put)}}}\n'
        )
        try:
            yield text.encode()
        except UnicodeEncodeError:
            yield _line(json.loads(text))


def is_trail(line: bytes) -> bool:
    """Whether this is the first line of an audit trail."""
    return line.startswith((_DOCUMENT, _PART))


class Trail:
    """The lines of a trail, and where each document stands in them."""

    def __init__(self, lines: Sequence[bytes], name: str) -> None:
        """``name`` is that of the trail. Raises Failure where it is none."""
        self.lines, self.name = lines, name
        self.heads = [number for number, line in enumerate(lines) if line.startswith((_DOCUMENT, _RECORDS))]
        if lines and not is_trail(lines[0]):
            self.entry(0)
            self.heads[:0] = [0]
        self.found: dict[str, list[int]] = {}
        for number in self.heads:
            self.found.setdefault(str(self.entry(number).get("output_sha256")), []).append(number)

    def has(self, output: bytes) -> bool:
        """Whether it knows an output with these bytes."""
        return _sha256(output) in self.found

    @cached_property
    def places(self) -> frozenset[str]:
        """The paths of its documents, with slashes, and what each ends in: outputs may lie in another folder."""
        paths = (str(self.entry(number).get("path")).replace(os.sep, "/").split("/") for number in self.heads)
        return frozenset("/".join(parts[at:]) for parts in paths for at in range(len(parts)))

    def entry(self, number: int) -> dict[str, Any]:
        """One record. Raises Failure where the line is none."""
        try:
            entry: dict[str, Any] = json.loads(self.lines[number])
            known = entry["type"] in _TYPES
        except (ValueError, TypeError, KeyError, IndexError):
            known = False
        if not known:
            raise Failure(f"line {number + 1} of the audit trail is not a record of one", self.name)
        return entry

    def head(self, output: bytes, path: str) -> tuple[int, dict[str, Any]]:
        """The last document with this output, and its line; of those from different sources, the one at this path.

        Raises Failure where there is none.
        """
        digest = _sha256(output)
        found = [(number, self.entry(number)) for number in self.found.get(digest, ())]
        if not found:
            reason = "the audit trail knows no output with these bytes: it was changed since, or is another's"
            raise Failure(reason, path)
        # A clean document that was cleaned again tells nothing of where it came from.
        found = [(number, head) for number, head in found if head.get("sha256") != digest] or found
        if len({head.get("sha256") for _, head in found}) > 1:
            found = [(number, head) for number, head in found if _same_path(str(head.get("path")), path)] or [
                (number, head) for number, head in found if _same_path(str(head.get("output")), path)
            ]
        if not found:
            raise Failure("several documents of the audit trail have these bytes as output, none at this path", path)
        return found[-1]

    def stages(self, number: int) -> list[list[dict[str, Any]]]:
        """The edits of the document whose head is on line ``number``, stage by stage. Raises Failure."""
        edits = list[dict[str, Any]]()
        for at in range(number + 1, len(self.lines)):
            entry = self.entry(at)
            if entry["type"] != "edit":
                break
            edits.append(entry)
        return [list(group) for _, group in groupby(edits, key=lambda entry: entry.get("stage"))]

    def undo(self, output: bytes, path: str) -> bytes:
        """The bytes of the source whose cleaned text is ``output``.

        Raises Failure where the trail is broken, knows no document with this output, or several that ``path`` does
        not tell apart.
        """
        number, head = self.head(output, path)
        try:
            if head["type"] == "records":
                return self._joined(number, head, output, path)
            return _restored(head, self.stages(number), output, path)
        except (KeyError, TypeError, ValueError, LookupError, zlib.error) as error:
            raise _altered(path) from error

    def _joined(self, number: int, head: dict[str, Any], output: bytes, path: str) -> bytes:
        """A file of records out of its parts, the last ones before ``number``; those that did not change are there."""
        above = (at for at in range(number - 1, -1, -1) if self.lines[at].startswith(_PART))
        parts = [self.entry(at) for at in islice(above, head["parts"])][::-1]
        pieces = (
            output[part["at"] : part["at"] + part["size"]]
            if "source" not in part
            else zlib.decompress(base64.b85decode(part["source"]))
            for part in parts
        )
        data = b"".join(pieces)
        if _sha256(data) != head["sha256"]:
            raise _altered(path)
        return data


def undo(trail: Sequence[bytes], output: bytes, path: str) -> bytes:
    """The bytes of the source whose cleaned text is ``output``, by the lines of a trail. Raises Failure."""
    return Trail(trail, path).undo(output, path)


def _altered(path: str) -> Failure:
    return Failure("the audit trail does not lead back to the source: it was altered", path)


def _same_path(a: str, b: str) -> bool:
    return os.path.realpath(a) == os.path.realpath(b)


def _restored(head: dict[str, Any], stages: list[list[dict[str, Any]]], output: bytes, path: str) -> bytes:
    if "source" in head:
        return zlib.decompress(base64.b85decode(head["source"]))
    *_, text = texts(head, stages, output)
    data = _shell(head).encode(text)
    if _sha256(data) != head["sha256"]:
        raise _altered(path)
    return data


def texts(head: dict[str, Any], stages: list[list[dict[str, Any]]], output: bytes) -> Iterator[str]:
    """The cleaned text, the text that the last stage read, that which the one before read, up to the source."""
    text = _text(output, head, _shell(head))
    yield text
    for stage in reversed(stages):
        text = edits_of(stage).undoing([entry["found"] for entry in stage]).apply(text)
        yield text


def edits_of(stage: list[dict[str, Any]]) -> Edits:
    """The edits of one stage."""
    return Edits.of((entry["start"], entry["end"], entry["put"]) for entry in stage)


def _shell(head: dict[str, Any]) -> Document:
    """The document of a head, without its text."""
    return Document("", b"", "", head["encoding"], bytes.fromhex(head["bom"]), head["newline"])


def _text(output: bytes, head: dict[str, Any], shell: Document) -> str:
    """The cleaned text out of its bytes: BOM off, line ends as the stages knew them."""
    from texttool.filters import decode

    read = decode.decode(output, head["output_encoding"])
    # Without a mark in the source, what looks like one at the start of the output is a character of the text.
    text = read.text if shell.bom or not read.bom else f"\ufeff{read.text}"
    return text.replace(shell.newline, "\n") if shell.newline != "\n" else text


def _line(entry: dict[str, Any]) -> bytes:
    # Undecodable bytes are lone surrogates, which UTF-8 cannot hold: JSON escapes can, and nothing else needs them.
    text = json.dumps(entry, ensure_ascii=False, separators=(",", ":"))
    try:
        return f"{text}\n".encode()
    except UnicodeEncodeError:
        return f"{json.dumps(entry, separators=(',', ':'))}\n".encode()


def part(path: str, line: int, at: int, data: bytes, source: bytes) -> bytes:
    """The record of a part of a file of records: ``data`` was written at byte ``at`` of the output for ``source``."""
    fields = {"type": "part", "path": path, "line": line, "at": at, "size": len(data)}
    if data != source:
        fields["source"] = base64.b85encode(zlib.compress(source)).decode()
    return _line(fields)


def records(path: str, parts: int, source: str, output: str) -> bytes:
    """The record that closes a file of records; ``source`` and ``output`` are the digests of its bytes, unpacked."""
    return _line(
        {
            "type": "records",
            "texttool": __version__,
            "path": path,
            "sha256": source,
            "output_sha256": output,
            "parts": parts,
        }
    )


def _sha256(data: bytes) -> str:
    from hashlib import sha256  # with OpenSSL in it: most runs need no digest

    return sha256(data).hexdigest()
