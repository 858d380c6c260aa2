"""Conversion between the scripts of Chinese by OpenCC, with positions; and lines in the other script than the text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import chain
from typing import Any

from texttool.align import Aligned
from texttool.edits import Edit, Span
from texttool.filters._scripts import leaning, only
from texttool.filters._worth import Read
from texttool.rule import Find
from texttool.rulebook import family, load
from texttool.together import Together

# A line speaks for another script when it holds so many characters that only that script has: one may be a name.
_LINE_SPEAKS = 3
# Code points that OpenCC is given at once: what it makes of them is still in the processor's cache when it is read.
_PIECE = 1 << 16
_UNREADABLE = re.compile("([\0\ud800-\udfff]+)")


def conversion(config: str) -> Find:
    """Finds what OpenCC's ``config`` (a name such as ``s2t``) changes in the lines that are not in its target script.

    A line without characters of one script only goes with the text, and with the request where the text has none.
    """
    # The new forms of Japan are those of the mainland for the most part.
    source = 1 if config.startswith(("s", "jp")) else -1

    def find(text: str) -> Iterable[Edit]:
        wanted = list(_wanted(text, source))
        return Aligned(text, _converted(text, wanted, config)) if wanted else ()

    return find


def mixed(text: str) -> Iterator[Edit]:
    """Stretches of lines in the other script than the text: first to last character that only that script has."""
    if not _read.enough(text) and any(only(script).isdisjoint(text) for script in (1, -1)):
        return
    found = leaning(text)
    other = -1 if found.total > 0 else 1
    for start, end, leans in found.lines(other):
        if leans >= _LINE_SPEAKS:
            at = [i for i, char in enumerate(text[start:end], start) if char in only(other)]
            yield at[0], at[-1] + 1, text[at[0] : at[-1] + 1]


_read = Read()


def _of_both_scripts(together: Together) -> list[int]:
    """The numbers of the texts with a line in the rarer script: each that leans to it, or does not, has one."""
    found = leaning(together.text)
    return together.touched((start, end) for start, end, _ in found.lines(-1 if found.total > 0 else 1))


def _wanted(text: str, source: int) -> Iterator[Span]:
    """The stretches of whole lines that are to be converted from the script ``source``, where there are any."""
    found = leaning(text)
    if found.total * source < 0:
        yield from ((start, end) for start, end, _ in found.lines(source))
        return
    at = 0
    for start, end, _ in chain(found.lines(-source), ((len(text), len(text), 0),)):
        if at < start:
            yield at, start
        at = end


def _converted(text: str, wanted: Iterable[Span], config: str) -> str:
    """The text with the wanted stretches converted: lines at once, since phrases do not cross lines."""
    convert, made, at = _whole(config), list[str](), 0
    for start, end in wanted:
        made.append(text[at:start])
        made += map(convert, _pieces(text, start, end))
        at = end
    return "".join([*made, text[at:]])


def _pieces(text: str, start: int, end: int) -> Iterator[str]:
    """A stretch in pieces of whole lines."""
    while end - start > _PIECE:
        stop = text.rfind("\n", start, start + _PIECE) + 1 or text.find("\n", start + _PIECE, end) + 1
        if not stop:
            break
        yield text[start:stop]
        start = stop
    yield text[start:end]


def _whole(config: str) -> Callable[[str], str]:
    """OpenCC for any text: it reads UTF-8 up to a NUL, and knows no bytes that could not be decoded."""
    convert = _converter(config).convert

    def whole(text: str) -> str:
        if "\0" not in text:
            try:
                return str(convert(text))
            except UnicodeEncodeError:
                pass
        parts = _UNREADABLE.split(text)
        return "".join(part if part and _UNREADABLE.match(part) else str(convert(part)) for part in parts)

    return whole


@cache
def _converter(config: str) -> Any:
    from opencc import OpenCC

    return OpenCC(config)


def conversions() -> dict[str, str]:
    """The codes of the rules that make a conversion, by OpenCC's names for it."""
    return {table["config"]: code for code, table in load("script").items() if "config" in table}


RULES = family(
    "script",
    finders={
        **{code: conversion(config) for config, code in conversions().items()},
        "ZH201": mixed,
    },
    sieves={"ZH201": _of_both_scripts},
)
