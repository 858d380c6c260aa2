"""Edits out of any str -> str function: what it was given and what it returned, aligned."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from operator import ne

from texttool import runs
from texttool.edits import Edit, Edits
from texttool.han import only_han_differs, other_than_han
from texttool.lines import Lines

# Longer differences inside one clause become one edit: SequenceMatcher takes quadratic time.
_MOST = 2000
_CLAUSE = re.compile(r"(\W+)")
_NONE = Edits.of(())
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

    __slots__ = ("_even", "_lines", "_made", "_source", "_target")

    def __init__(self, source: str, target: str) -> None:
        self._source, self._target = source, target
        self._made: Edits | None = None
        self._even = False  # whether each line is known to be as long in both
        self._lines: tuple[array[int], array[int]] | None = None  # where they start in both texts
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
        source, target = self._source, self._target
        if self._made is None and (self._even or _lengths(source) == _lengths(target)):
            return runs.count(runs.differing(source, target))
        return len(self._columns())

    def destination(self, at: int) -> int | None:
        """As ``Edits.destination``: no more than the line of ``at`` is compared."""
        if self._made is None and self._even:
            return None if self._inside(at) else at
        found = self._line(at)
        if found is None:
            return super().destination(at)
        start, there, edits = found
        within = edits.destination(at - start)
        return None if within is None else there + within

    def until(self, at: int) -> int:
        """As ``Edits.until``: no more is compared than what is before ``at``, and its line."""
        if self._made is None and self._even:
            return runs.count(runs.differing(self._source[:at], self._target[:at])) - self._inside(at)
        found = self._line(at)
        if found is None:
            return super().until(at)
        start, there, edits = found
        return _count(self._source[:start], self._target[:there]) + edits.until(at - start)

    def _inside(self, at: int) -> bool:
        """Whether one edit covers both sides of ``at``, where each line is as long in both texts."""
        if not 0 < at < len(self._source):
            return False
        before = slice(at - 1, at + 1)
        return all(map(ne, self._source[before], self._target[before]))

    def _line(self, at: int) -> tuple[int, int, Edits] | None:
        """Where the line of ``at`` starts in both texts, and its edits up to there or further, their offsets in it.

        None where all edits have been made, and where the texts have not as many lines.
        """
        if self._made is not None:
            return None
        self._lines = self._lines or (Lines(self._source).starts, Lines(self._target).starts)
        ours, theirs = self._lines
        if len(ours) != len(theirs):
            return None
        line = bisect_right(ours, at) - 1
        start, there = ours[line], theirs[line]
        old, new = (
            text[starts[line] : starts[line + 1] if line + 1 < len(starts) else None]
            for text, starts in zip((self._source, self._target), self._lines, strict=True)
        )
        if at == start and old[:1] == new[:1]:  # nothing is put before it
            return start, there, _NONE
        return start, there, align(old, new)

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
            self._even = True  # a line end is no Han character
            return True
        return projection(self._source) == projection(self._target)


def _count(source: str, target: str) -> int:
    """How many edits ``align`` makes: where lengths are the same they are counted and not made."""
    pairs = ((source[s:e], target[x:y]) for s, e, x, y in _stretches(source, target))
    return sum(
        runs.count(runs.differing(old, new)) if len(old) == len(new) else len(list(_matched(old, new, 0)))
        for old, new in pairs
    )


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
