"""Reads a chain of quotation marks as nested pairs, whatever marks were lost.

A line whose marks alternate, and whose neighbours say so too, is read as it stands. What is left is read by dynamic
programming (Viterbi 1967) over the depth of nesting: each mark opens, closes or is a stray, at a price that its
neighbours set, and the cheapest reading wins. One lost mark then costs one stray and does not turn the rest around.
Prices see a mark the same in either width, so that a text reads the same after its marks were put right.
"""

from __future__ import annotations

import re
from typing import NamedTuple

OPEN, CLOSE, STRAY, GIVEN_UP = range(4)
_DEPTH = 3  # outside, inside, and one quotation inside another of the same kind


class Kind(NamedTuple):
    """A kind of quotation mark: its ASCII form, its directed forms, and a pattern of all three and of line ends."""

    straight: str
    open: str
    close: str
    tokens: re.Pattern[str]


_STAYS = [(depth, STRAY) for depth in range(_DEPTH)]

# The price of reading a mark against what its neighbours say. They are ranks, not measurements: a pair that one
# neighbour contradicts is still better than a stray, a pair that two contradict is not.
_LOST = 3.0  # a stray mark, or a quotation that nothing closes
_TURNED = 3.0  # a directed mark read against its direction
_NESTED = (0.0, 2.0)  # opening a quotation at this depth
_WRAPPED = 0.5  # a quotation that runs over a line end

_STOPS = "，。、；：？！．,.;:?!）)》〉】〕"
_OPENERS = "（(《〈【〔：:∶"
_OPEN_LEFT = dict.fromkeys(_OPENERS, -1.0)
_OPEN_RIGHT = dict.fromkeys(_STOPS, 4.0) | dict.fromkeys("\n", 4.0) | dict.fromkeys(" \t\u3000", 3.0)
_CLOSE_LEFT = (
    dict.fromkeys(_OPENERS, 4.0)
    | dict.fromkeys("\n", 4.0)
    | dict.fromkeys(" \t\u3000", 3.0)
    | dict.fromkeys("，,、", 1.0)
    | dict.fromkeys("。！？．.!?…", -1.0)
)
_COMMAND = re.compile(":[A-Za-z!%]")  # of an editor, ":help": that colon is no mark of a sentence
_CLOSE_RIGHT = dict.fromkeys(_STOPS + "\n", -1.0)


def pairs(text: str, of: Kind, tokens: list[int]) -> list[tuple[int, int]]:
    """Offsets of the halves of each pair, in order of the closing ones.

    ``tokens`` are the offsets (ascending) of the marks of this kind and of the line ends between them.
    """
    opened: list[int] = []
    found = []
    for at, role in zip(tokens, _roles(text, of, tokens), strict=True):
        if role == OPEN:
            opened.append(at)
        elif role == CLOSE:
            found.append((opened.pop(), at))
        elif role == GIVEN_UP:
            opened.clear()
    return found


def _roles(text: str, of: Kind, tokens: list[int]) -> list[int]:
    """The role of each token: regular lines as they stand, and what lies between two of them together."""
    roles: list[int] = []
    start = done = 0
    ends = [i for i, at in enumerate(tokens) if text[at] == "\n"]
    for end in (*ends, len(tokens)):
        if end > start and _regular(text, of, tokens[start:end]):
            roles += _read(text, of, tokens[done:start])
            roles += [OPEN, CLOSE] * ((end - start) // 2)
            done = end
        start = end + 1
    return roles + _read(text, of, tokens[done:])


def _regular(text: str, of: Kind, line: list[int]) -> bool:
    """Whether the marks of a line open and close by turns, and no neighbour says otherwise."""
    if len(line) % 2:
        return False
    for i, at in enumerate(line):
        opening, closing = _mark(text, of, at)
        if (closing if i % 2 else opening) > 1:
            return False
    return True


def _read(text: str, of: Kind, tokens: list[int]) -> list[int]:
    """The role of each token. A line end is a stray, or gives up the quotations that are open at it."""
    if not tokens:
        return []
    best = [0.0] + [_LOST * 99] * (_DEPTH - 1)
    steps: list[list[tuple[int, int]]] = []
    for at in tokens:
        best, step = _line_end(best) if text[at] == "\n" else _advance(best, _mark(text, of, at))
        steps.append(step)
    depth = _cheapest(best)
    roles = [0] * len(tokens)
    for i in range(len(tokens) - 1, -1, -1):
        depth, roles[i] = steps[i][depth]
    return roles


def _line_end(best: list[float]) -> tuple[list[float], list[tuple[int, int]]]:
    """Crosses a line end: the depth stays, or every open quotation is given up."""
    kept = [best[0], *(cost + _WRAPPED for cost in best[1:])]
    source = _cheapest(best)
    if not source:
        return kept, _STAYS
    kept[0] = best[source] + _LOST
    return kept, [(source, GIVEN_UP), *_STAYS[1:]]


def _cheapest(best: list[float]) -> int:
    """The depth to end at: every quotation that is open then is lost."""
    least = min(best[1:])
    return best.index(least, 1) if least + _LOST < best[0] else 0


def prices(text: str, at: int) -> tuple[float, float]:
    """What the neighbours of the mark at ``at`` ask for reading it as opening and as closing."""
    left, right = text[at - 1] if at else "\n", text[at + 1] if at + 1 < len(text) else "\n"
    if right == ":" and _COMMAND.match(text, at + 1):
        right = ""
    opening = _OPEN_LEFT.get(left, 0.0) + _OPEN_RIGHT.get(right, 0.0)
    closing = _CLOSE_LEFT.get(left, 0.0) + _CLOSE_RIGHT.get(right, 0.0)
    return opening, closing


def _mark(text: str, of: Kind, at: int) -> tuple[float, float]:
    """The price of opening and of closing at ``at``."""
    opening, closing = prices(text, at)
    mark = text[at]
    return opening + (_TURNED if mark == of.close else 0), closing + (_TURNED if mark == of.open else 0)


def _advance(best: list[float], mark: tuple[float, float]) -> tuple[list[float], list[tuple[int, int]]]:
    """One mark: for each depth behind it the cheapest way there, and where it came from."""
    opening, closing = mark
    after = [cost + _LOST for cost in best]
    step = _STAYS.copy()
    for d in range(_DEPTH - 1):
        cost = best[d] + opening + _NESTED[d]
        if cost < after[d + 1]:
            after[d + 1], step[d + 1] = cost, (d, OPEN)
        cost = best[d + 1] + closing
        if cost < after[d]:
            after[d], step[d] = cost, (d + 1, CLOSE)
    return after, step
