"""Bytes to text: which encoding they are in, what they say, and back, with no byte lost."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import NamedTuple

from texttool.edits import Edit
from texttool.filters.decode.codecs import choose, split_bom, text_codec, to_bytes, to_text
from texttool.patterns import compiled
from texttool.rule import Sieve, elsewhere
from texttool.rulebook import family

_ASCII = bytes(range(128))
_ESCAPED = compiled("[\udc00-\udcff]+")
_LINE_END = compiled("\r\n?|\n")


class Candidate(NamedTuple):
    """One reading: a Python codec name, how likely it is (0 to 1), and the language (BCP 47; empty: not known)."""

    encoding: str
    confidence: float
    language: str


class Detection(NamedTuple):
    """The encoding (a Python codec name; None: unknown), its confidence and language, the mark, and the runners-up."""

    encoding: str | None
    confidence: float
    language: str
    bom: bytes
    candidates: tuple[Candidate, ...]


class Decoded(NamedTuple):
    """The text without its byte order mark, the encoding it was read in, the mark, and the confidence in that.

    ``parts`` are the spans of the text (code points, half open) that were read in another encoding than the rest.
    ``strict``: a strict codec read it, so that no lone surrogate is in it; where it is false there may be none either.
    """

    text: str
    encoding: str
    bom: bytes
    confidence: float
    parts: tuple[tuple[int, int, str], ...] = ()
    strict: bool = False


def detect(data: bytes, hint: str = "") -> Detection:
    """The encoding of ``data``: a mark, strict UTF-8, else the reading that is most likely as text.

    ``hint`` is the beginning of a language tag (``zh``, ``zh-Hant``, ``ja``) that speaks for what is in that language.
    """
    bom, marked = split_bom(data)
    if marked:
        return _sure(marked, bom)
    return _sure("utf-8", b"") if _plain(data) is not None else _weighed(data, hint)


def decode(data: bytes, encoding: str = "auto", found: Detection | None = None) -> Decoded:
    """The text of ``data``; bytes that cannot be decoded become lone surrogates (PEP 383), new lines stay as they are.

    ``found`` is what ``detect`` says of ``data``, where that is known already.

    Where the encoding is not known the text is read as UTF-8, so that every byte that is not stands as a surrogate.
    Raises LookupError for a codec that does not exist.
    """
    if encoding != "auto":
        name, bom = choose(encoding, data)
        return Decoded(to_text(data[len(bom) :], name), name, bom, 1.0)
    bom, marked = split_bom(data)
    if not marked:
        plain = _plain(data)
        if plain is not None:
            return plain
    found = _sure(marked, bom) if marked else found or _weighed(data)
    return reread(data[len(bom) :], found.encoding, bom, found.confidence)


def encode(text: str, encoding: str, bom: bytes = b"") -> bytes:
    """The bytes of ``text``, behind ``bom``: the inverse of ``decode``, lone surrogates back to the bytes they keep.

    Raises UnicodeEncodeError for a character that the encoding cannot spell, LookupError for an unknown codec.
    """
    return bom + to_bytes(text, text_codec(encoding))


def _sure(encoding: str, bom: bytes) -> Detection:
    return Detection(encoding, 1.0, "", bom, (Candidate(encoding, 1.0, ""),))


def _plain(data: bytes) -> Decoded | None:
    """``data`` as text if it is UTF-8 without a doubt: strict, but for a character cut off at the end."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        # Two characters beyond ASCII: a single accented letter at the end of a line is more likely Latin-1.
        cut = error.reason == "unexpected end of data" and len(data[: error.start].translate(None, _ASCII)) > 3
        return Decoded(to_text(data, "utf-8"), "utf-8", b"", 1.0) if cut and b"\0" not in data else None
    # NUL: perhaps UTF-16 of ASCII. Escapes and ~{ in ASCII: perhaps a 7-bit code.
    if b"\0" in data or (len(text) == len(data) and (b"\x1b" in data or b"~{" in data)):
        return None
    return Decoded(text, "utf-8", b"", 1.0, strict=True)


def read_lines(data: bytes, encoding: str) -> Decoded:
    """Some lines of a text in ``encoding``, as ``reread``; strict UTF-8, which most are, is not looked at again."""
    if encoding == "utf-8":
        with suppress(UnicodeDecodeError):
            return Decoded(data.decode(), encoding, b"", 1.0, strict=True)
    return reread(data, encoding)


def reread(data: bytes, encoding: str | None, bom: bytes = b"", confidence: float = 1.0) -> Decoded:
    """``data``, which has no mark, read in the encoding that was found, and what is in another in that."""
    text = to_text(data, encoding or "utf-8")
    if encoding == "gb18030" and "\udc80" in text and "€" not in text and {*_ESCAPED.findall(text)} == {"\udc80"}:
        encoding, text = "cp936", text.replace("\udc80", "€")  # all that GBK lacks here is Windows' euro sign
    if encoding is None or (encoding == "utf-8" and lone(text) < 0):
        return Decoded(text, encoding or "utf-8", bom, confidence)
    from texttool.filters.decode.mixed import untangled

    text, parts = untangled(data, encoding, text)
    return Decoded(text, encoding, bom, confidence, parts)


def _weighed(data: bytes, hint: str = "") -> Detection:
    """The likeliest of all readings of ``data``; nothing is imported for it before."""
    from texttool.filters.decode.detection import weigh

    found = weigh(data, hint)
    candidates = tuple(Candidate(*reading) for reading in found if reading.encoding)
    if not found or not found[0].encoding:
        return Detection(None, 0.0, "", b"", candidates)
    return Detection(*found[0], b"", candidates)


def undecodable(text: str) -> Iterator[Edit]:
    """Runs of bytes that could not be decoded; reported, never changed."""
    first = lone(text)
    return ((m.start(), m.end(), m[0]) for m in _ESCAPED.finditer(text, first)) if first >= 0 else iter(())


def lone(text: str) -> int:
    """The offset (code points) of the first lone surrogate, or -1: where the fastest codec that has none stops."""
    try:
        text.isascii() or text.encode("utf-16-le")
    except UnicodeEncodeError as error:
        return error.start
    return -1


def mixed_line_ends(text: str) -> Iterator[Edit]:
    """The first line end that is not of the style that most are, where there are several styles; never changed."""
    if "\r" not in text:
        return
    pairs = text.count("\r\n")
    counts = {"\r\n": pairs, "\n": text.count("\n") - pairs, "\r": text.count("\r") - pairs}
    usual = max(counts, key=counts.__getitem__)
    for match in _LINE_END.finditer(text) if sum(map(bool, counts.values())) > 1 else ():
        if match[0] != usual:
            yield match.start(), match.end(), match[0]
            return


_FINDERS = {"EN101": undecodable, "EN105": mixed_line_ends, **dict.fromkeys(("EN102", "EN103", "EN104"), elsewhere)}
_SIEVES: dict[str, Sieve] = {
    "EN101": lambda together: range(len(together.texts)) if lone(together.text) >= 0 else (),
    "EN105": lambda together: together.with_any("\r"),
}
RULES = family("encoding", finders=_FINDERS, sieves=_SIEVES)
