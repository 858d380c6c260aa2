"""Characters put in place of characters: laid into the text as units of UTF-16, not cut out and joined."""

from __future__ import annotations

import sys
from array import array
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from texttool.edits import Edits

_LAST = 0xFFFF
_CODE = f"utf-16-{sys.byteorder[0]}e"  # as array("H") holds them


def laid(source: str, edits: Edits) -> str:
    """``source`` with every edit made, each of one character for one; empty where one, or the text, takes two units.

    Two halves of a surrogate pair that stand side by side would become one character.
    """
    if max(map(ord, edits.strings)) > _LAST:
        return ""
    units = array("H", source.encode(_CODE, "surrogatepass"))
    if len(units) > len(source):
        return ""
    for at, put in zip(edits.start, map(ord, edits.puts()), strict=True):
        units[at] = put
    text = str(units, _CODE, "surrogatepass")
    return text if len(text) == len(source) else ""
