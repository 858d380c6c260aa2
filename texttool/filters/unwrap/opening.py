"""How lines begin that open something: ``rules/tables/wrap-openers.toml``, read without numpy."""

from __future__ import annotations

import re
from functools import cache

from texttool.patterns import compiled
from texttool.rulebook import load


@cache
def starts() -> str:
    """The characters that what opens something can begin with."""
    return str(load("tables/wrap-openers")["starts"])


@cache
def patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What opens something whatever is in front, and what does so behind a short line; for a line's first ink."""
    data = load("tables/wrap-openers")
    return tuple(compiled("|".join(f"(?:{part})" for part in data[name])) for name in ("sure", "likely"))  # type: ignore[return-value]


def opens(lines: list[str]) -> tuple[set[int], set[int]]:
    """The numbers of the lines that surely open something, and of all that may."""
    begins, (sure, likely) = frozenset(starts()), patterns()
    inked = ((number, line.lstrip()) for number, line in enumerate(lines))
    may = [(number, line) for number, line in inked if line[:1] in begins]
    surely = {number for number, line in may if sure.match(line)}
    return surely, surely | {number for number, line in may if likely.match(line)}
