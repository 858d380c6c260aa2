"""Which characters a text may hold. Of those of ASCII all are known by one look.

To take the ASCII characters out of a text takes as long as to look for two that are not there; a rule may look for
twenty, and most pages of Chinese hold few.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import NamedTuple

from texttool.last import Last


class _Plain(NamedTuple):
    """The ASCII characters of a text, and those of which there may be more or fewer than this says."""

    chars: str
    unsure: str


def _ascii_of(text: str) -> str:
    return text if text.isascii() else text.encode("ascii", "ignore").decode("ascii")


_plain = Last(lambda text: _Plain(_ascii_of(text), ""))


def carry(before: str, after: str, puts: Iterable[str], takes: str | None = None) -> None:
    """Takes the ASCII characters of ``before`` for those of ``after``, with those of what was put; some may be gone.

    ``takes`` are the characters that may be gone, None where they may be any.
    """
    more = _ascii_of("".join(puts))
    gone = _ASCII if takes is None else _ascii_of(takes)
    _plain.carry(before, after, lambda plain: _Plain(plain.chars + more, plain.unsure + more + gone))


def ascii_of(text: str) -> str:
    """The characters of ASCII that the text may hold."""
    return _plain(text).chars


def misses(text: str, pattern: re.Pattern[str]) -> bool:
    """Whether nothing in the text matches a pattern of characters of ASCII, told by these alone; not always told."""
    plain = _plain(text)
    return not plain.unsure and not pattern.search(plain.chars)


def holds(text: str, char: str) -> bool:
    """Whether the text may hold a character: what is not there is not told, what is may have gone with an edit."""
    return char in (ascii_of(text) if char < "\x80" else text)


def holds_run(text: str, run: str) -> bool:
    """Whether the text may hold several characters side by side; of those beyond ASCII only the first is looked for."""
    if not run.isascii():
        return run[0] in text
    plain = _plain(text)
    return run in plain.chars or (plain.unsure != "" and run[0] in plain.chars)


def holds_small(text: str) -> bool:
    """Whether the text may hold a small letter of ASCII."""
    plain = ascii_of(text)
    return plain != plain.upper()


def held(text: str, chars: Collection[str]) -> list[str]:
    """Those of ``chars`` that the text may hold."""
    plain = ascii_of(text)
    if "".join(chars).isascii():
        return list(filter(plain.__contains__, chars))
    return [char for char in chars if char in (plain if char < "\x80" else text)]


def count(text: str, char: str) -> int:
    """How often a character stands in the text."""
    plain = _plain(text)
    return (plain.chars if char < "\x80" and char not in plain.unsure else text).count(char)


def most(text: str, chars: Iterable[str]) -> int:
    """How many of ``chars``, all of ASCII, the text may hold at most."""
    return sum(map(ascii_of(text).count, chars))


def holds_any(text: str, chars: Iterable[str]) -> bool:
    """Whether the text may hold one of ``chars``."""
    if chars == "\n":  # what nearly every text holds is found at once
        return chars in text
    plain = ascii_of(text)
    for char in chars:  # noqa: SIM110 - a generator takes as long to set up as the answer takes
        if char in (plain if char < "\x80" else text):
            return True
    return False


_ASCII = bytes(range(128)).decode("ascii")
