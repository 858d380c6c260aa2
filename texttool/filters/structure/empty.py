"""Brackets with nothing in them: what stood there was lost."""

from __future__ import annotations

import re
from functools import cache

from texttool.edits import Edits
from texttool.filters._literals import leftmost
from texttool.filters._protected import protected
from texttool.filters._tables import compiled
from texttool.filters.structure.report import reported
from texttool.together import Together

EMPTY = "ST203"
# A text that speaks of the marks themselves names them (括号（）) or quotes them (“（）”).
_NAMED = "(?<![号“‘「『、/]..)(?![”’」』、/])"


def empty(text: str) -> dict[str, Edits]:
    """Each pair of brackets behind a Chinese word that holds nothing."""
    spans = protected(text)
    findings = [(m.span(), None) for m in leftmost(text, _patterns()) if m.start() not in spans]
    return {EMPTY: reported(text, findings)} if findings else {}


def sieve(together: Together) -> list[int]:
    """The numbers of the texts with such a pair."""
    return together.holding(m.start() for m in leftmost(together.text, _patterns()))


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    behind = "(?<=[{cjk}{shut}”’》]..)"
    return {pair[0]: compiled(re.escape(pair) + behind + _NAMED) for pair in ("（）", "()")}
