"""Whether a text has one margin for all of its lines, and which."""

from __future__ import annotations

from typing import Any

import numpy as np

from texttool.filters.unwrap import bits
from texttool.filters.unwrap import charclass as m
from texttool.filters.unwrap.width import CLOSE, SUPPORT, WINDOW

_ZERO = np.array(0, np.int32)
_MOST = 4000  # columns: wider margins are all alike


def shared_margin(reach: Any, widest: int, need: Any, on: int) -> int:
    """The margin that `fixed_margin` would find for lines that plainly share one; 0 where that cannot be told so soon.

    ``reach`` are columns a line, as `local_width` takes them, ``widest`` the most of them; ``need`` the columns that
    each line would take with the next token; ``on`` are breaks where a sentence runs on and nothing parts the lines.

    Where a window has the widest of all lines and two more that come close, its margin is that. So it is at a break
    where that holds before it or behind it; and one line that runs on, and could not have held the next token in
    either window, is full for any tolerance. Then the local margins need not be found to know what they agree on.
    """
    count = len(need)
    if not CLOSE < widest <= _MOST:
        return 0
    column = bits.Column(np.maximum(reach, _ZERO), widest)  # two marks may hang from a line that has nothing else
    lines = bits.all_of(count + 1)
    close, most = lines & ~column.at_most(widest - CLOSE - 1), lines & ~column.at_most(widest - 1)
    up_to = _reached(close, most)
    before, behind = up_to & ~bits.all_of(SUPPORT - 1), up_to >> WINDOW
    every = bits.all_of(count)
    if (before | behind) & every != every:
        return 0
    on &= before & behind
    if not on:
        return 0
    first = (on & -on).bit_length() - 1  # most often a witness: then the others need not be heard
    if widest <= need[first] <= widest + CLOSE:
        return widest
    return widest if on & bits.of((need >= widest) & (need <= widest + CLOSE)) else 0


def _reached(close: int, most: int) -> int:
    """The last lines of the windows in which one line is of the ``most``, and three or more are ``close`` to it.

    Windows grow by others in front of them, from one line to ``WINDOW``: 1 and 1, 2 and 2, 4 and 4, 8 and 4.
    """
    top, one, two, three = most | most << 1, close | close << 1, close & close << 1, 0
    for length in (2, 4):
        a, b, c, d = top, one, two, three
        three |= d << length | two & b << length | one & c << length
        two |= c << length | one & b << length
        one |= b << length
        top |= a << length
    return (top | a << 8) & (three | d << 8 | two & b << 8 | one & c << 8)


def fixed_margin(right: Any, width: Any, cut: int) -> int:
    """The one margin of the whole text, in columns; 0 where the column drifts or jumps.

    ``right`` is where each line's ink ends, ``width`` the local margin at each break, ``cut`` are the breaks where a
    line runs on that is full for it.

    Half the lines that run on must share it, no more than a quarter of all lines may reach beyond it, and the lines
    that run on elsewhere must not be flush with their neighbours: they are code or tables then, not other columns.
    """
    if not cut:
        return 0
    rows = bits.places(cut, len(width))
    local = width[rows]
    if local[0] <= _MOST and local.tobytes() == local[:1].tobytes() * len(local):
        return _held(width, int(local[0]))  # all agree, as in most small texts
    mode = m.mode(local, _MOST)
    close = max(CLOSE // 2, mode // 16)
    near = abs(local - mode) <= close
    shared = m.count(near)
    if shared * 2 < len(rows):
        return 0
    margin = bits.quantiles(local[near], 0.75)[0]
    if not _held(width, margin):
        return 0
    if (len(rows) - shared) * 10 > len(rows):
        other = rows[~near]
        flush = abs(right[other] - right[np.maximum(other - 1, 0)]) <= close
        if m.count(flush) * 2 > len(other):
            return 0
    return margin


def _held(width: Any, margin: int) -> int:
    """The margin, or 0 where more than a quarter of all lines reach beyond it."""
    beyond = m.count(width > margin + max(CLOSE, margin // 8))
    return margin if beyond * 4 <= len(width) else 0
