"""Which codecs text is decoded with by mistake, and the bytes it had before."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from functools import cache, lru_cache

from texttool.filters.decode.frequency import beyond_ascii

# Wrong codecs of one byte a character, and of two; and the codes that the bytes may really be in.
SINGLE = ("cp1252", "cp1251", "cp437", "mac_roman", "cp850", "cp1250", "latin-1")
DOUBLE = ("gbk", "gb18030", "cp950", "big5hkscs", "cp932", "ms932", "cp949")
RIGHT = ("utf-8", "gb18030", "cp950", "big5hkscs", "cp932", "euc_jp", "cp949")
SAME = {
    "gbk": {"gb18030"},
    "gb18030": {"gb18030"},
    "cp950": {"cp950", "big5hkscs"},
    "big5hkscs": {"cp950", "big5hkscs"},
    "cp932": {"cp932"},
    "ms932": {"cp932"},
    "cp949": {"cp949"},
}
# Bytes that a code page leaves open come through as C1 controls, and GBK's single 0x80 is the euro sign in code page
# 936 (WHATWG Encoding Standard, windows-1252 and gbk).
_OPEN = "texttool.open"


@lru_cache(maxsize=32)  # a line is asked about several times on end
def bytes_of(text: str, wrong: str) -> bytes | None:
    """The bytes that ``wrong`` decodes to ``text``; None where there are none."""
    try:
        data = _as_windows(text) if wrong == "ms932" else text.encode(wrong, _OPEN)
        return data if data.decode(wrong, _OPEN) == text else None
    except UnicodeError:
        return None


def _as_windows(text: str) -> bytes:
    """``text`` in code page 932; kanji that stand in it twice are spelled as Windows and browsers spell them.

    Python spells them in the other place; either may have been there.
    """
    twice = _twice()
    if twice.keys().isdisjoint(text):
        return text.encode("cp932", _OPEN)
    return b"".join(twice.get(char) or char.encode("cp932", _OPEN) for char in text)


@cache
def _twice() -> dict[str, bytes]:
    """The characters of the IBM extension (lead bytes FA to FC) that Python encodes to another place."""
    pairs = (bytes((lead, trail)) for lead in (0xFA, 0xFB, 0xFC) for trail in range(0x40, 0xFD))
    table = {pair.decode("cp932", "replace"): pair for pair in pairs}
    return {char: pair for char, pair in table.items() if "\ufffd" not in char and char.encode("cp932") != pair}


_SIGNS = frozenset("\xa0\u2022\xb7\xab\xbb\u2039\u203a\u2018\u2019\u201c\u201d\u2013\u2014\u2026\xa7\xa9\xae")


def runs(text: str, wrong: str) -> Iterator[tuple[int, int]]:
    """The spans of ``text`` that a one-byte codec can have made, with two characters beyond ASCII or more.

    Not those of the signs alone that Western typography sets: a bullet between spaces, a dash.
    """
    for match in _charset(wrong).finditer(text):
        beyond = beyond_ascii(match[0])
        if len(beyond) >= 2 and not _SIGNS.issuperset(beyond):
            yield match.span()


@cache
def _charset(wrong: str) -> re.Pattern[str]:
    one = f"[{re.escape(text_of(bytes(range(128, 256)), wrong))}]"
    # From the first such character to the last, and one of ASCII behind, which may be the second byte of a character.
    return re.compile(f"{one}(?:[\x00-\x7f]*{one})*[\x00-\x7f]?")


def text_of(data: bytes, wrong: str) -> str:
    """The inverse of ``bytes_of``."""
    return data.decode(wrong, _OPEN)


def _open(error: UnicodeError) -> tuple[str | bytes, int]:
    if isinstance(error, UnicodeEncodeError):
        char = error.object[error.start]
        if "\x80" <= char <= "\x9f" and error.encoding not in {"gbk", "cp932"}:
            return char.encode("latin-1"), error.start + 1
        if char == "€" and error.encoding == "gbk":
            return b"\x80", error.start + 1
    elif isinstance(error, UnicodeDecodeError):
        byte = error.object[error.start]
        if byte == 0x80 and error.encoding == "gbk":
            return "€", error.start + 1
        if 0x80 <= byte <= 0x9F and error.encoding not in {"gbk", "cp932"}:
            return chr(byte), error.start + 1
    raise error


codecs.register_error(_OPEN, _open)
