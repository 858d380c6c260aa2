"""Whether a text writes what stands on both sides of a break together elsewhere: trigrams across the break."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from texttool.filters.unwrap import charclass as m
from texttool.filters.unwrap.linetable import Lines

_PIECE = 1 << 18
_FEW = 16  # breaks: so few trigrams are sought one by one, which in a text of a piece or less takes less time
_BITS = 21  # a code point needs 21 bits; three fit an int64


def spelled(table: Lines, rows: Any) -> Any:
    """``bool`` a row of ``rows``: whether a trigram across the break behind it stands elsewhere in running text.

    Both trigrams are tried: two characters in front and one behind, one in front and two behind. White space does not
    count; nothing is read across blank lines, so the break itself is no witness. Time is linear in the text.
    """
    a1, a2 = _ink(table, table.stop[rows] - 1, -1)
    b1, b2 = _ink(table, table.start[rows + 1], 1)
    if len(rows) <= _FEW and len(table.codes) <= _PIECE:
        return _spelled_few(table, np.stack([a2, a1, b1, b2]))
    wanted = np.stack([_key(a2, a1, b1), _key(a1, b1, b2)])
    keys = np.sort(wanted, axis=None)
    found = np.zeros(len(keys), bool)
    for at in _occurrences(table, keys):
        found[at] = True
    return found[keys.searchsorted(wanted)].any(axis=0)


def _spelled_few(table: Lines, around: Any) -> Any:
    """The same of characters ``around`` each break, four a column, in the running text as a string."""
    text = _string(table.codes[_running(table)])
    return np.array([four[:3] in text or four[1:] in text for four in map(_string, around.T)], bool)


def _string(codes: Any) -> str:
    return str(codes.tobytes(), "utf-32-le", "surrogatepass")


def _running(table: Lines) -> Any:
    """Where ink stands, and the newlines that blank lines follow: those stay, and part what blank lines part."""
    kept = table.kinds != m.SPACE
    kept[table.begin[1:][table.gap[:-1] > 0] - 1] = True
    return kept


def _ink(table: Lines, at: Any, step: int) -> tuple[Any, Any]:
    """The code points at ``at`` and, beyond a space or two, next to it."""
    beyond = at.copy()
    for _ in range(3):
        moved = np.clip(beyond + step, 0, len(table.codes) - 1)
        blank = (table.kinds[moved] == m.SPACE) & (table.codes[moved] != 10)
        beyond = moved
        if not blank.any():
            break
    return table.codes[at], table.codes[beyond]


def _key(first: Any, second: Any, third: Any) -> Any:
    return (first.astype("int64") << 2 * _BITS) | (second.astype("int64") << _BITS) | third


def _occurrences(table: Lines, wanted: Any) -> Iterator[Any]:
    """Places in the sorted keys ``wanted`` of those that occur in the running text; of equal keys, the first."""
    kept = _running(table)
    members = [np.zeros(0x10001, bool) for _ in range(3)]
    for member, shift in zip(members, (2 * _BITS, _BITS, 0), strict=True):
        member[np.minimum((wanted >> shift) & 0x1FFFFF, 0x10000)] = True
    codes = table.codes[:0]
    for at in range(0, len(kept), _PIECE):
        codes = np.concatenate([codes[-2:], table.codes[at : at + _PIECE][kept[at : at + _PIECE]]])
        likely = members[0][np.minimum(codes[:-2], 0x10000)].nonzero()[0]
        for ahead in (1, 2):
            likely = likely[members[ahead][np.minimum(codes[likely + ahead], 0x10000)]]
        keys = _key(codes[likely], codes[likely + 1], codes[likely + 2])
        places = wanted.searchsorted(keys)
        places[places == len(wanted)] = 0
        yield places[wanted[places] == keys]
