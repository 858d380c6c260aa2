"""What has to be known of all bytes of a large file before any of it is cleaned, found in one pass over it."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator
from typing import BinaryIO, NamedTuple

from texttool.document import newline_of
from texttool.filters import decode
from texttool.filters.decode.codecs import split_bom, text_codec
from texttool.filters.decode.sample import WINDOW, WINDOWS, sample

BLOCK = 1 << 20  # bytes
_WIDE = ("utf-16", "utf-32")  # their line ends are not single bytes


class Survey(NamedTuple):
    """The encoding (empty: it takes the whole file to tell, or to cut it), the mark and the newline style."""

    encoding: str
    bom: bytes
    newline: str
    confidence: float


def survey(file: BinaryIO, size: int, encoding: str) -> Survey:
    """Reads ``file`` from its beginning, ``size`` bytes; ``encoding`` is a codec's name, or ``auto``.

    Raises LookupError for a codec that does not exist.
    """
    strict, picked = codecs.getincrementaldecoder("utf-8")(), list[bytes]()
    plain, returns, feeds, pairs, last = True, 0, 0, 0, b""
    quota = max(WINDOW, WINDOWS * WINDOW * BLOCK // max(size, 1))
    head = b""
    for block in blocks(file):
        head = head or block[:16]
        if b"\0" in block:
            return Survey("", b"", "\n", 0.0)
        if plain:
            plain = _decodes(strict, block)
        if not block.isascii():
            picked.append(sample(block)[:quota])
        here, feeds = block.count(b"\r"), feeds + block.count(b"\n")
        returns += here
        pairs += (block.count(b"\r\n") if here else 0) + (last == b"\r" and block.startswith(b"\n"))
        last = block[-1:]
    newline = newline_of(returns, feeds, pairs)
    bom, marked = split_bom(head)
    name, confidence = marked, 1.0
    if encoding != "auto":
        name = text_codec(encoding)
        bom = bom if marked == name else b""
    elif not marked:
        found = decode.detect(b"\n".join(picked)) if not (plain and _decodes(strict, b"", final=True)) else None
        name, confidence = ("utf-8", 1.0) if found is None else (found.encoding or "", found.confidence)
    return Survey("" if name.startswith(_WIDE) else name, bom, newline, confidence)


def blocks(file: BinaryIO) -> Iterator[bytes]:
    """The bytes of ``file`` from its beginning."""
    file.seek(0)
    while block := file.read(BLOCK):
        yield block


def whole_lines(pieces: Iterable[bytes], end: bytes, skip: int) -> Iterator[bytes]:
    """The bytes behind the first ``skip`` ones, each piece cut behind the last line end in it."""
    rest: list[bytes] = []
    for block in pieces:
        cut = block.rfind(end) + 1
        if cut:
            chunk = b"".join((*rest, block[:cut]))[skip:]
            rest, skip = [], 0
            yield chunk
        rest.append(block[cut:])
    if last := b"".join(rest)[skip:]:
        yield last


def _decodes(decoder: codecs.IncrementalDecoder, block: bytes, *, final: bool = False) -> bool:
    try:
        decoder.decode(block, final)
    except UnicodeDecodeError:
        return False
    return True
