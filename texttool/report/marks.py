"""Small pictures out of characters: a sparkline, a strip of places, a bar."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

_STEPS = "▁▂▃▄▅▆▇█"
_EIGHTHS = " ▏▎▍▌▋▊▉█"
EMPTY = "·"
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def sparkline(values: Sequence[float]) -> str:
    """One character a value, as high as the value is to the largest one; values are not negative."""
    most = max(values, default=0)
    return "".join(
        _STEPS[min(int(value / most * len(_STEPS)), len(_STEPS) - 1)] if most else _STEPS[0] for value in values
    )


def strip(groups: Iterable[Sequence[tuple[int, int]]], length: int, cells: int) -> str:
    """Where the places of each group stand in a text of ``length`` characters: a letter a group, ``EMPTY`` elsewhere.

    Places are half open; the first of two groups that fall on one cell is shown. Groups beyond Z have Z.
    """
    made = [EMPTY] * cells
    for number, places in enumerate(groups):
        for start, end in places:
            first = min(start * cells // max(length, 1), cells - 1)
            last = min(max(end - 1, start) * cells // max(length, 1), cells - 1)
            for cell in range(first, last + 1):
                if made[cell] == EMPTY:
                    made[cell] = LETTERS[min(number, len(LETTERS) - 1)]
    return "".join(made)


def bar(share: float, cells: int) -> str:
    """A bar that fills the share, 0 to 1, of so many cells, in eighths of a cell."""
    eighths = round(min(max(share, 0.0), 1.0) * cells * 8)
    whole, rest = divmod(eighths, 8)
    return ("█" * whole + (_EIGHTHS[rest] if rest else "")).ljust(cells)
