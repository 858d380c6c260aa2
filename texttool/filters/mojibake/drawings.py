"""Frames of tables, which are no misread text.

Code page 437 has its box drawings where the codes of East Asia have their commonest characters, so a frame reads as
text in each of those codes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

# What bytes of other codes become in a one-byte code page, but for the space that does not break.
_MISREAD = "\x80-\x9f\xa1-\u045f\u2010-\u25ff"
_LIGHT, _DOUBLE = "\u2500\u2502\u250c\u2510\u2514\u2518\u251c\u2524\u252c\u2534\u253c", "\u2550-\u256c"
# A rule three signs long, with its corners.
_RULE = f"(?<![{_LIGHT}])[{_LIGHT}]*\u2500{{3}}[{_LIGHT}]*|(?<![{_DOUBLE}])[{_DOUBLE}]*\u2550{{3}}[{_DOUBLE}]*"
_DRAWN = re.compile(_RULE)
# A row begins and ends with the frame. Inside of it that is one or two signs that nothing misread stands beside.
_BARS = "\u2502\u2503\u251c\u2524\u250c\u2510\u2514\u2518\u2551\u2560\u2563"
_ROW = re.compile(rf"\s*[{_BARS}].*[{_BARS}]\s*")
_DRAWN_IN_ROW = re.compile(rf"{_RULE}|(?<![{_MISREAD}])[\u2500-\u257f]{{1,2}}(?![{_MISREAD}])")


def parts(line: str) -> Iterator[tuple[int, str]]:
    """Where the parts of a line begin that no frame crosses (code points), and they; some are empty."""
    at = 0
    for m in (_DRAWN_IN_ROW if _ROW.fullmatch(line) else _DRAWN).finditer(line):
        yield at, line[at : m.start()]
        at = m.end()
    yield at, line[at:]
