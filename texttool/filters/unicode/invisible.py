"""Characters that show nothing, or show as a space, beside Chinese text: where they are and what they should be."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from functools import cache

from texttool.edits import Edit
from texttool.filters.unicode.plain import strange

# The parts of a run, by the rule that they fall under. Tab, line feed, form feed, carriage return, BEL and ESC do
# something, and NEL is a line break: they are no accident. U+3000, ZWNJ and ZWJ beside other scripts are never one.
ZERO_WIDTH = "\u180e\u200b-\u200d\u2060-\u2064\ufeff"
SOFT_HYPHEN = "\u00ad"
CONTROL = "\x00-\x06\x08\x0e-\x1a\x1c-\x1f\x7f"
BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
SPACE = "\u00a0\u2000-\u200a\u202f\u205f"
_KINDS = {"UN101": ZERO_WIDTH, "UN102": SOFT_HYPHEN, "UN103": CONTROL, "UN104": BIDI, "UN105": SPACE}
RUN = re.compile(f"[{''.join(_KINDS.values())}]+")
_PIECE = "|".join(f"(?P<{code}>[{chars}]+)" for code, chars in _KINDS.items())
# Marks that are Chinese or not by what stands beside them, and will be set so later. A run of them and of invisible
# characters touches Chinese text as a whole or not at all.
_MARKS = ",.;:?!()<>\"'“”‘’…—·-"
_REST = f"[{''.join(_KINDS.values())}{_MARKS}]*"
_FEW = 16  # marks of letters on end
_STANDING = f"(?:[{''.join(_KINDS.values())}]*[\u0300-\u036f\u3099\u309a])+\\Z"
_MARK = f"[{_MARKS}]"
_FAR = 500  # code points of a line to either side
_RIGHT_TO_LEFT = "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"


_compiled = cache(re.compile)  # when there is something to look at


@cache  # it takes milliseconds to compile
def _chinese() -> re.Pattern[str]:
    """Han, kana with its marks, bopomofo, their punctuation and full-width forms, radicals; not U+3000."""
    return re.compile(
        "[\u2e80-\u2fdf\u3001-\u3098\u309b-\u312f\u31a0-\u31bf\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
        "\uff01-\uff9f\U00020000-\U000323af]"
    )


def scan(text: str) -> Mapping[str, list[Edit]]:
    """Runs of such characters that touch Chinese text, by the code of the rule. Linear: every run is looked at once."""
    found: defaultdict[str, list[Edit]] = defaultdict(list)
    if text.isascii() or not RUN.search(strange(text)):
        return found
    line_end, foreign = -1, False
    around, touches = -1, False
    for run in RUN.finditer(text):
        start, end = run.span()
        if start >= around:
            around = _compiled(_REST).match(text, end).end()  # type: ignore[union-attr]
            touches = _touches(text, start, around)
        if not touches:
            continue
        if start > line_end:
            begin, line_end = text.rfind("\n", 0, start) + 1, text.find("\n", end)
            line_end = len(text) if line_end < 0 else line_end
            foreign = _compiled(_RIGHT_TO_LEFT).search(text, begin, line_end) is not None
        for piece in _compiled(_PIECE).finditer(text, start, end):
            code = str(piece.lastgroup)
            if code != "UN104" or not foreign:
                found[code].append((*piece.span(), " " * len(piece[0]) if code == "UN105" else ""))
    return found


def _touches(text: str, start: int, end: int) -> bool:
    """Whether Chinese text stands right before ``start``, or before the marks there, or right after ``end``.

    Where there are marks between, Chinese anywhere in the line will do: they will be set by the text of the line.
    """
    marked = _compiled(_MARK).search(text, start, end) is not None
    while start and text[start - 1] in _MARKS:
        start, marked = start - 1, True
    # What marks of letters stand on tells, whatever is composed or taken out later.
    ending = _compiled(_STANDING).search(text, max(0, start - _FEW), start)
    start = ending.start() if ending else start
    if (start and _chinese().match(text, start - 1)) or _chinese().match(text, end):
        return True
    return marked and _chinese().search(text, *_line(text, start, end)) is not None


def _line(text: str, start: int, end: int) -> tuple[int, int]:
    """The span of the line, as far as it is looked at."""
    begin = max(text.rfind("\n", max(0, start - _FAR), start) + 1, start - _FAR, 0)
    stop = text.find("\n", end, end + _FAR)
    return begin, min(len(text), end + _FAR) if stop < 0 else stop
