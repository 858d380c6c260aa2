"""What has to be known of all bytes of a large file before any of it is cleaned, found in one pass over it."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import BinaryIO, NamedTuple

from texttool.document import newline_of
from texttool.filters import decode
from texttool.filters.decode.codecs import split_bom, text_codec
from texttool.filters.decode.sample import WINDOW, WINDOWS, sample

BLOCK = 1 << 18  # bytes: what is made of one stays where what was made of the one before it stood
_APART = 4  # blocks: of so many, one is looked at for its encoding
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
    strict, plain, head = codecs.getincrementaldecoder("utf-8")(), 0, b""  # plain: how many blocks read as UTF-8
    ends, picked = _Ends(), _Picked(size)
    for number, block in enumerate(blocks(file)):
        head = head or block[:16]
        if b"\0" in block:
            return Survey("", b"", "\n", 0.0)
        ends.add(block)
        if plain == number and _decodes(strict, block):
            plain += 1
        else:
            picked.add(number, block)
    if plain and (picked or not _decodes(strict, b"", final=True)):
        for number, block in enumerate(islice(blocks(file), plain)):
            picked.add(number, block)
    bom, marked = split_bom(head)
    name, confidence = marked, 1.0
    if encoding != "auto":
        name = text_codec(encoding)
        bom = bom if marked == name else b""
    elif not marked:
        found = decode.detect(picked.joined()) if picked else None
        name, confidence = ("utf-8", 1.0) if found is None else (found.encoding or "", found.confidence)
    return Survey("" if name.startswith(_WIDE) else name, bom, ends.newline(), confidence)


class _Picked:
    """What tells the encoding of a file of ``size`` bytes: the beginnings of what is not ASCII, from all over it."""

    def __init__(self, size: int) -> None:
        self._quota = max(WINDOW, WINDOWS * WINDOW * BLOCK * _APART // max(size, 1))  # bytes of one block
        self._pieces: dict[int, bytes] = {}

    def __len__(self) -> int:
        return len(self._pieces)

    def add(self, number: int, block: bytes) -> None:
        """Takes a block, unless one not far before it was taken; blocks come in order, but for those at the start."""
        if not block.isascii() and self._pieces.keys().isdisjoint(range(number - _APART + 1, number + 1)):
            self._pieces[number] = sample(block)[: self._quota]

    def joined(self) -> bytes:
        """The pieces in the order of the file."""
        return b"\n".join(self._pieces[number] for number in sorted(self._pieces))


class _Ends:
    """The line ends of blocks. Where none is a CR they are not counted: that would take as long as to decode."""

    def __init__(self) -> None:
        self._returns = self._feeds = self._pairs = 0
        self._last = b""

    def add(self, block: bytes) -> None:
        """Takes the next block."""
        returns = block.count(b"\r") if b"\r" in block else 0
        pairs = (block.count(b"\r\n") if returns else 0) + (self._last == b"\r" and block.startswith(b"\n"))
        # Of feeds alone one says as much as all: there are more of them than of pairs.
        self._feeds += block.count(b"\n") if returns or pairs else b"\n" in block
        self._returns += returns
        self._pairs += pairs
        self._last = block[-1:]

    def newline(self) -> str:
        """Their one style, or LF where there is none or several."""
        return newline_of(self._returns, self._feeds, self._pairs)


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
