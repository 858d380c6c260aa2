"""Bytes <-> text: encoding, byte order mark and newline style of one document."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from texttool.errors import Failure
from texttool.patterns import compiled

if TYPE_CHECKING:
    from texttool.filters.decode import Detection

STDIN = "-"
KNOWN = 0.5  # confidence: more likely right than wrong
UNICODE = ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
_UNDECODABLE = compiled("[\udc00-\udcff]")


class Document(NamedTuple):
    """One text with all that it takes to write its bytes again.

    ``text`` has no byte order mark, and LF for every line end where all line ends are of one style (``newline``: LF,
    CRLF or CR). Where styles are mixed ``newline`` is LF and the text holds every CR as it stood. Bytes that could not
    be decoded are lone surrogates, U+DC00 and the byte (PEP 383). ``confidence``
    (0 to 1) is how likely the encoding is the right one. ``parts`` are the spans of
    the text (code points, half open) that were read in another encoding, which is named. ``strict``: a strict codec
    read the text, so that none of those surrogates is in it.
    """

    path: str
    data: bytes
    text: str
    encoding: str
    bom: bytes
    newline: str
    confidence: float = 1.0
    parts: tuple[tuple[int, int, str], ...] = ()
    strict: bool = False

    @property
    def known(self) -> bool:
        """Whether the encoding is more likely right than wrong: otherwise the text is nothing to edit."""
        return self.confidence >= KNOWN or not self.data

    def encode(self, text: str, to: str | None = None, line: int = 1) -> bytes:
        """``text`` as bytes in ``to`` (default: the document's own encoding), with its BOM and newline style.

        ``line`` is the number of its first line, for messages.

        Raises Failure where ``to`` does not exist or cannot hold a character.
        """
        from texttool.filters import decode

        encoding = to or self.encoding
        if self.newline != "\n":
            text = text.replace("\n", self.newline)
        try:
            return decode.encode(text, encoding, self.mark(encoding))
        except LookupError as error:
            raise Failure(f"unknown encoding {encoding!r}", self.path) from error
        except UnicodeEncodeError as error:
            at = f"line {text.count(chr(10), 0, error.start) + line}"
            raise Failure(f"{at}: {encoding} cannot hold U+{ord(text[error.start]):04X}", self.path) from error

    def mark(self, encoding: str) -> bytes:
        """The byte order mark of the output: where the input has one, or the name of the encoding asks for it."""
        from texttool.filters.decode import codecs

        codec = codecs.text_codec(encoding)
        if codec == self.encoding and self.bom:
            return self.bom
        asked = encoding.lower().replace("_", "-") in ("utf-16", "utf-32", "utf-8-sig")
        return "\ufeff".encode(codec) if (self.bom or asked) and codec in UNICODE else b""

    @property
    def exact(self) -> bool:
        """Whether encoding the text again gives the very bytes: big5, cp932 and others do not always."""
        if self.encoding == "utf-8" and not self.parts:
            return True  # strict or escaped (PEP 383), it is always its own inverse
        try:
            return self.encode(self.text) == self.data
        except Failure:
            return False

    def undecodable(self) -> tuple[int, int] | None:
        """How many bytes could not be decoded, and the code point offset of the first; None where all could."""
        if self.strict:
            return None
        from texttool.filters import decode

        first = decode.lone(self.text)
        return (len(_UNDECODABLE.findall(self.text)), first) if first >= 0 else None

    def width(self, start: int, end: int) -> int:
        """How many bytes the code points from ``start`` to ``end`` take in the document; the first takes its BOM."""
        total, at = len(self.bom) if start == 0 else 0, start
        for s, e, encoding in (*self.parts, (end, end, self.encoding)):
            for first, last, codec in ((at, min(s, end), self.encoding), (max(s, at), min(e, end), encoding)):
                if first < last:
                    total += len(self._replace(bom=b"", encoding=codec).encode(self.text[first:last]))
            at = max(at, min(e, end))
        return total


def load(data: bytes, path: str = STDIN, encoding: str = "auto", found: Detection | None = None) -> Document:
    """The document in ``data``; ``found`` is what ``detect`` says of it. Raises Failure for an unknown encoding."""
    from texttool.filters import decode

    try:
        read = decode.decode(data, encoding, found)
    except LookupError as error:
        raise Failure(f"unknown encoding {encoding!r}", path) from error
    except UnicodeError as error:
        raise Failure(f"encoding {encoding!r} does not read texts", path) from error
    newline = _newline(read.text)
    text = read.text.replace(newline, "\n") if newline != "\n" else read.text
    parts = tuple(_folded(read.text, newline, part) for part in read.parts)
    return Document(path, data, text, read.encoding, read.bom, newline, read.confidence, parts, read.strict)


def binary(data: bytes) -> int:
    """Byte offset of what shows that ``data`` is no text, or -1: a NUL, unless it reads as UTF-16 or UTF-32."""
    at = data.find(b"\0")
    if at < 0:
        return -1
    from texttool.filters import decode

    encoding = decode.detect(data).encoding or ""
    return -1 if encoding.startswith(("utf-16", "utf-32", "utf_16", "utf_32")) else at


def _newline(text: str) -> str:
    """The one newline style of the text, or LF where there is none or several."""
    if "\r" not in text:  # found ten times as fast as counted
        return "\n"
    return newline_of(text.count("\r"), text.count("\n"), text.count("\r\n"))


def newline_of(returns: int, feeds: int, pairs: int) -> str:
    """The one newline style of a text with so many CR, LF and CR LF, or LF where there is none or several."""
    if not returns:
        return "\n"
    if returns == feeds == pairs:
        return "\r\n"
    return "\r" if not feeds else "\n"


def _folded(text: str, newline: str, part: tuple[int, int, str]) -> tuple[int, int, str]:
    """A part of ``text``, its offsets as they are when every CRLF has become LF."""
    if newline != "\r\n":
        return part
    start, end, encoding = part
    return start - text.count("\r", 0, start), end - text.count("\r", 0, end), encoding
