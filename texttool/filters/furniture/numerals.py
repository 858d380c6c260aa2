"""Numbers as pages write them: digits of any width, Roman and Chinese numerals."""

from __future__ import annotations

import re

_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
# No more than three of a kind, and one in front of a larger one only where it is a tenth or a fifth of it.
_IS_ROMAN = re.compile(r"c{0,3}(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})")
_CHINESE = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0}
_UNITS = {"十": 10, "百": 100}


def value(numeral: str) -> int | None:
    """What ``numeral`` stands for; None where it stands for no number."""
    if numeral.isdecimal():
        return int(numeral)
    if numeral.isascii():
        return _roman(numeral.lower())
    return _chinese(numeral)


def _roman(numeral: str) -> int | None:
    if not _IS_ROMAN.fullmatch(numeral):
        return None
    values = [_ROMAN[char] for char in numeral]
    return sum(-here if here < behind else here for here, behind in zip(values, [*values[1:], 0], strict=True))


def _chinese(numeral: str) -> int | None:
    """二十三 and 二三 alike are 23."""
    total = digit = 0
    if not set(numeral) & set(_UNITS):
        return int("".join(str(_CHINESE[char]) for char in numeral))
    for char in numeral:
        if char in _UNITS:
            total, digit = total + max(digit, 1) * _UNITS[char], 0
        else:
            digit = _CHINESE[char]
    return total + digit
