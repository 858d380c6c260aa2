"""What encoding each document is in, as a table or JSON."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from texttool import document, store, streams
from texttool.config import Options
from texttool.corpus.intake import FAILED, NOTHING, guarded
from texttool.corpus.shard import ALL, share
from texttool.document import Document
from texttool.filters import decode
from texttool.lines import Lines
from texttool.visible import storable, visible
from texttool.walk import Input, walk

PREVIEW = 40  # code points
_HIGH = re.compile(b"[\x80-\xff]")
NEWLINES = {"\n": "LF", "\r\n": "CRLF", "\r": "CR"}


def detect(
    paths: tuple[Path, ...], output_format: str, hint: str, candidates: bool, shard: tuple[int, int] = ALL
) -> int:
    """Writes what is known of the encoding of every document under ``paths``. Gives the exit status.

    ``hint`` is the language that is expected (BCP 47), ``shard`` the part of the files. Raises Failure where standard
    output cannot be written.
    """
    status = NOTHING
    found: list[dict[str, Any]] = []
    for item in share(walk(paths), Options(shard=shard), records=False):
        status = max(status, guarded(item, partial(_detect, item, hint, found)))
    for line in _as_json(found) if output_format == "json" else _as_table(found, candidates):
        streams.out(line.encode())
    return status


def _detect(item: Input, hint: str, found: list[dict[str, Any]]) -> int:
    data = streams.stdin_bytes() if item.is_stdin else store.read(item.path).data
    at = document.binary(data)
    if at >= 0:
        streams.say(f"{item.path}: binary (NUL at byte {at})")
        found.append({"path": storable(str(item.path)), "encoding": None, "binary": True})
        return NOTHING
    guess = decode.detect(data, hint)
    told = guess.encoding if hint else "auto"
    read = document.load(data, str(item.path), told, guess) if guess.encoding and told else None
    undecodable = read.undecodable() if read else None
    found.append(
        {
            "path": storable(str(item.path)),
            "encoding": guess.encoding,
            "confidence": round(guess.confidence, 4),
            "language": guess.language,
            "bom": bool(guess.bom),
            "newline": _newline(read.text if read else "", read.newline if read else "\n"),
            "undecodable": undecodable[0] if undecodable else 0,
            "parts": [*_parts(read)] if read else [],
            "candidates": [
                {
                    "encoding": other.encoding,
                    "confidence": round(other.confidence, 4),
                    "language": other.language,
                    "preview": _preview(data, other.encoding),
                }
                for other in guess.candidates
            ],
        }
    )
    return NOTHING if guess.encoding else FAILED


def _parts(read: Document) -> Iterator[dict[str, Any]]:
    """Where other encodings stand in the document: runs of lines (1-based, the last one included)."""
    lines = Lines(read.text)
    runs: list[tuple[str, int, int]] = []
    for start, end, encoding in read.parts:
        first, last = lines.place(start)[0], lines.place(end)[0]
        if runs and runs[-1][0] == encoding and first <= runs[-1][2] + 1:
            first = runs.pop()[1]
        runs.append((encoding, first, last))
    return ({"encoding": encoding, "line": first, "end_line": last} for encoding, first, last in runs)


def _preview(data: bytes, encoding: str) -> str:
    """The first characters of the first line that is not ASCII, as that encoding reads it."""
    beyond = _HIGH.search(data)
    start = data.rfind(b"\n", 0, beyond.start()) + 1 if beyond and "16" not in encoding else 0
    text = decode.decode(data[start : start + 4 * PREVIEW], encoding).text
    return storable(visible(text[:PREVIEW]))


def _newline(text: str, style: str) -> str:
    """The newline style in words: a text that holds CR beside LF mixes styles."""
    if style == "\n" and "\r" in text:
        return "mixed"
    return NEWLINES[style] if style in text or "\n" in text else "none"


def _as_json(found: Iterable[dict[str, Any]]) -> Iterator[str]:
    yield json.dumps(list(found), ensure_ascii=False, indent=1) + "\n"


def _as_table(found: Iterable[dict[str, Any]], candidates: bool) -> Iterator[str]:
    for entry in found:
        if entry.get("binary"):
            yield f"{visible(entry['path'])}: binary\n"
            continue
        words = [entry["encoding"] or "unknown", f"{entry['confidence']:.2f}", entry["language"], entry["newline"]]
        words += ["BOM"] if entry["bom"] else []
        words += [f"{entry['undecodable']} undecodable bytes"] if entry["undecodable"] else []
        words += [
            f"{n} part{'s' * (n > 1)} in {code}"
            for code, n in Counter(part["encoding"] for part in entry["parts"]).items()
        ]
        yield f"{visible(entry['path'])}: {'  '.join(word for word in words if word)}\n"
        for other in entry["candidates"] if candidates else ():
            yield f"    {other['confidence']:.2f}  {other['encoding']:12}  {other['preview']}\n"
