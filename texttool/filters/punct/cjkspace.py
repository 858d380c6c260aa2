"""Spaces between Chinese and Latin, and beside full-width marks. No rule of these runs unless it is selected."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from texttool.edits import Edit
from texttool.filters._protected import protected
from texttool.filters._tables import compiled


def missing(text: str) -> Iterator[Edit]:
    """Edits that put a space between a Chinese letter and a Latin letter or digit."""
    spans = protected(text)
    chinese = _letter()
    for m in _latin().finditer(text):
        start, end = m.span()
        if start in spans:
            continue
        if start and chinese.match(text, start - 1):
            yield start, start, " "
        if chinese.match(text, end):
            yield end, end, " "


def extra(text: str) -> Iterator[Edit]:
    """Edits that take away the spaces between a Chinese letter and a Latin letter or digit."""
    return _without(text, _mixed())


def beside_mark(text: str) -> Iterator[Edit]:
    """Edits that take away the spaces beside a full-width mark, which brings its own."""
    return _without(text, _marked())


def between_han(text: str) -> Iterator[Edit]:
    """Edits that take away a single space between two Chinese letters, as recognizers put it."""
    return _without(text, _chinese())


def _without(text: str, spaces: re.Pattern[str]) -> Iterator[Edit]:
    spans = protected(text)
    return ((*m.span(), "") for m in spaces.finditer(text) if m.start() not in spans)


@cache
def _letter() -> re.Pattern[str]:
    return compiled("[{cjk}]")


@cache
def _latin() -> re.Pattern[str]:
    return compiled("[A-Za-z0-9](?:(?<=[{cjk}].)|(?=[{cjk}]))")


@cache
def _mixed() -> re.Pattern[str]:
    return compiled(" (?:(?<=[{cjk}] )(?=[A-Za-z0-9])|(?<=[A-Za-z0-9] )(?=[{cjk}]))")


@cache
def _marked() -> re.Pattern[str]:
    return compiled(" (?:(?<=[，。、；：？！（《“‘「『] )(?=[^\\s])|(?<=[^\\s] )(?=[，。、；：？！）》”’」』]))")


@cache
def _chinese() -> re.Pattern[str]:
    return compiled(" (?<=[{cjk}] )(?=[{cjk}])")
