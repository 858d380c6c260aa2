"""Latin and digit tokens inside Chinese sentences."""

from __future__ import annotations

import re
from functools import cache

from texttool.filters._tables import compiled, rows

# How far back a Latin token may reach: the longest words of technical text (chemistry, German) are about this long.
_TOKEN = 48


def attached(text: str, at: int, ends: bool = False) -> bool:
    """Whether the Latin or digit token that ends at ``at`` stands inside a Chinese sentence and is no list number.

    It does where only it and at most one space separate ``at`` from a Chinese letter, and that letter does not make
    a label of it (图 1). An abbreviation keeps its full stop, and so does a single capital, but not where the line
    ends behind it (``ends``): an initial has a name behind it.
    """
    before = text[max(0, at - _TOKEN) : at]
    if not _attached().search(before) or _label().search(before):
        return False
    return ends or not (_INITIAL.search(before) or _ITEM.search(before))


# The number of an item, behind a colon (附件:1.甲) or behind the item before it and a space; a score (3:2) is none.
_ITEM = re.compile(r"(?:(?<![0-9])[:：] ?| )[0-9]{1,2}\Z")
_INITIAL = re.compile(r"(?<![A-Za-z])[A-Z]\Z")


@cache
def _attached() -> re.Pattern[str]:
    return compiled(r"[{cjk}][{close}]? ?[^\s{cjk}，。、；：？！,;]*\Z")


@cache
def _label() -> re.Pattern[str]:
    labels = "|".join(re.escape(row[0]) for row in rows("punct_labels"))
    words = "|".join(re.escape(row[0]) for row in rows("punct_abbreviations"))
    return compiled(rf"(?:{labels}) ?\d+(?:[.\-]\d+)*\Z|(?<![A-Za-z])(?:{words})\Z|\.[A-Za-z]\Z")
