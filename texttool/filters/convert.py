"""Conversion between the scripts of Chinese by OpenCC, with positions; and lines in the other script than the text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from texttool.align import Aligned
from texttool.edits import Edit
from texttool.errors import Failure
from texttool.filters._tables import rows
from texttool.filters._worth import Read
from texttool.rule import Find
from texttool.rulebook import family, load

if TYPE_CHECKING:
    from numpy.typing import NDArray

# A line speaks for another script when it holds so many characters that only that script has: one may be a name.
_LINE_SPEAKS = 3
# Texts are looked through in pieces of so many characters, whose columns stay in the processor's cache.
_PIECE = 1 << 16
_UNREADABLE = re.compile("([\0\ud800-\udfff]+)")


def conversion(config: str) -> Find:
    """Finds what OpenCC's ``config`` (a name such as ``s2t``) changes in the lines that are not in its target script.

    A line without characters of one script only goes with the text, and with the request where the text has none.
    """
    # The new forms of Japan are those of the mainland for the most part.
    source = 1 if config.startswith(("s", "jp")) else -1

    def find(text: str) -> Iterable[Edit]:
        if not _holds(text, source):
            return ()
        leaning = _leaning(text)
        total = int(leaning.sum())
        wanted = leaning * source > 0
        if total * source >= 0:
            wanted |= leaning == 0
        return Aligned(text, _converted(text, wanted, config)) if wanted.any() else ()

    return find


def mixed(text: str) -> Iterator[Edit]:
    """Stretches of lines in the other script than the text: first to last character that only that script has."""
    if len(text) < _PIECE and _of_one_script(text):
        return
    leaning = _leaning(text)
    total = int(leaning.sum())
    others = (leaning * (1 if total > 0 else -1) <= -_LINE_SPEAKS).nonzero()[0]
    if not others.size:
        return
    only = _only(-1 if total > 0 else 1)
    starts = _line_starts(text)
    for number in others:
        start = starts[number]
        end = starts[number + 1] - 1 if number + 1 < len(starts) else len(text)
        at = [i for i in range(start, end) if text[i] in only]
        yield at[0], at[-1] + 1, text[at[0] : at[-1] + 1]


_read = Read()


def _of_one_script(text: str) -> bool:
    """Whether a small text has no characters that only simplified text has, or none that only traditional text has."""
    if not _read.enough(text):  # without numpy, which takes longer to import than a page takes to lint
        return any(_only(script).isdisjoint(text) for script in (1, -1))
    found = _weights()[_units(text)]
    return not found.size or int(found.min()) >= 0 or int(found.max()) <= 0


def _holds(text: str, script: int) -> bool:
    """Whether anything may be in ``script``: a character that only it has, or none that only the other one has."""
    weights, other = _weights(), False
    for base in range(0, len(text), _PIECE):
        found = weights[_units(text[base : base + _PIECE])]
        if (found == script).any():
            return True
        other = other or bool((found == -script).any())
    return not other


def _units(text: str) -> NDArray[Any]:
    """UTF-16 code units."""
    import numpy as np

    return np.frombuffer(text.encode("utf-16-le", "surrogatepass"), np.uint16)


def _leaning(text: str) -> NDArray[Any]:
    """For each line, its characters that only simplified text has less those that only traditional text has."""
    import numpy as np

    units = _units(text)
    weights = _weights()[units]
    ends = np.flatnonzero(units == ord("\n"))
    starts = np.concatenate(([0], ends + 1))
    # A weight of 0 behind the text gives the last line a place to start, be it empty.
    return np.add.reduceat(np.append(weights, np.int8(0)), starts, dtype=np.int32)


@cache
def _weights() -> NDArray[Any]:
    """For each UTF-16 code unit: 1 where only simplified text has it, -1 where only traditional text has it, else 0."""
    import numpy as np

    table = np.zeros(1 << 16, np.int8)
    for script in (1, -1):
        table[[ord(char) for char in _only(script) if ord(char) < len(table)]] = script
    return table


@cache
def _only(script: int) -> frozenset[str]:
    """The characters that only simplified (1) or only traditional (-1) text has."""
    return frozenset(dict(rows("script"))["simplified" if script > 0 else "traditional"])


def _line_starts(text: str) -> list[int]:
    from texttool.lines import Lines

    return list(Lines(text).starts)


def _converted(text: str, wanted: NDArray[Any], config: str) -> str:
    """The text with the wanted lines converted: neighbouring ones at once, since phrases do not cross lines."""
    convert = _whole(config)
    if wanted.all():
        return convert(text)
    lines = text.split("\n")
    changes = (wanted[1:] != wanted[:-1]).nonzero()[0] + 1
    bounds = [0, *map(int, changes), len(lines)]
    pieces = []
    for first, last in pairwise(bounds):
        piece = "\n".join(lines[first:last])
        pieces.append(convert(piece) if wanted[first] else piece)
    return "\n".join(pieces)


def _whole(config: str) -> Callable[[str], str]:
    """OpenCC for any text: it reads UTF-8 up to a NUL, and knows no bytes that could not be decoded."""
    convert = _converter(config).convert
    return lambda text: "".join(
        part if part and _UNREADABLE.match(part) else str(convert(part)) for part in _UNREADABLE.split(text)
    )


@cache
def _converter(config: str) -> Any:
    from opencc import OpenCC

    return OpenCC(config)


def code_of(config: str) -> str:
    """The code of the rule that makes a conversion. Raises Failure for one that there is not."""
    codes = {table["config"]: code for code, table in load("script").items() if "config" in table}
    if config not in codes:
        raise Failure(f"unknown conversion {config!r} (one of {', '.join(codes)})")
    return codes[config]


RULES = family(
    "script",
    finders={
        **{code: conversion(table["config"]) for code, table in load("script").items() if "config" in table},
        "ZH201": mixed,
    },
)
