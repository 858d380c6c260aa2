"""The width of the column that a line stands in, from the lines around it. It may drift along the page."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

WINDOW = 12
# A margin is a width that a quarter of the lines reach: one or two longer lines in a dozen are accidents
# (hanging marks, a word that could not be cut), and a column of prose has at least that many full lines.
SUPPORT = WINDOW // 4
# Lines support each other where they end within two ideographs: the raggedness that kinsoku and proportional
# marks leave even in justified text.
CLOSE = 4
# Where no three lines agree so closely (words are not cut in ragged-right text), within an eighth of the width.
RAGGED = 8
SUPPORTED = 6  # lines, of the widest in a window, that may be its margin
_DEPTH = SUPPORTED + SUPPORT - 1
_MOST = np.array(32000, np.int32)
_PIECE = 1 << 15
_FEW = 4  # windows, as there are at the edges of any page: so few are looked at one by one
_ZERO, _CLOSE = np.array(0, np.int16), np.array(CLOSE, np.int16)


class Margin(NamedTuple):
    """The right margin at each line, in columns: as the lines up to it and the lines behind it have it.

    ``both`` is one array of two rows, those.
    """

    before: Any
    behind: Any
    both: Any


def local_width(right: Any, window: int = WINDOW) -> Margin:
    """The margin at each line of ``right`` (columns, one entry a line, in the order of the page).

    ``before[i]`` is the largest width that a quarter of the lines ``i-window+1 .. i`` support, ``behind[i]`` the same
    for ``i+1 .. i+window``: the widest line that two others come close to. Where no three lines agree it is the widest.
    Where there are fewer than three lines up to ``i`` it is 0, unknown: a line cannot be full against itself.
    Columns beyond 32,000 count as 32,000. Time is linear.
    """
    padded = np.zeros(len(right) + 2 * window - 1, np.int16)
    padded[window - 1 : -window] = np.minimum(right, _MOST)
    supported = _supported(padded, window)
    supported[: min(SUPPORT - 1, len(right))] = 0
    both = np.ndarray((2, len(right)), np.int32, supported, 0, (4 * window, 4))
    return Margin(both[0], both[1], both)


def _supported(edge: Any, window: int) -> Any:
    """The widest line of each window that ``SUPPORT - 1`` others come close to, for windows that start at each row."""
    out = np.empty(len(edge) - window + 1, np.int32)
    for at in range(0, len(out), _PIECE):
        piece = edge[at : at + _PIECE + window - 1]
        lines = np.ndarray((len(piece) - window + 1, window), piece.dtype, piece, 0, 2 * piece.strides)
        ordered = lines.copy()
        ordered.sort(axis=1)
        out[at : at + _PIECE] = _best(ordered[:, : -_DEPTH - 1 : -1].T.copy())
    return out


def _best(top: Any) -> Any:
    """The widest line of each window that others come close to, or else raggedly; the widest where none does.

    ``top`` has the lines of a window one below the other, the widest first. No line has 0 for company.
    """
    wide, third = top[: 1 - SUPPORT], top[SUPPORT - 1 :]
    drop, known = wide - third, third > _ZERO
    best = np.maximum.reduce(wide * (known & (drop <= _CLOSE)))
    lone = best == _ZERO
    best += wide[0] * lone
    rows = (lone & known[0]).nonzero()[0]
    if len(rows):
        ragged = _ragged_few if len(rows) <= _FEW else _ragged
        best[rows] = ragged(top[:, rows])
    return best


def _ragged(top: Any) -> Any:
    """The widest line of each window that others come close to raggedly; the widest where none does."""
    wide, third = top[: 1 - SUPPORT], top[SUPPORT - 1 :]
    close = (third > 0) & (wide - third <= np.maximum(wide // RAGGED, CLOSE))
    found = np.maximum.reduce(wide * close)
    return np.where(found > 0, found, wide[0])


def _ragged_few(top: Any) -> list[int]:
    """The same, one by one."""
    return [
        next((w for w, third in zip(lines, lines[SUPPORT - 1 :], strict=False)
              if third > 0 and w - third <= max(w // RAGGED, CLOSE)), lines[0])
        for lines in top.T.tolist()
    ]  # fmt: skip
