"""Bytes to text and back without loss: every byte that fits no character is kept as a lone surrogate.

A byte b that cannot be decoded becomes U+DC00 + b: PEP 383 (``surrogateescape``) for bytes of 0x80 and up, and the
same for the lower ones, which can be undecodable in UTF-16, UTF-32 and the 7-bit codes.
"""

from __future__ import annotations

import codecs
import re
import sys
from functools import cache
from itertools import pairwise

from texttool.patterns import compiled

ESCAPED = "texttool.escape"
_LONE = compiled("[\udc00-\udcff]+")
_WIDE = frozenset({"utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"})

# What Python's codec reads a byte as, and what it is: 0x80 is the euro sign in code page 936, and four bytes that are
# unused in code page 932 become private-use characters, as in Windows.
_MEANT = {
    "cp936": (("\udc80", "€"),),
    "cp932": (("\uf8f0", "\udca0"), ("\uf8f1", "\udcfd"), ("\uf8f2", "\udcfe"), ("\uf8f3", "\udcff")),
}
# Longest first: the mark of UTF-16LE begins that of UTF-32LE.
BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_FIRST = frozenset(bom[:1] for bom, _ in BOMS)


def split_bom(data: bytes) -> tuple[bytes, str]:
    """The byte order mark that ``data`` begins with, and the encoding it stands for; both empty where there is none."""
    if data[:1] not in _FIRST:
        return b"", ""
    for bom, encoding in BOMS:
        # FF FE 00 00 is UTF-16 text that begins with a NUL unless the length allows UTF-32.
        if data.startswith(bom) and (len(bom) < 4 or encoding == "gb18030" or len(data) % 4 == 0):
            return bom, encoding
    return b"", ""


def text_codec(name: str) -> str:
    """The name that this module knows the codec by. Raises LookupError where there is no such text codec."""
    info = codecs.lookup(name)
    if not getattr(info, "_is_text_encoding", True):
        raise LookupError(f"{name!r} is not a text encoding")
    known = info.name.replace("_", "-") if info.name.startswith(("utf_", "utf-")) else info.name
    if known in {"utf-8-sig", "utf-16", "utf-32"}:  # these add and drop marks: the mark is handled apart
        return {"utf-8-sig": "utf-8", "utf-16": "utf-16-le", "utf-32": "utf-32-le"}[known]
    return "cp936" if name.lower() in {"cp936", "ms936", "936"} else known


def choose(name: str, data: bytes) -> tuple[str, bytes]:
    """The codec to read ``data`` with where the user says ``name``, and the mark that belongs to it (perhaps empty).

    Plain UTF-16 and UTF-32 are in the byte order that the mark says. Raises LookupError for an unknown codec.
    """
    known = text_codec(name)
    bom, marked = split_bom(data)
    ordered = codecs.lookup(name).name in {"utf-16", "utf-32"} and marked[:6] == known[:6]
    return (marked, bom) if marked == known or ordered else (known, b"")


def to_text(data: bytes, encoding: str) -> str:
    """``data`` read as ``encoding`` (a name from ``text_codec``); nothing is lost, nothing is normalised."""
    text = data.decode(encoding, "surrogateescape" if encoding == "utf-8" else ESCAPED)
    for read, meant in _MEANT.get(encoding, ()):
        text = text.replace(read, meant)
    return _swapped(text) if encoding == "gb18030" else text


def to_bytes(text: str, encoding: str) -> bytes:
    """The inverse of ``to_text``. Raises UnicodeEncodeError for a character that the encoding cannot spell."""
    if encoding in _WIDE:
        return _wide_bytes(text, encoding)
    return unmeant(text, encoding).encode(encoding, ESCAPED)


def unmeant(text: str, encoding: str) -> str:
    """``text`` with the characters that Python's codec has for its bytes, where ``to_text`` has what these mean."""
    for read, meant in _MEANT.get(encoding, ()):
        text = text.replace(meant, read)
    return _swapped(text) if encoding == "gb18030" else text


def _escape(error: UnicodeError) -> tuple[str | bytes, int]:
    """The error handler: undecodable bytes to surrogates, those surrogates back to bytes."""
    if isinstance(error, UnicodeDecodeError):
        if error.encoding.startswith(("utf-16", "utf-32")):
            end = error.end
        else:  # only what cannot stand for itself: the rest may begin something that can be read
            end = error.start + 1
            while end < error.end and error.object[end] >= 0x80:
                end += 1
        return "".join(chr(0xDC00 + byte) for byte in error.object[error.start : end]), end
    if isinstance(error, UnicodeEncodeError):
        lone = _LONE.match(error.object, error.start)
        if lone:
            return bytes(ord(char) - 0xDC00 for char in lone[0]), lone.end()
    raise error


codecs.register_error(ESCAPED, _escape)


def _wide_bytes(text: str, encoding: str) -> bytes:
    """UTF-16 and UTF-32: Python's encoders take no odd number of bytes from an error handler."""
    pieces: list[bytes] = []
    at = 0
    for lone in _LONE.finditer(text):
        pieces += text[at : lone.start()].encode(encoding, "surrogatepass"), bytes(ord(c) - 0xDC00 for c in lone[0])
        at = lone.end()
    return b"".join((*pieces, text[at:].encode(encoding, "surrogatepass")))


def _swapped(text: str) -> str:
    """``text`` with the characters exchanged that GB 18030-2022 and Python's codec (2000) put at each other's place.

    The exchange undoes itself, so that the way there is the way back.
    """
    pattern, others, table = _exchange()
    run = others.match(text)
    if run and run.end() == len(text):  # nearly always; to pass over a run takes half as long as to look for its end
        return text
    return pattern.sub(lambda match: table[match[0]], text)


@cache
def _exchange() -> tuple[re.Pattern[str], re.Pattern[str], dict[str, str]]:
    """A pattern of those characters, one of a run of others, and what stands for each."""
    from texttool.rulebook import load

    table: dict[str, str] = {}
    for spelled, char in load("tables/encoding_gb18030").items():
        was = bytes.fromhex(spelled).decode("gb18030")
        if was != char:
            table |= {was: char, char: was}
    codes = (-1, *sorted(map(ord, table)), sys.maxunicode + 1)
    others = "".join(f"{chr(a + 1)}-{chr(b - 1)}" for a, b in pairwise(codes) if b - a > 1)
    return compiled(f"[{''.join(table)}]" if table else r"(?!)"), compiled(f"[{others}]*+"), table
