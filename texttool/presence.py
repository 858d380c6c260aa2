"""Which characters a text may hold. Of those of ASCII all are known by one look.

To take the ASCII characters out of a text takes as long as to look for two that are not there; a rule may look for
twenty, and most pages of Chinese hold few.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from texttool.last import Last


def _ascii_of(text: str) -> str:
    return text if text.isascii() else text.encode("ascii", "ignore").decode("ascii")


_ascii = Last(_ascii_of)


def _ascii_lines(text: str) -> list[int]:
    return [m.start() for m in _ASCII_LINE.finditer(text)]


_ASCII_LINE = re.compile(r"\n[\t -~]")
ascii_lines = Last(_ascii_lines)
"""Offsets of the line ends (code points) behind which a line begins with a blank or another character of ASCII."""


def carry(before: str, after: str, puts: Iterable[str]) -> None:
    """Takes the ASCII characters of ``before`` for those of ``after``, with those of what was put; some may be gone."""
    more = "".join(puts)
    _ascii.carry(before, after, lambda plain: plain + _ascii_of(more))


def holds(text: str, char: str) -> bool:
    """Whether the text may hold a character: what is not there is not told, what is may have gone with an edit."""
    return char in (_ascii(text) if char < "\x80" else text)


def held(text: str, chars: Collection[str]) -> list[str]:
    """Those of ``chars`` that the text may hold."""
    plain = _ascii(text)
    if "".join(chars).isascii():
        return list(filter(plain.__contains__, chars))
    return [char for char in chars if char in (plain if char < "\x80" else text)]


def most(text: str, chars: Iterable[str]) -> int:
    """How many of ``chars``, all of ASCII, the text may hold at most."""
    return sum(map(_ascii(text).count, chars))


def holds_any(text: str, chars: Iterable[str]) -> bool:
    """Whether the text may hold one of ``chars``."""
    if chars == "\n":  # what nearly every text holds is found at once
        return chars in text
    plain = _ascii(text)
    for char in chars:  # noqa: SIM110 - a generator takes as long to set up as the answer takes
        if char in (plain if char < "\x80" else text):
            return True
    return False
