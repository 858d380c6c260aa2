"""What kind of character stands at a line's edge, and how wide it is: tables over code points, as numpy columns."""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple
from unicodedata import category, east_asian_width

import numpy as np

from texttool.filters.unwrap import bits
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
SCRIPTS = (
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
_BMP, _ASTRAL_HAN = 0x10000, 0x20000
ALL = tuple(range(16))
TAB_COLUMNS = 8


_CLASS, _NARROW, _WIDE = 15, 4, 6  # of a trait: the bits of the class, and where those of the two widths begin
_CLASS_BITS = np.array(_CLASS, np.uint8)
_COLUMNS = (0, 1, 2, TAB_COLUMNS)


@cache
def _traits() -> Any:
    """``uint8[0x20001]``: class and widths of each code point of the BMP; the last entry stands for plane 2 and above.

    The entries of plane 1 are those of U+FFFF: neither letters nor wide.
    """
    table = np.empty(_ASTRAL_HAN + 1, np.uint8)
    code = {columns: i for i, columns in enumerate(_COLUMNS)}
    widths = (np.array([code.get(w, 0) for w in range(TAB_COLUMNS + 1)], np.uint8)[t] for t in _width_tables())
    bmp = _class_table()
    for widths_of, shift in zip(widths, (_NARROW, _WIDE), strict=True):
        bmp |= widths_of << shift
    table[:_BMP] = bmp[:-1]
    table[_BMP:] = bmp[-2]
    table[-1] = bmp[-1]
    return table


def _class_table() -> Any:
    """``uint8[65537]``: the class of each code point of the BMP; the last entry stands for ideographs beyond it."""
    table = np.zeros(_BMP + 1, np.uint8)
    for code in range(0x3000):
        table[code] = _letter(chr(code))
    for first, last, kind in SCRIPTS:
        table[first:last] = kind
    table[0xFF10:0xFF1A] = DIGIT
    table[0xFF21:0xFF3B], table[0xFF41:0xFF5B] = UPPER, LOWER
    table[0x3000] = SPACE
    for name, kind in _MARKS:
        table[[ord(mark) for mark in load("tables/wrap-marks")[name]]] = kind
    table[_BMP] = HAN
    return table


def _letter(char: str) -> int:
    if char.isspace():
        return SPACE
    if char.isdecimal():
        return DIGIT
    if not char.isalpha():
        return OTHER
    return UPPER if char.isupper() else LOWER


def _width_tables() -> tuple[Any, Any]:
    """``uint8[65537]``, twice: columns on a fixed-pitch line (UAX #11), ambiguous marks read as narrow and as wide."""
    narrow = np.ones(_BMP + 1, np.uint8)
    ambiguous = []
    for code in range(0x3130):
        char = chr(code)
        kind = east_asian_width(char)
        if category(char) in ("Mn", "Me", "Cf"):
            narrow[code] = 0
        elif kind in "WF":
            narrow[code] = 2
        elif kind == "A" and code >= 0x2000:
            ambiguous.append(code)
    for first, last in ((0x3130, 0xA4D0), (0xAC00, 0xD7A4), (0xF900, 0xFB00), (0xFE30, 0xFE70), (0xFF01, 0xFF61)):
        narrow[first:last] = 2
    narrow[_BMP] = 2
    wide = narrow.copy()
    wide[ambiguous] = 2
    for table in (narrow, wide):
        table[[ord(mark) for mark in load("tables/wrap-marks")["zero"]]] = 0
        table[[10, 12, 13]] = 0
        table[9] = TAB_COLUMNS
    return narrow, wide


def traits(codes: Any) -> Any:
    """``uint8``: class and widths of each of ``codes`` (``uint32``), in one look-up, a piece at a time."""
    table, piece = _traits(), 1 << 18
    if len(codes) <= piece:
        return table.take(codes, mode="clip")  # beyond the table, its last entry
    out = np.empty(len(codes), np.uint8)
    for at in range(0, len(codes), piece):
        out[at : at + piece] = table.take(codes[at : at + piece], mode="clip")
    return out


def classes(traits: Any) -> Any:
    """``uint8``: the class in each of ``traits``."""
    return traits & _CLASS_BITS


def widths(traits: Any, wide_ambiguous: bool) -> Any:
    """``uint8``: the columns that the code point of each of ``traits`` takes."""
    flat = np.frombuffer(traits.tobytes().translate(_columns_of(wide_ambiguous)), np.uint8)
    return flat if traits.ndim == 1 else flat.reshape(traits.shape)


def columns(traits: Any) -> Any:
    """``int32``: the same, ambiguous marks read as wide."""
    return _columns().take(traits) if len(traits) < _SMALL else widths(traits, True).astype(np.int32)


@cache
def _columns() -> Any:
    return np.frombuffer(_columns_of(True), np.uint8).astype(np.int32)


@cache
def _columns_of(wide_ambiguous: bool) -> bytes:
    shift = _WIDE if wide_ambiguous else _NARROW
    return bytes(_COLUMNS[trait >> shift & 3] for trait in range(256))


class Table(NamedTuple):
    """What holds for each value of a byte: a class, or two classes side by side."""

    flags: bytes  # 256 times 0 or 1
    digits: bytes  # the same as ASCII digits


def _table(flags: bytes) -> Table:
    return Table(flags, flags.translate(b"01" + bytes(254)))


def kinds(*wanted: int) -> Table:
    """The table of the classes ``wanted``."""
    return _table(bytes(kind in wanted for kind in range(256)))


def pairs(*sides: tuple[tuple[int, ...], tuple[int, ...]]) -> Table:
    """The table of pairs: a class of the first tuple stands in front of one of the second, in any of ``sides``."""
    table = bytearray(256)
    for left, right in sides:
        for a in left:
            for b in right:
                table[a << 4 | b] = 1
    return _table(bytes(table))


def among(values: Any, table: Table) -> Any:
    """``bool``, flat: what ``table`` has for each of ``values`` (``uint8``).

    Bytes are looked up in a table of bytes by ``bytes.translate``: faster than numpy, for few as for many.
    """
    return np.frombuffer(values.tobytes().translate(table.flags), bool)


def rows(values: Any, table: Table) -> int:
    """The same as a set of rows."""
    if 0 < len(values) < _SMALL:
        return int(values.tobytes()[::-1].translate(table.digits), 2)
    return bits.of(among(values, table))


class Column:
    """A column of classes, or of pairs of them, to be asked for the rows of some after the rows of others."""

    __slots__ = ("_backward", "values")

    def __init__(self, values: Any) -> None:
        self.values = values  # uint8
        self._backward = values.tobytes()[::-1] if len(values) < _SMALL else b""

    def rows(self, table: Table) -> int:
        """The rows of what ``table`` has, as a set."""
        return int(self._backward.translate(table.digits), 2) if self._backward else rows(self.values, table)


def paired(first: Any, second: Any, table: Table) -> Any:
    """``bool``, flat: whether each two classes (``uint8``, side by side) are a pair of ``table``."""
    return among(first << 4 | second, table)


_SMALL = 1 << 12  # bytes


def count(wanted: Any) -> int:
    """How many of ``wanted`` (``bool``) are true. A few are counted as bytes: numpy takes longer to start."""
    return wanted.tobytes().count(1) if len(wanted) < _SMALL else int(np.count_nonzero(wanted))


def some(wanted: Any) -> bool:
    """Whether any of ``wanted`` (``bool``) is true."""
    return b"\1" in wanted.tobytes()


def mode(columns: Any, most: int) -> int:
    """The value that most of ``columns`` (not negative) have, those above ``most`` counted as that; 0 for none."""
    return int(np.bincount(np.minimum(columns, most)).argmax()) if len(columns) else 0
