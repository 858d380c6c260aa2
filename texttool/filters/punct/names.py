"""The dot in a foreign name: 卡尔.马克思 for 卡尔·马克思."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from texttool.edits import Edit
from texttool.filters._literals import leftmost
from texttool.filters._protected import protected
from texttool.filters._tables import rows

# A dot between two names of two sounds each may end a sentence about one place and begin one about a person; a name
# of three sounds on either side is hardly ever met so.
_SOUNDS = 5


def dots(text: str) -> Iterator[Edit]:
    """Edits that put ``·`` for a dot between two runs of characters that write foreign names."""
    spans = protected(text)
    for m in leftmost(text, _dot()):
        left, right = _left().search(text, max(0, m.start() - 8), m.start()), _right().match(text, m.end())
        if left and right and len(left[0]) + len(right[0]) >= _SOUNDS and m.start() not in spans:
            yield (*m.span(), "·")


@cache
def _sounds() -> str:
    return "".join(row[0] for row in rows("punct_transliteration"))


@cache
def _dot() -> dict[str, re.Pattern[str]]:
    near = f"(?<=[{_sounds()}]{{2}}.)(?=[{_sounds()}]{{2}})"
    return {dot: re.compile(re.escape(dot) + near) for dot in ".．"}


@cache
def _left() -> re.Pattern[str]:
    return re.compile(rf"[{_sounds()}]{{2,5}}\Z")


@cache
def _right() -> re.Pattern[str]:
    return re.compile(f"[{_sounds()}]{{2,6}}")
