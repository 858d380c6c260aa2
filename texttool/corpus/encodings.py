"""What encoding each document is in, as a table or JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from texttool import document, store, streams
from texttool.corpus.intake import FAILED, NOTHING, guarded
from texttool.filters import decode
from texttool.visible import storable, visible
from texttool.walk import Input, walk

NEWLINES = {"\n": "LF", "\r\n": "CRLF", "\r": "CR"}


def detect(paths: tuple[Path, ...], output_format: str) -> int:
    """Writes what is known of the encoding of every document under ``paths``. Gives the exit status."""
    status = NOTHING
    found: list[dict[str, Any]] = []
    for item in walk(paths):
        status = max(status, guarded(item, partial(_detect, item, found)))
    for line in _as_json(found) if output_format == "json" else _as_table(found):
        streams.out(line.encode())
    return status


def _detect(item: Input, found: list[dict[str, Any]]) -> int:
    data = streams.stdin_bytes() if item.is_stdin else store.read(item.path).data
    at = document.binary(data)
    if at >= 0:
        streams.say(f"{item.path}: binary (NUL at byte {at})")
        found.append({"path": storable(str(item.path)), "encoding": None, "binary": True})
        return NOTHING
    guess = decode.detect(data)
    read = document.load(data, str(item.path)) if guess.encoding else None
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
            "candidates": [
                {"encoding": other.encoding, "confidence": round(other.confidence, 4), "language": other.language}
                for other in guess.candidates
            ],
        }
    )
    return NOTHING if guess.encoding else FAILED


def _newline(text: str, style: str) -> str:
    """The newline style in words: a text that holds CR beside LF mixes styles."""
    if style == "\n" and "\r" in text:
        return "mixed"
    return NEWLINES[style] if style in text or "\n" in text else "none"


def _as_json(found: Iterable[dict[str, Any]]) -> Iterator[str]:
    yield json.dumps(list(found), ensure_ascii=False, indent=1) + "\n"


def _as_table(found: Iterable[dict[str, Any]]) -> Iterator[str]:
    for entry in found:
        if entry.get("binary"):
            yield f"{visible(entry['path'])}: binary\n"
            continue
        words = [entry["encoding"] or "unknown", f"{entry['confidence']:.2f}", entry["language"], entry["newline"]]
        words += ["BOM"] if entry["bom"] else []
        words += [f"{entry['undecodable']} undecodable bytes"] if entry["undecodable"] else []
        yield f"{visible(entry['path'])}: {'  '.join(word for word in words if word)}\n"
