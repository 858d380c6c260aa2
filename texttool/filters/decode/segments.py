"""The cheapest way to read bytes in which the code changes: a Viterbi search over characters of several codes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from texttool.filters.decode.codecs import to_text
from texttool.filters.decode.frequency import ASCII, BAD_BYTE, costs
from texttool.filters.decode.readings import CODES

# What a change of code costs, tenths of a nat: a place out of some hundred, and a code out of a few.
SWITCH = 70
# What a run in another code may cost per character to be text and no damage; a single character must be a common one,
# of the few hundred that make most of any text: one pair of bytes in fifty is one of them by chance.
_TEXT = 95
_SINGLE = 70
# Two bytes of UTF-8 are a letter of an alphabet: rare amid the scripts that the other codes are for, and what two bytes
# of a character in another code look like when they chance to be valid.
_ALPHABET = 60
_LENGTHS = dict.fromkeys(CODES, (2,)) | {"utf-8": (2, 3, 4), "gb18030": (2, 4), "euc_jp": (2, 3), "cp932": (1, 2)}


class Segment(NamedTuple):
    """A run of bytes in one code: what it says, how many characters beyond ASCII that is, and what they cost."""

    code: str
    data: bytes
    text: str
    chars: int
    cost: int


class Prices(dict[bytes, int]):
    """The cost of a character by its bytes in one code; NONE where they are not exactly one character."""

    NONE = -1

    def __init__(self, code: str) -> None:
        super().__init__()
        self.code = code

    def __missing__(self, piece: bytes) -> int:
        cost = self[piece] = self._price(piece)
        return cost

    def _price(self, piece: bytes) -> int:
        try:
            char = piece.decode(self.code)
        except UnicodeDecodeError:
            return self.NONE
        if len(char) != 1:
            return self.NONE
        foreign = _ALPHABET if self.code == "utf-8" and len(piece) == 2 else 0
        return min(costs(language)[char] for language in CODES[self.code]) + foreign


@cache
def prices(code: str) -> Prices:
    """The costs of what has been met in ``code`` so far; there are some ten thousand characters at most in practice."""
    return Prices(code)


def segments(data: bytes, codes: Sequence[str]) -> list[Segment]:
    """``data`` cut into runs of ``codes``, the cheapest way; time is linear in the bytes.

    Runs in a code other than the first that do not read as text are given back to the first. With one code only, the
    outcome is the best way to skip bad bytes: a decoder that goes on behind one may be a byte off until the next ASCII.
    """
    found = _merged(_characters(data, _path(*_search(data, codes), len(data)), codes))
    given_back = (s if s.code == codes[0] or _is_text(s) else _read_as(s.data, codes[0]) for s in found)
    return _merged(given_back)


def cost(found: Iterable[Segment]) -> int:
    """What a line costs that is cut this way, changes of code included."""
    pieces = list(found)
    plain = sum(len(piece.text) - piece.chars for piece in pieces)
    return sum(piece.cost for piece in pieces) + plain * ASCII + SWITCH * (len(pieces) - 1)


def _is_text(segment: Segment) -> bool:
    return segment.chars > 0 and segment.cost <= (_TEXT * segment.chars if segment.chars > 1 else _SINGLE)


def _read_as(data: bytes, code: str) -> Segment:
    return _merged(_characters(data, _path(*_search(data, (code,)), len(data)), (code,)))[0]


_Table = list[list[int]]


def _search(data: bytes, codes: Sequence[str]) -> tuple[_Table, _Table, _Table]:
    """By code and byte offset: the least cost up to there, the length of the last character, the code before it."""
    endless = 1 << 60
    size, ways = len(data), range(len(codes))
    total = [[endless] * (size + 1) for _ in ways]
    length = [[0] * (size + 1) for _ in ways]
    before = [[k] * (size + 1) for k in ways]
    tables = [(k, total[k], length[k], before[k], prices(codes[k]), _LENGTHS[codes[k]]) for k in ways]
    for k in ways:
        total[k][0] = SWITCH * (k > 0)
    for at in range(size):
        lowest, source = min((total[k][at], k) for k in ways)
        high = data[at] >= 0x80
        for k, costs_, lengths, sources, price, sizes in tables:
            now, origin = costs_[at], k
            if lowest + SWITCH < now:
                now, origin = lowest + SWITCH, source
            step = now + (BAD_BYTE if high else ASCII)
            if step < costs_[at + 1]:
                costs_[at + 1], lengths[at + 1], sources[at + 1] = step, 1, origin
            if high:
                for n in sizes:
                    worth = price[data[at : at + n]]
                    if worth >= 0 and at + n <= size and now + worth < costs_[at + n]:
                        costs_[at + n], lengths[at + n], sources[at + n] = now + worth, n, origin
    return total, length, before


def _path(total: _Table, length: _Table, before: _Table, at: int) -> list[tuple[int, int, int]]:
    """The cheapest way to the end: offset, length and code of each character."""
    k = min(range(len(total)), key=lambda k: total[k][at])
    steps = []
    while at:
        size = length[k][at]
        steps.append((at - size, size, k))
        at, k = at - size, before[k][at]
    return steps[::-1]


def _characters(data: bytes, path: list[tuple[int, int, int]], codes: Sequence[str]) -> Iterator[Segment]:
    """Each character as a segment of its own."""
    for at, size, k in path:
        piece, code = data[at : at + size], codes[k]
        if piece.isascii():
            yield Segment(code, piece, piece.decode("ascii"), 0, 0)
        elif (price := prices(code)[piece]) >= 0:
            yield Segment(code, piece, to_text(piece, code), 1, price)
        else:
            yield Segment(code, piece, chr(0xDC00 + piece[0]), 1, BAD_BYTE)


def _merged(pieces: Iterable[Segment]) -> list[Segment]:
    """Neighbours in one code as one."""
    merged: list[Segment] = []
    for code, group in groupby(pieces, key=attrgetter("code")):
        _, data, text, chars, worth = zip(*group, strict=True)
        merged.append(Segment(code, b"".join(data), "".join(text), sum(chars), sum(worth)))
    return merged
