"""Files in which lines, or runs within a line, are in another encoding than the rest."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import accumulate
from typing import NamedTuple

from texttool.filters.decode.codecs import to_bytes, to_text, unmeant
from texttool.filters.decode.frequency import costs
from texttool.filters.decode.readings import CODES, NARROW, RARER, read
from texttool.filters.decode.segments import Segment, cost, segments
from texttool.filters.decode.uncommon import suspicious_lines

# Tenths of a nat. What a line must gain by another code before it counts for that code: a chance in e^6 a line; what
# all lines together must gain before the file is taken to hold a second code: a chance in e^30 a file.
_LINE = 60
_FILE = 300
# A line without a bad byte that costs less than this per character reads well as it is.
_FAIR = 85
_ESCAPED = re.compile("[\udc00-\udcff]")
_BAD = re.compile("[\udc00-\udcff\ufffd]")
# Damage leaves a byte or two of a character, and with luck two such remains side by side; three characters are text.
_WORD = 3
_TRIED = 4096  # bytes on which second codes within lines are tried out

Part = tuple[int, int, str]  # a span of text (code points, half open) and the encoding it was read in


class _Line(NamedTuple):
    start: int  # code points
    end: int
    data: bytes
    cost: int  # as it stands
    code: str  # the best for the whole line
    gain: int  # what that code saves


def untangled(data: bytes, encoding: str, text: str) -> tuple[str, tuple[Part, ...]]:
    """``text``, which is ``data`` read as ``encoding``, with what is likelier in another code read in that.

    Only lines that look misread are looked at. Where bytes are damaged, reading goes on at the likeliest place.
    """
    if encoding not in NARROW:
        return text, ()
    lines = list(_doubtful(data, encoding, text))
    if not lines:
        return text, ()
    whole = _second_codes(lines)
    rest = [line for line in lines if line.gain <= 0 or line.code not in whole]
    inside = _code_inside(_first(rest), encoding)
    return _reread(text, encoding, ((line, _segments(line, encoding, whole, inside)) for line in lines))


def _doubtful(data: bytes, encoding: str, text: str) -> Iterator[_Line]:
    """The lines that do not read well as ``encoding``, with their bytes: where these are is worked out for no other."""
    at = offset = 0
    for start, end in suspicious_lines(text):
        if _reads_well(text[start:end], encoding):
            continue
        offset += len(to_bytes(text[at:start], encoding))
        size = len(to_bytes(text[start:end], encoding))
        piece = data[offset : offset + size]
        if to_text(piece, encoding) != text[start:end]:  # a character with two spellings: no longer in step
            return
        now = read(piece, encoding).cost
        if now > _FAIR * (end - start) or _ESCAPED.search(text, start, end):
            yield _weighed(start, end, piece, now, encoding)
        at, offset = end, offset + size


def _reads_well(line: str, encoding: str) -> bool:
    """Whether a line without a bad byte is fair by the price of ``read``: in one language is enough."""
    if _BAD.search(line):
        return False
    most, spelled = _FAIR * len(line) - RARER.get(encoding, 0), unmeant(line, encoding)
    return any(sum(map(costs(name).__getitem__, spelled)) <= most for name in CODES[encoding])


def _weighed(start: int, end: int, data: bytes, now: int, encoding: str) -> _Line:
    best = min((read(data, code) for code in NARROW), key=lambda reading: reading.cost)
    gain = now - best.cost - _LINE
    if gain > 0:  # damage can shift a whole line: compare with the best that this code can make of it
        gain = _alone(data, now, encoding) - best.cost - _LINE
    return _Line(start, end, data, now, best.encoding, gain)


def _alone(data: bytes, now: int, encoding: str) -> int:
    """The least cost of ``data`` in its own code. UTF-8 finds its step again behind every bad byte by itself."""
    return now if encoding == "utf-8" else min(now, cost(segments(data, (encoding,))))


def _second_codes(lines: list[_Line]) -> set[str]:
    """The codes that gain enough over all lines to be believed."""
    sums: Counter[str] = Counter()
    for line in lines:
        sums[line.code] += max(0, line.gain)
    return {code for code, total in sums.items() if total >= _FILE}


def _first(lines: list[_Line]) -> list[_Line]:
    """As many of the lines as may be tried out."""
    sizes = accumulate(len(line.data) for line in lines)
    return [line for line, size in zip(lines, sizes, strict=True) if size <= _TRIED] or lines[:1]


def _code_inside(lines: list[_Line], encoding: str) -> tuple[str, ...]:
    """The code that runs within these lines are in, if there is one."""
    sums: Counter[str] = Counter()
    for line in lines:
        alone = _alone(line.data, line.cost, encoding)
        for code in NARROW:
            found = segments(line.data, (encoding, code)) if code != encoding else []
            if any(segment.code == code and segment.chars >= _WORD for segment in found):
                sums[code] += max(0, alone - cost(found) - _LINE)
    return tuple(code for code, total in sums.most_common(1) if total >= _FILE)


def _segments(line: _Line, encoding: str, whole: set[str], inside: tuple[str, ...]) -> list[Segment]:
    """How the line is to be read; nothing where it is to stay."""
    if line.gain > 0 and line.code in whole:
        return segments(line.data, (line.code,))
    others = (*inside, *sorted(whole - {*inside, encoding}))
    if encoding == "utf-8" and not others:
        return []
    found = segments(line.data, (encoding, *others))
    return found if cost(found) + _LINE < line.cost else []


def _reread(text: str, encoding: str, lines: Iterator[tuple[_Line, list[Segment]]]) -> tuple[str, tuple[Part, ...]]:
    pieces: list[str] = []
    parts: list[Part] = []
    at = size = 0
    for line, found in lines:
        kept = text[at : line.start] if found else text[at : line.end]
        pieces.append(kept)
        size += len(kept)
        for segment in found:
            if segment.code != encoding:
                parts.append((size, size + len(segment.text), segment.code))
            pieces.append(segment.text)
            size += len(segment.text)
        at = line.end
    return "".join([*pieces, text[at:]]), tuple(parts)
