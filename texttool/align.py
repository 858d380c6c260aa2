"""Edits out of any str -> str function: what it was given and what it returned, aligned."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from difflib import SequenceMatcher

from texttool.edits import Edit, Edits

# Longer differences inside one line become one edit: SequenceMatcher takes quadratic time.
_MOST = 2000


def align(source: str, target: str) -> Edits:
    """The edits that turn ``source`` into ``target``. Lines are paired where both have as many; then by the character.

    Time is linear but for the characters of a line between its first and last difference, where lengths differ.
    """
    if len(source) == len(target):
        return Edits.of(_replaced(source, target, 0, len(source)))
    old, new = source.split("\n"), target.split("\n")
    if len(old) != len(new):
        return Edits.of(_matched(source, target, 0))
    return Edits.of(_by_line(old, new))


class Aligned(Edits):
    """The edits between two texts, worked out when somebody asks for one: to apply them nothing has to be compared."""

    __slots__ = ("_made", "_source", "_target")

    def __init__(self, source: str, target: str) -> None:
        self._source, self._target = source, target
        self._made: Edits | None = None
        self.related = {}
        self._know_nothing()

    def _columns(self) -> Edits:
        if self._made is None:
            self._made = align(self._source, self._target)
        return self._made

    start = property(lambda self: self._columns().start)
    end = property(lambda self: self._columns().end)
    put = property(lambda self: self._columns().put)
    strings = property(lambda self: self._columns().strings)

    def __bool__(self) -> bool:
        return self._source != self._target

    def apply(self, source: str) -> str:
        """The target, for the text that these are edits of."""
        return self._target if source == self._source else super().apply(source)

    def parted(self, source: str) -> tuple[Edits, Edits]:  # noqa: ARG002
        """No edit between two texts puts back what it found."""
        return Edits.of(()), self

    def keep(self, projection: Callable[[str], str], source: str) -> bool:  # noqa: ARG002
        """Whether ``projection`` is the same for both texts."""
        return projection(self._source) == projection(self._target)


def _by_line(old: list[str], new: list[str]) -> Iterator[Edit]:
    base = 0
    for a, b in zip(old, new, strict=True):
        if a != b:
            yield from _matched(a, b, base)
        base += len(a) + 1


def _replaced(old: str, new: str, start: int, end: int) -> Iterator[Edit]:
    """Runs of different characters of two texts of equal length, by halving: equal stretches cost one comparison."""
    run: tuple[int, int] | None = None
    stack = [(start, end)]
    while stack:
        lo, hi = stack.pop()
        if old[lo:hi] == new[lo:hi]:
            continue
        if hi - lo > 1:
            stack += ((lo + hi) // 2, hi), (lo, (lo + hi) // 2)
        elif run and run[1] == lo:
            run = run[0], hi
        else:
            if run:
                yield *run, new[slice(*run)]
            run = lo, hi
    if run:
        yield *run, new[slice(*run)]


def _matched(old: str, new: str, base: int) -> Iterator[Edit]:
    """Differences of two texts of any length, ``old`` starting at offset ``base``."""
    lo = _common(old, new)
    tail = _common(old[lo:][::-1], new[lo:][::-1])
    a, b = old[lo : len(old) - tail], new[lo : len(new) - tail]
    if len(a) == len(b):
        yield from ((s + base + lo, e + base + lo, put) for s, e, put in _replaced(a, b, 0, len(a)))
    elif max(len(a), len(b)) > _MOST:
        yield base + lo, base + lo + len(a), b
    else:
        for tag, s, e, x, y in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
            if tag != "equal":
                yield s + base + lo, e + base + lo, b[x:y]


def _common(a: str, b: str) -> int:
    """Length of the common prefix, by halving."""
    lo, hi = 0, min(len(a), len(b))
    while lo < hi:
        mid = (lo + hi + 1) // 2
        if a[lo:mid] == b[lo:mid]:
            lo = mid
        else:
            hi = mid - 1
    return lo
