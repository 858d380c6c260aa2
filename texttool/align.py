"""Edits out of any str -> str function: what it was given and what it returned, aligned."""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby

from texttool import runs
from texttool.edits import Edit, Edits
from texttool.han import only_han_differs, other_than_han

# Longer differences inside one clause become one edit: SequenceMatcher takes quadratic time.
_MOST = 2000
_CLAUSE = re.compile(r"(\W+)")
_PIECE = 1 << 16  # code points: the edits of so many are kept as objects at a time

# Stretches of both texts that go together: from where to where (code points), as long in both or one line of each.
_Stretch = tuple[int, int, int, int]


def align(source: str, target: str) -> Edits:
    """The edits that turn ``source`` into ``target``. Lines are paired where both have as many; then by the character.

    In a line whose length has changed clauses are paired where both have the same marks between them. Time is linear
    but for the characters of a clause between its first and last difference, where lengths differ.
    """
    start, end, put, index = array("q"), array("q"), array("I"), dict[str, int]()
    for s, e, x, y in _stretches(source, target):
        old, new = source[s:e], target[x:y]
        found = _replaced(old, new, s) if len(old) == len(new) else list(_matched(old, new, s))
        start.extend([edit[0] for edit in found])
        end.extend([edit[1] for edit in found])
        put.extend([index.setdefault(edit[2], len(index)) for edit in found])
    return Edits(start, end, put, tuple(index))


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

    def __len__(self) -> int:
        if self._made is None and _lengths(self._source) == _lengths(self._target):
            return runs.count(runs.differing(self._source, self._target))
        return len(self._columns())

    def destination(self, at: int) -> int | None:
        """As ``Edits.destination``; told of the start of a line, and of the end, without looking for an edit."""
        there = self._paired(at)
        return super().destination(at) if there is None else there

    def until(self, at: int) -> int:
        """As ``Edits.until``; at the start of a line only what is before it is compared."""
        there = self._paired(at)
        return super().until(at) if there is None else len(Aligned(self._source[:at], self._target[:there]))

    def _paired(self, at: int) -> int | None:
        """Where the target has the line that starts at ``at``, or its end; None of all else, and where the line changes
        at once.
        """
        source, target = self._source, self._target
        if at >= len(source):
            return len(target)
        if (at and source[at - 1] != "\n") or source.count("\n") != target.count("\n"):
            return None
        before = source.count("\n", 0, at)
        same = not at or (target[at - 1 : at] == "\n" and target.count("\n", 0, at) == before)
        there = at if same else sum(_lengths(target)[:before])
        return there if source[at] == target[there : there + 1] else None

    def apply(self, source: str) -> str:
        """The target, for the text that these are edits of."""
        return self._target if source == self._source else super().apply(source)

    def known_puts(self) -> tuple[str, ...] | None:
        """As ``Edits.known_puts``."""
        return self._made.strings if self._made is not None else None

    def parted(self, source: str) -> tuple[Edits, Edits]:  # noqa: ARG002
        """No edit between two texts puts back what it found."""
        return Edits.of(()), self

    def keep(self, projection: Callable[[str], str], source: str) -> bool:  # noqa: ARG002
        """Whether ``projection`` is the same for both texts."""
        if projection is other_than_han and only_han_differs(self._source, self._target):
            return True
        return projection(self._source) == projection(self._target)


def _stretches(source: str, target: str) -> Iterator[_Stretch]:
    """Both texts, whole: lines on end that are as long in both together, each other line alone."""
    old, new = _lengths(source), _lengths(target)
    if len(old) != len(new):
        yield 0, len(source), 0, len(target)
        return
    start = shifted = 0
    for same, group in groupby(zip(old, new, strict=True), lambda pair: pair[0] == pair[1]):
        for a, b in _joined(group) if same else group:
            yield start, start + a, shifted, shifted + b
            start, shifted = start + a, shifted + b


def _lengths(text: str) -> list[int]:
    """Code points of each line with its end, the last one with an end that it does not have."""
    return [len(line) + 1 for line in text.split("\n")]


def _joined(lines: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Lines that are as long in both texts, as pieces."""
    length = 0
    for size, _ in lines:
        length += size
        if length > _PIECE:
            yield length, length
            length = 0
    yield length, length


def _replaced(old: str, new: str, base: int) -> list[Edit]:
    """Runs of different characters of two texts of equal length, ``old`` starting at offset ``base``."""
    return [(base + s, base + e, new[s:e]) for s, e in runs.spans(runs.differing(old, new))]


def _matched(old: str, new: str, base: int) -> Iterator[Edit]:
    """Differences of two texts of any length, ``old`` starting at offset ``base``."""
    clauses, others = _CLAUSE.split(old), _CLAUSE.split(new)
    if clauses[1::2] != others[1::2]:
        clauses, others = [old], [new]
    for a, b in zip(clauses, others, strict=True):
        if a != b:
            yield from _closest(a, b, base)
        base += len(a)


def _closest(old: str, new: str, base: int) -> Iterable[Edit]:
    """Differences of two clauses, ``old`` starting at offset ``base``."""
    lo = _common(old, new)
    tail = _common(old[lo:][::-1], new[lo:][::-1])
    a, b = old[lo : len(old) - tail], new[lo : len(new) - tail]
    base += lo
    if len(a) == len(b):
        return _replaced(a, b, base)
    if max(len(a), len(b)) > _MOST:
        return [(base, base + len(a), b)]
    from difflib import SequenceMatcher

    matched = SequenceMatcher(None, a, b, autojunk=False).get_opcodes()
    return [(base + s, base + e, b[x:y]) for tag, s, e, x, y in matched if tag != "equal"]


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
