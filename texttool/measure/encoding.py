"""What is known of the encoding of some bytes: the reading that was taken, and what the runners-up would read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from texttool.document import Document
from texttool.filters import decode
from texttool.filters.decode import Detection
from texttool.lines import Lines
from texttool.visible import storable, visible

PREVIEW = 40  # code points
_HIGH = re.compile(b"[\x80-\xff]")
NEWLINES = {"\n": "LF", "\r\n": "CRLF", "\r": "CR"}


def told(data: bytes, guess: Detection, read: Document | None) -> dict[str, Any]:
    """Encoding, confidence, language, BOM, line ends, bytes that no character claims, parts in another encoding.

    And the candidates, each with a glimpse of its text. ``read`` is the document in ``data``, where it has one.
    """
    undecodable = read.undecodable() if read else None
    return {
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
