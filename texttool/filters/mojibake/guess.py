"""A guess at misread UTF-8 of which bytes were lost: where one byte of a character is gone, the likeliest is taken.

A decoder that meets bytes it cannot read puts U+FFFD or a question mark for each; the bytes to both sides are still
known. What remains of the character leaves at most 64 readings, of which the language prefers one by far more often
than not, and sometimes wrongly: a guess is reported, and made only where it is asked for.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import product
from typing import NamedTuple

from texttool.filters.decode.frequency import costs, price
from texttool.filters.mojibake import LOSSES
from texttool.filters.mojibake.mispairs import DOUBLE, SINGLE, bytes_of

LOST = LOSSES[0]
_HOLE = "\u0100"  # a byte that was lost, in a text of one character a byte
_LEADS = (*range(0xE2, 0xEE), 0xEF)  # of marks, kana, hanzi, Hangul and full-width forms
_TAILS = range(0x80, 0xC0)
# Characters of three bytes, of which some may be lost, on end. Whatever stands between is not UTF-8 and stays.
_CHARACTER = re.compile(f"[\xe0-\xef{_HOLE}][\x80-\xbf{_HOLE}][\x80-\xbf{_HOLE}]|[\xe0-\xef][\x80-\xbf]?\\Z")
_WHOLE = re.compile("[\xe0-\xef][\x80-\xbf]{2}")
_PROOF = 3  # whole characters that prove the code: no chance makes them
_MOST_LOST = 0.5  # of all characters: beyond, too little is left to go by
_TEXT = 95  # tenths of a nat a character: what reads as text, as in repair
# At the end of a line a full stop is what is most often lost there: the byte behind it is not one of a pair.
_STOP = "。"
_STOP_LEAD = "\xe3"
# Where a question mark stands for a byte: behind the first byte of a character, or before the other two.
_INSIDE = re.compile(
    f"(?<=[\xe0-\xef]){_HOLE}(?=[\x80-\xbf{_HOLE}])|(?<=[\xe0-\xef][\x80-\xbf{_HOLE}]){_HOLE}"
    f"|(?<![\xe0-\xef]){_HOLE}(?=[\x80-\xbf]{{2}})"
)


class _Read(NamedTuple):
    text: str
    whole: int  # characters that were whole
    guessed: int


def guessed(line: str) -> str:
    """The line as it probably was, if it is UTF-8 misread with bytes lost; empty where it is not."""
    if not any(map(line.__contains__, LOSSES)):
        return ""
    found = [read for wrong in (*DOUBLE, *SINGLE) if (read := _read(line, wrong)) is not None]
    best = max(found, key=lambda read: (read.whole, -read.guessed), default=None)
    return best.text if best else ""


def _read(line: str, wrong: str) -> _Read | None:
    """The line read as UTF-8 out of the bytes that ``wrong`` made it of; None where that is not proven."""
    data = _bytes(line, wrong)
    whole = len(_WHOLE.findall(data)) if data else 0
    if data is None or whole < _PROOF or not _CHARACTER.sub("", data).replace(_HOLE, "").isascii():
        return None  # another code, or too much is gone
    holes = len(_CHARACTER.findall(data)) - whole
    if not 0 < holes <= _MOST_LOST * (whole + holes):
        return None
    known = "".join(map(_decoded, _WHOLE.findall(data)))
    worth, language = price(known)
    if worth > _TEXT * len(known):
        return None
    text = _CHARACTER.sub(lambda match: _char(match[0], language, last=not data[match.end() :].strip()), data)
    return _Read(text.replace(_HOLE, LOST), whole, holes)


def _decoded(piece: str) -> str:
    return piece.encode("latin-1").decode("utf-8", "ignore")


def _bytes(line: str, wrong: str) -> str | None:
    """One character a byte, with holes; None where ``wrong`` cannot have made the line."""
    made: list[str] = []
    for piece in filter(None, re.split(f"([?{LOST}])", line)):
        spelled = _HOLE if piece in ("?", LOST) else _spelled(piece, wrong)
        if spelled is None:  # most codecs fail at once
            return None
        made.append(spelled)
    data = "".join(made)
    return _questions(data, line)


def _spelled(piece: str, wrong: str) -> str | None:
    data = bytes_of(piece, wrong)
    return None if data is None else data.decode("latin-1")


def _questions(data: str, line: str) -> str:
    """``data`` with the question marks put back that stand beside no part of a character."""
    if LOST in line:  # then it is U+FFFD that stands for what was lost
        marks = iter(re.findall(f"[?{LOST}]", line))
        return re.sub(_HOLE, lambda _hole: "?" if next(marks) == "?" else _HOLE, data)
    kept = {match.start() for match in _INSIDE.finditer(data)}
    return re.sub(_HOLE, lambda hole: _HOLE if hole.start() in kept else "?", data)


def _char(data: str, language: str, *, last: bool) -> str:
    """The likeliest character of the language that these bytes can be, of which one may be lost."""
    lost = 3 - len(data.replace(_HOLE, ""))
    if last and lost and data[0] == _STOP_LEAD and data[1:2] in (_HOLE, "", _STOP.encode().decode("latin-1")[1]):
        return _STOP
    if lost > 1 or len(data) < len(_STOP_LEAD) * 3:
        return LOST
    texts = {_decoded("".join(map(chr, way))) for way in product(*map(_ways, data, range(3)))} - {""}
    return min(texts, key=lambda char: (costs(language)[char], char), default=LOST)


def _ways(byte: str, place: int) -> Sequence[int]:
    if byte != _HOLE:
        return (ord(byte),)
    return _TAILS if place else _LEADS
