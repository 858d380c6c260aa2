"""Whether anything can stand twice in a small text: told without numpy, which takes longer to load than to use."""

from __future__ import annotations

from itertools import pairwise

_GRAM = 5  # characters of the shortest repetition that is ever reported
_NEAR = 64  # characters: a repetition at once has a period below
# A passage has more than five characters in step somewhere: a run of seven, or two of six not far from each other.
_STEP = 8  # characters that may be missing or too many between two runs
_REACH = 48


def may_repeat(folded: str) -> bool:
    """Whether a repetition may be found in the folded text."""
    hits = _hits(folded)
    if any(shift < _NEAR for _, shift in hits):
        return True
    near = [_beside(one, other) for one, other in pairwise(hits)]
    return any(first and second for first, second in pairwise(near))


def _hits(folded: str) -> list[tuple[int, int]]:
    """Where a string of five characters stood before: its place, and how long ago that was."""
    last: dict[str, int] = {}
    found: list[tuple[int, int]] = []
    for at in range(len(folded) - _GRAM + 1):
        gram = folded[at : at + _GRAM]
        before = last.get(gram)
        if before is not None:
            found.append((at, at - before))
        last[gram] = at
    return found


def _beside(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return other[0] - one[0] <= _REACH and abs(other[1] - one[1]) <= _STEP
