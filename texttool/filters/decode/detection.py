"""The choice between the readings of bytes that are not plain UTF-8, and how sure it is."""

from __future__ import annotations

import re
from collections import Counter
from math import exp
from typing import NamedTuple

from texttool.filters.decode.alphabets import alphabets, narrow
from texttool.filters.decode.frequency import variety
from texttool.filters.decode.readings import (
    ASCII_BYTES,
    GLANCE,
    HIGH_BYTES,
    NARROW,
    WIDE,
    Reading,
    doubt,
    doubt_of,
    glance,
    ranked,
    read,
    seven_bit,
)
from texttool.filters.decode.sample import sample

_ESCAPED = re.compile("[\udc80-\udcff]")
_HEAD = 2048  # bytes
_SEVEN_BIT = 1 << 16  # bytes
# Neighbouring characters depend on each other, so that a difference of n nats under a unigram model is worth less.
_NATS = 40
_STEEP = 3  # a nat a character is much: text and chance lie five apart
_LEAST = 0.001
_HINT = 100  # tenths of a nat for the text, and nats a character off the doubt: what a user knows outweighs a line
_HINT_DOUBT = 2
_SELDOM = 4  # every second byte of ASCII in UTF-16 is NUL
# Forty characters that cost 8.5 nats each at most: bytes of other text, read as UTF-16, cost 12 and more.
_HEAD_WIDE = 512  # bytes
_FEW = 80
_NO_DOUBT = -2
_NEARLY_ALL = 0.8
_LIKELY = 0.75
_SEQUENCES = 4  # of UTF-8, to a bad byte


class Weighed(NamedTuple):
    """A reading with the probability that it is the right one; no encoding: none of those known here."""

    encoding: str
    confidence: float
    language: str


def weigh(data: bytes, hint: str = "") -> list[Weighed]:
    """The readings of ``data``, likeliest first, or none at all where nothing is known to fit.

    ``hint`` is the beginning of a language tag: what is in such a language counts as likelier by e^10.
    """
    if data.isascii():
        if seven := seven_bit(data[:_SEVEN_BIT]):
            return [Weighed(seven.encoding, 0.99, seven.language)]
        if b"\0" not in data:
            return [Weighed("utf-8", 1.0, "")]
    if code := _utf32(data):
        return [Weighed(code, 0.99, "")]
    if found := _plainly_wide(data):
        return [found]
    if data.isascii() and data.count(0) * _SELDOM < len(data):
        return [Weighed("utf-8", 0.9, "")]
    picked = sample(data)
    seen = glance(picked)
    doubted = doubt(picked[:GLANCE], seen[0])
    if doubted > 0 and (western := _alphabet(picked, doubted)):
        return western
    readings = ranked(picked, seen=seen)
    both = _wide(data, readings[0].encoding, readings[0].cost, len(picked))
    if hint:
        readings, both = _preferred(readings, hint), _preferred(both, hint)
    best = min(readings[0], both[0])
    doubted = doubt(data[:_HEAD] if best in both else picked, best)
    doubted -= _HINT_DOUBT * bool(hint and best.language.startswith(hint))
    if doubted > 0 and best.encoding in NARROW:
        doubted = min(doubted, _doubt_in_step(picked[:_HEAD], best))
    sure = (_mostly_utf8(picked) or _by_line(picked)) if doubted > 0 else []
    return sure or _shares(_distinct(readings + both), doubted, picked)


def _alphabet(picked: bytes, doubted: float) -> list[Weighed]:
    """The reading in a one-byte code, if that is likely: what comes after it is for Asian text with damage."""
    confidence = 1 / (1 + exp(-_STEEP * doubted))
    found = [Weighed(*reading) for reading in alphabets(picked, confidence)]
    return [reading for reading in found if reading.confidence >= _LIKELY and narrow(reading.encoding)]


def _doubt_in_step(data: bytes, reading: Reading) -> float:
    """The doubt that is left where reading goes on behind a bad byte at the likeliest place, not at the next one."""
    from texttool.filters.decode.segments import segments

    text = _ESCAPED.sub("\ufffd", segments(data, (reading.encoding,))[0].text)
    return doubt_of(text, len(data.translate(None, HIGH_BYTES)), reading)


def _plainly_wide(data: bytes) -> Weighed | None:
    """UTF-16 that reads so well at its beginning that nothing else needs to be looked at."""
    head = data[: min(_HEAD_WIDE, len(data) & ~1)]
    if len(head) < _FEW:
        return None
    best = ranked(head, WIDE)[0]
    return Weighed(best.encoding, 0.99, best.language) if doubt(head, best) < _NO_DOUBT else None


def _preferred(readings: list[Reading], hint: str) -> list[Reading]:
    """``readings`` in the order that they have with the hint."""
    liked = (r._replace(cost=r.cost - _HINT * r.language.startswith(hint)) for r in readings)
    return sorted(liked, key=lambda reading: reading.cost)


def _mostly_utf8(picked: bytes) -> list[Weighed]:
    """UTF-8 in a script that is not priced here, with some bad bytes: chance makes few of its sequences and no more."""
    text = picked.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    good = len(text) - len(text.encode("ascii", "ignore")) - bad
    return [Weighed("utf-8", good / (good + bad), "")] if good >= max(_SEQUENCES, _SEQUENCES * bad) else []


def _by_line(picked: bytes) -> list[Weighed]:
    """The codes of single lines, where nearly every line reads well in some code and the whole in none."""
    votes: Counter[Reading] = Counter()
    for line in picked.split(b"\n"):
        best = ranked(line)[0]
        certain = doubt(line, best) < 0
        votes[best._replace(cost=0, encoding=best.encoding if certain else "")] += len(
            line.translate(None, ASCII_BYTES)
        )
    total = votes.total() or 1
    if votes.total() - sum(n for reading, n in votes.items() if not reading.encoding) < _NEARLY_ALL * total:
        return []
    return [Weighed(r.encoding, n / total, r.language) for r, n in votes.most_common() if r.encoding]


def _wide(data: bytes, code: str, best: int, size: int) -> list[Reading]:
    """The readings as UTF-16: priced on the head of the file, brought to ``size`` bytes, of which ``code``
    makes the best text yet, at a cost of ``best``.
    """
    head = data[: min(_HEAD, len(data) & ~1)] or data
    local = read(head, code).cost
    return [Reading(best + (r.cost - local) * size // len(head), r.encoding, r.language) for r in ranked(head, WIDE)]


def _utf32(data: bytes) -> str:
    """UTF-32 without a mark, in either byte order; empty if it is not. Other bytes do not decode so by chance."""
    for code in ("utf-32-le", "utf-32-be") if len(data) % 4 == 0 and b"\0\0" in data[:_HEAD] else ():
        try:
            return code if "\0" not in data.decode(code) else ""
        except UnicodeDecodeError:
            continue
    return ""


def _distinct(readings: list[Reading]) -> list[Reading]:
    """``readings``, cheapest first, without those that read the same text as one before (cp950 and its superset)."""
    ordered = sorted(readings, key=lambda reading: reading.cost)
    return [*{(reading.cost, reading.language): reading for reading in reversed(ordered)}.values()][::-1]


def _shares(readings: list[Reading], doubted: float, picked: bytes) -> list[Weighed]:
    """Each reading's share of what is certain; what ``doubted`` takes goes to codes of one byte a character."""
    text = picked.decode(readings[0].encoding, "replace")
    weights = [exp((readings[0].cost - reading.cost) * variety(text) / _NATS) for reading in readings]
    asian = 1 / (1 + exp(_STEEP * doubted))
    shares = [asian * weight / sum(weights) for weight in weights]
    found = [
        Weighed(r.encoding, share, r.language) for r, share in zip(readings, shares, strict=True) if share > _LEAST
    ]
    if doubted <= 0:
        return found
    western = [Weighed(*reading) for reading in alphabets(picked, 1 - asian)]
    return [*(western or [Weighed("", 1 - asian, "")]), *found]
