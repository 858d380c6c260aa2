"""What kind of character stands at a line's edge, and how wide it is: tables over code points, as numpy columns."""

from __future__ import annotations

from functools import cache
from typing import Any
from unicodedata import category, east_asian_width

from texttool.rulebook import load

OTHER, SPACE, HAN, KANA, HANGUL, LOWER, UPPER, DIGIT, STOP, COLON, COMMA, OPEN, CLOSE, QUOTE, HYPHEN, BULLET = range(16)
_MARKS = (
    ("stop", STOP),
    ("colon", COLON),
    ("comma", COMMA),
    ("open", OPEN),
    ("close", CLOSE),
    ("quote", QUOTE),
    ("hyphen", HYPHEN),
    ("bullet", BULLET),
)
_SCRIPTS = (
    (0x2E80, 0x2FE0, HAN),
    (0x3005, 0x3008, HAN),
    (0x3041, 0x3100, KANA),
    (0x31F0, 0x3200, KANA),
    (0x3400, 0xA000, HAN),
    (0xF900, 0xFB00, HAN),
    (0x1100, 0x1200, HANGUL),
    (0x3130, 0x3190, HANGUL),
    (0xAC00, 0xD7B0, HANGUL),
    (0xFF66, 0xFFA0, KANA),
)
_ASTRAL_HAN = 0x20000
TAB_COLUMNS = 8


@cache
def class_table() -> Any:
    """``uint8[65537]``: the class of each code point of the BMP; the last entry stands for ideographs beyond it."""
    import numpy as np

    table = np.zeros(0x10001, np.uint8)
    for code in range(0x3000):
        table[code] = _letter(chr(code))
    for first, last, kind in _SCRIPTS:
        table[first:last] = kind
    table[0xFF10:0xFF1A] = DIGIT
    table[0xFF21:0xFF3B], table[0xFF41:0xFF5B] = UPPER, LOWER
    table[0x3000] = SPACE
    for name, kind in _MARKS:
        table[[ord(mark) for mark in load("tables/wrap-marks")[name]]] = kind
    table[0x10000] = HAN
    return table


def _letter(char: str) -> int:
    if char.isspace():
        return SPACE
    if char.isdecimal():
        return DIGIT
    if not char.isalpha():
        return OTHER
    return UPPER if char.isupper() else LOWER


@cache
def width_table(wide_ambiguous: bool) -> Any:
    """``uint8[65537]``: columns on a fixed-pitch line (UAX #11); ambiguous marks are wide in East Asian text."""
    import numpy as np

    table = np.ones(0x10001, np.uint8)
    for code in range(0x3130):
        char = chr(code)
        kind = east_asian_width(char)
        table[code] = 2 if kind in "WF" or (kind == "A" and wide_ambiguous and code >= 0x2000) else 1
        if category(char) in ("Mn", "Me", "Cf"):
            table[code] = 0
    for first, last in ((0x3130, 0xA4D0), (0xAC00, 0xD7A4), (0xF900, 0xFB00), (0xFE30, 0xFE70), (0xFF01, 0xFF61)):
        table[first:last] = 2
    table[0x10000] = 2
    table[[ord(mark) for mark in load("tables/wrap-marks")["zero"]]] = 0
    table[[10, 12, 13]] = 0
    table[9] = TAB_COLUMNS
    return table


def among(kinds: Any, wanted: tuple[int, ...]) -> Any:
    """``bool``: whether each class in ``kinds`` is one of ``wanted``. A look-up, ten times as fast as ``isin``."""
    return _member(wanted)[kinds]


def quantile(values: Any, share: float) -> int:
    """The value that ``share`` (0 to 1) of ``values`` (columns, not empty) do not exceed: an element of it.

    By counting: the values are small and repeat, which slows selection down. Above 65,535 they count as that.
    """
    import numpy as np

    up_to = np.cumsum(np.bincount(np.minimum(values, 0xFFFF)))
    return int(np.searchsorted(up_to, int((len(values) - 1) * share), "right"))


@cache
def _member(wanted: tuple[int, ...]) -> Any:
    import numpy as np

    table = np.zeros(256, bool)
    table[list(wanted)] = True
    return table


def classes(codes: Any) -> Any:
    """``uint8``: the class of each code point in ``codes`` (``uint32``), looked up a piece at a time."""
    return _looked_up(class_table(), codes)


def widths(codes: Any, wide_ambiguous: bool) -> Any:
    """``uint8``: the columns each code point in ``codes`` takes."""
    return _looked_up(width_table(wide_ambiguous), codes)


def _looked_up(table: Any, codes: Any) -> Any:
    import numpy as np

    out = np.empty(len(codes), np.uint8)
    piece = 1 << 18
    for at in range(0, len(codes), piece):
        part = np.minimum(codes[at : at + piece], _ASTRAL_HAN)
        part[(part >= 0x10000) & (part < _ASTRAL_HAN)] = 0xFFFF
        part[part == _ASTRAL_HAN] = 0x10000
        out[at : at + piece] = table[part]
    return out
