"""What of a document or a file name may reach a terminal or a report."""

from __future__ import annotations

import re
from functools import cache

from texttool.patterns import compiled

# C0 and C1 controls, DEL, soft hyphen, zero-width and bidi controls, line and paragraph separators, other characters
# that render as nothing, tag characters, surrogates, private use, non-characters (Unicode 16, chapter 23).
_HIDDEN = (
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164"
    "\ud800-\udfff\ue000-\uf8ff\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\U000e0000-\U000e0fff\U000f0000-\U0010ffff]"
)
_SURROGATE = compiled("[\ud800-\udfff]")
_SIGNS = {"\n": "⏎", "\t": "⇥"}


def visible(text: str) -> str:
    """``text`` on one line, with every character that hides, moves the cursor or reorders shown as its escape."""
    return _hidden().sub(_shown, text)


def excerpt(text: str, most: int = 40) -> str:
    """``visible(text)``, its middle left out where it has more than ``most`` code points."""
    if len(text) <= most:
        return visible(text)
    half = (most - 1) // 2
    return f"{visible(text[:half])}…{visible(text[-half:])}"


def storable(text: str) -> str:
    """``text`` with lone surrogates, for which strict UTF-8 has no place, shown as escapes."""
    return _SURROGATE.sub(_shown, text)


@cache  # it takes milliseconds to compile, and where nothing is found nothing is shown
def _hidden() -> re.Pattern[str]:
    return compiled(_HIDDEN)


def _shown(match: re.Match[str]) -> str:
    char = match[0]
    code = ord(char)
    if 0xDC00 <= code <= 0xDCFF:  # a byte that could not be decoded (PEP 383)
        return f"\\x{code - 0xDC00:02x}"
    return _SIGNS.get(char) or (f"\\x{code:02x}" if code < 0x100 else f"\\u{{{code:x}}}")
