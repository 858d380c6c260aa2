"""The width of the column that a line stands in, from the lines around it. It may drift along the page."""

from __future__ import annotations

from typing import Any, NamedTuple

WINDOW = 12
# A margin is a width that a quarter of the lines reach: one or two longer lines in a dozen are accidents
# (hanging marks, a word that could not be cut), and a column of prose has at least that many full lines.
SUPPORT = WINDOW // 4
# Lines support each other where they end within two ideographs: the raggedness that kinsoku and proportional
# marks leave even in justified text.
CLOSE = 4
# Where no three lines agree so closely (words are not cut in ragged-right text), within an eighth of the width.
RAGGED = 8
_DEPTH = 8
_MOST = 32000
_PIECE = 1 << 15


class Margin(NamedTuple):
    """The right margin at each line, in columns: as the lines up to it and the lines behind it have it."""

    before: Any
    behind: Any


def local_width(right: Any, window: int = WINDOW) -> Margin:
    """The margin at each line of ``right`` (columns, one entry a line, in the order of the page).

    ``before[i]`` is the largest width that a quarter of the lines ``i-window+1 .. i`` support, ``behind[i]`` the same
    for ``i+1 .. i+window``: the widest line that two others come close to. Where no three lines agree it is the widest.
    Where there are fewer than three lines up to ``i`` it is 0, unknown: a line cannot be full against itself.
    Columns beyond 32,000 count as 32,000. Time is linear.
    """
    import numpy as np

    edge = np.minimum(right, _MOST).astype(np.int16)
    padded = np.concatenate([np.zeros(window - 1, np.int16), edge, np.zeros(window, np.int16)])
    supported = _supported(padded, window)
    before = supported[: len(edge)]
    before[: SUPPORT - 1] = 0
    return Margin(before, supported[window:])


def _supported(edge: Any, window: int) -> Any:
    """The widest line of each window that ``SUPPORT - 1`` others come close to, for windows that start at each row."""
    import numpy as np

    out = np.empty(len(edge) - window + 1, np.int32)
    for at in range(0, len(out), _PIECE):
        lines = np.lib.stride_tricks.sliding_window_view(edge[at : at + _PIECE + window - 1], window)
        top = np.ascontiguousarray(np.sort(lines, axis=1)[:, : -_DEPTH - 1 : -1].T)
        margin = top[0].copy()
        for reach in (np.maximum(top // RAGGED, CLOSE), np.full(_DEPTH, CLOSE)):
            for rank in range(_DEPTH - SUPPORT, -1, -1):
                third = top[rank + SUPPORT - 1]
                np.copyto(margin, top[rank], where=(third > 0) & (top[rank] - third <= reach[rank]))
        out[at : at + _PIECE] = margin
    return out
