"""The readings of bytes in each code, priced: which code makes the likeliest text of them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from texttool.filters.decode.frequency import BAD_BYTE, price, surprise

CHINESE = ("zh-Hans", "zh-Hant")
# Each code with the languages that are written in it; of two that read the same, the first is preferred.
CODES: dict[str, tuple[str, ...]] = {
    "utf-8": ("zh-Hans", "zh-Hant", "ja", "ko"),
    "gb18030": (*CHINESE, "ko"),  # Hangul is in its four-byte part; kana is where EUC-JP has it, and says nothing
    "cp950": ("zh-Hant",),
    "big5hkscs": ("zh-Hant",),
    "cp932": ("ja",),
    "euc_jp": ("ja",),
    "cp949": ("ko",),
    "johab": ("ko",),
    "utf-16-le": ("zh-Hans", "zh-Hant", "ja", "ko"),
    "utf-16-be": ("zh-Hans", "zh-Hant", "ja", "ko"),
}
# How much rarer a code is in files than GB 18030 and UTF-8, as a cost: half a nat for Big5 and Shift_JIS, one for the
# EUC codes, three for Johab, which was never much in use. It decides only what is too short to decide by itself.
RARER = {"cp950": 5, "big5hkscs": 5, "cp932": 5, "euc_jp": 10, "cp949": 10, "johab": 30}
WIDE = ("utf-16-le", "utf-16-be")
NARROW = tuple(code for code in CODES if code not in WIDE)
# Text costs 5 to 9 nats a character in its language, and what chance makes of a pair of bytes costs 12 to 15.
_CHANCE = 105
# Half the characters of Big5, Shift_JIS and Johab at most end in an ASCII byte, three in ten of those of GBK and of the
# Korean code page; accented letters stand among ASCII, and nearly all do when they are taken for first bytes.
_TRAILS = {"gb18030": 0.3, "cp949": 0.3}
_TRAILS_ELSE = 0.5
_LONE = 3.0
ASCII_BYTES = bytes(range(128))
HIGH_BYTES = bytes(range(128, 256))
GLANCE = 1024  # bytes: enough to drop the readings that are far behind
# An ideograph alone behind a Latin letter: rare in Asian text, and what an accented letter in a word turns into.
_RUN = re.compile("[^\x00-\x7f]+")
_HANGUL = re.compile("[\uac00-\ud7a3]")
_COLOUR = re.compile("\x1b\\[[0-9;]*m")  # of terminals: not a letter of the text
_IN_WORD = re.compile("(?<=[A-Za-z])[^\x00-\x7f](?![^\x00-\x7f])")
_ESCAPES = re.compile(rb"\x1b\$(?:[@AB]|\([CD]|\)C)|\x1b\([IJ]")
_SEVEN_BIT = {
    "iso2022_jp": ("ja",),
    "iso2022_jp_2": ("ja",),
    "iso2022_jp_3": ("ja",),
    "iso2022_kr": ("ko",),
    "hz": ("zh-Hans",),
}


class Reading(NamedTuple):
    """Bytes read in one code: what the text costs in tenths of a nat, in which language."""

    cost: int
    encoding: str
    language: str


def read(data: bytes, encoding: str) -> Reading:
    """The price of ``data`` in ``encoding``."""
    cost, language = price(data.decode(encoding, "replace"), CODES[encoding])
    return Reading(cost + RARER.get(encoding, 0), encoding, language)


def glance(data: bytes, codes: Iterable[str] = NARROW) -> list[Reading]:
    """The beginning of ``data`` read in each of ``codes``, cheapest first."""
    return sorted((read(data[:GLANCE], code) for code in codes), key=_cost)


def ranked(data: bytes, codes: Iterable[str] = NARROW, seen: list[Reading] | None = None) -> list[Reading]:
    """``data`` read in each of ``codes``, cheapest first; those far behind after a glance are left out.

    ``seen`` is what ``glance`` gave, if it was asked before.
    """
    glanced = seen or glance(data, codes)
    if len(data) <= GLANCE:
        return glanced
    # A reading half as dear again as the best, and by more than a stray character, does not come back.
    limit = glanced[0].cost * 3 // 2 + 4 * BAD_BYTE
    return sorted((read(data, reading.encoding) for reading in glanced if reading.cost <= limit), key=_cost)


def doubt(data: bytes, reading: Reading) -> float:
    """How much ``reading`` of ``data`` looks like chance: below 0 it is language, above 0 it is not. In nats."""
    return doubt_of(data.decode(reading.encoding, "replace"), len(data.translate(None, HIGH_BYTES)), reading)


def doubt_of(text: str, narrow: int, reading: Reading) -> float:
    """The same for the text that was read, from bytes of which ``narrow`` are ASCII."""
    found = (surprise(text, reading.language) - _CHANCE) / 10
    if reading.encoding in WIDE:
        return found
    plain = len(text.encode("ascii", "ignore"))
    beyond = len(text) - plain
    if reading.encoding == "gb18030" and reading.language == "ko":
        plain += 2 * len(_HANGUL.findall(text))  # two digits in each, by which no chance can be taken for it
    swallowed = (narrow - plain) / max(1, beyond)
    found += _LONE * max(0.0, swallowed - _TRAILS.get(reading.encoding, _TRAILS_ELSE))
    words = _COLOUR.sub("", text)
    in_words = reading.encoding != "utf-8" and 2 * len(_IN_WORD.findall(words)) > len(_RUN.findall(words))
    return found + _LONE * in_words


def seven_bit(data: bytes) -> Reading | None:
    """The reading of ASCII bytes as ISO 2022 or HZ, where their escapes occur and Asian text comes of it."""
    codes = [*_SEVEN_BIT] if _ESCAPES.search(data) else []
    codes += ["hz"] if b"~{" in data else []
    for code in codes:
        text = data.decode(code, "replace")
        # A cut at the end costs one character; anything else that cannot be read speaks against the code.
        if not text.isascii() and text.count("\ufffd") <= 1:
            cost, language = price(text, _SEVEN_BIT[code])
            if surprise(text, language) < _CHANCE:
                return Reading(cost, code, language)
    return None


def _cost(reading: Reading) -> int:
    return reading.cost
