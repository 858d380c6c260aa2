"""Characters counted by script and kind, as numpy columns over code points."""

from __future__ import annotations

from functools import cache
from typing import Any
from unicodedata import category

import numpy as np

from texttool.rulebook import load

_BMP, _ASTRAL_HAN = 0x10000, 0x20000
_BY_CATEGORY = {
    "L": "other letters",
    "M": "other letters",
    "N": "digits",
    "P": "other marks",
    "S": "other marks",
    "Z": "space",
}
_HIDDEN = "hidden"  # controls, zero-width characters, bytes that could not be decoded, private use
HALF, FULL = "half-width marks", "full-width marks"


@cache
def kinds() -> tuple[str, ...]:
    """The names of the kinds; their indices are what ``classes`` gives."""
    others = (*dict.fromkeys(_BY_CATEGORY.values()), HALF, FULL, _HIDDEN)
    return (*load("tables/scripts")["scripts"], *others)


@cache
def _table() -> Any:
    """``uint8[0x20001]``: the kind of each code point; the last entry stands for ideographs beyond the BMP."""
    number = {name: i for i, name in enumerate(kinds())}
    table = np.empty(_ASTRAL_HAN + 1, np.uint8)
    for code in range(_BMP):
        table[code] = number[_BY_CATEGORY.get(category(chr(code))[0], _HIDDEN)]
    for name, ranges in load("tables/scripts")["scripts"].items():
        for first, last in ranges:
            letters = (table[first : last + 1] == number["other letters"]) | (name in ("han", "hangul"))
            table[first : last + 1][letters] = number[name]
    for char in "\t\n\r":
        table[ord(char)] = number["space"]
    table[0x21:0x7F][table[0x21:0x7F] == number["other marks"]] = number[HALF]
    marks = load("tables/scripts")["marks"]
    for first, last in marks["full"]:
        table[first : last + 1] = number[FULL]
    table[[ord(char) for char in marks["either"]]] = number[FULL]
    table[_BMP:] = number["other marks"]  # plane 1: emoji, notation, old scripts
    table[-1] = number["han"]
    return table


def classes(codes: Any) -> Any:
    """``uint8``: the index in ``kinds()`` of each of ``codes`` (``uint32``)."""
    return _table().take(codes, mode="clip")


def counted(found: Any) -> dict[str, int]:
    """How many characters are of each kind, given what ``classes`` gives; kinds that do not occur are left out."""
    # Two at once, as one number of two bytes: half as many to count.
    pairs = np.bincount(found[: len(found) // 2 * 2].view(np.uint16), minlength=1 << 16).reshape(256, 256)
    counts = (pairs.sum(axis=0) + pairs.sum(axis=1)).tolist()[: len(kinds())]
    if len(found) % 2:
        counts[int(found[-1])] += 1
    return {name: count for name, count in zip(kinds(), counts, strict=True) if count}


def marks(codes: Any, found: Any) -> dict[str, int]:
    """How many sentences end; and ASCII marks beside Han or kana for which Chinese has its own, and those of its own.

    Keys are ``sentences``, and ``half`` or ``full`` and the mark. ``found`` is what ``classes`` gives for ``codes``.
    """
    half = kinds().index(HALF)
    at = np.flatnonzero((found == half) | (found == half + 1))  # FULL is the next kind
    these = codes[at]
    table = load("tables/scripts")["marks"]
    last, east = len(codes) - 1, kinds().index("kana")
    before = (found[np.maximum(at - 1, 0)] <= east) & (at > 0)
    beside = before | ((found[np.minimum(at + 1, last)] <= east) & (at < last))
    made = {"sentences": _sentences(codes, at, these, table["ends"])}
    for one, whole in zip(table["halves"], table["wholes"], strict=True):
        made[f"half {one}"] = int(np.count_nonzero((these == ord(one)) & beside))
        made[f"full {whole}"] = int(np.count_nonzero(these == ord(whole)))
    return {name: count for name, count in made.items() if count}


def _sentences(codes: Any, at: Any, these: Any, ends: str) -> int:
    """Runs of marks that end a sentence, and full stops behind a Latin letter and before white space."""
    rows = at[np.isin(these, [ord(mark) for mark in ends])]
    runs = np.count_nonzero(np.diff(rows) > 1) + bool(len(rows))
    dots = at[these == ord(".")]
    dots = dots[dots > 0]
    behind = codes[np.minimum(dots + 1, len(codes) - 1)]
    latin = (codes[dots - 1] > 0x40) & ((behind <= 0x20) | (dots == len(codes) - 1))
    return int(runs + np.count_nonzero(latin))
