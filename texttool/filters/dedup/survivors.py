"""Survivors: where what goes still stands. Nothing goes whose copy would go as well, or be cut.

All in folded characters. Copies are taken in the order of the text. Where the first one is kept, all that happens to
a passage that stands before has then been decided: a copy of it that itself went in part goes in parts, each with
a home of its own. Where another one is kept, no copy goes that is, or cuts, the home of another.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator

from texttool.edits import Span
from texttool.filters.dedup.copies import ADJACENT, Copy
from texttool.filters.dedup.fold import Folded
from texttool.filters.dedup.policy import Policy


class LostTextError(AssertionError):
    """A text would go that stands nowhere else: an error of the program, after which nothing may be written."""


def with_survivors(row: Folded, found: Iterable[Copy], policy: Policy) -> list[Copy]:
    """The copies with the places where they still stand in the end as ``first``, in parts where they must be.

    Raises LostTextError where one stands nowhere.
    """
    decided = list(_decided(found, policy, row.codes.size))
    _check(row, [copy for copy in decided if copy.removable])
    return decided


def _decided(found: Iterable[Copy], policy: Policy, size: int) -> Iterator[Copy]:
    gone, held = _Gone(), bytearray(size if policy.keep != "first" else 0)
    for copy in found:
        if copy.removable and held.find(1, *copy.span) >= 0:
            copy = copy._replace(removable=False)
        parts = _parts(copy, gone, policy) if copy.removable else [copy]
        for part in parts:
            if part.removable:
                gone.add(part)
                if held:
                    held[slice(*part.first)] = b"\1" * (part.first[1] - part.first[0])
        yield from parts


def _parts(copy: Copy, gone: _Gone, policy: Policy) -> list[Copy]:
    """The copy in parts that stand in one piece each; those that are too short are left, or not told of."""
    homes = list(gone.homes(copy.first))
    if len(homes) == 1:
        start, end = homes[0]
        return [copy._replace(first=(start, end))]
    if copy.code == ADJACENT:
        return [copy._replace(removable=False)]
    parts, at = list[Copy](), copy.span[0]
    for start, end in homes:
        span = at, at + end - start
        at = span[1]
        goes = end - start >= policy.remove
        if not goes and parts and not parts[-1].removable:  # with the one before
            span = parts.pop().span[0], at
        parts.append(copy._replace(span=span, first=(start, end), removable=goes))
    return [part for part in parts if part.removable or part.span[1] - part.span[0] >= policy.report]


class _Gone:
    """What goes, in the order of the text, and where each stretch of it stands."""

    def __init__(self) -> None:
        self.starts: list[int] = []
        self.copies: list[Copy] = []

    def add(self, copy: Copy) -> None:
        """Takes a copy that stands behind all others."""
        self.starts.append(copy.span[0])
        self.copies.append(copy)

    def homes(self, span: Span) -> Iterator[Span]:
        """Where the span stands in the end, in as few pieces as there are."""
        last: Span | None = None
        for start, end in self._pieces(*span):
            if last and last[1] == start:
                last = last[0], end
                continue
            if last:
                yield last
            last = start, end
        if last:
            yield last

    def _pieces(self, start: int, end: int) -> Iterator[Span]:
        at = max(bisect_right(self.starts, start) - 1, 0)
        while start < end:
            if at < len(self.copies) and self.copies[at].span[1] <= start:
                at += 1
                continue
            copy = self.copies[at] if at < len(self.copies) else None
            if copy is None or copy.span[0] > start:
                stop = min(end, copy.span[0]) if copy else end
                yield start, stop
            else:  # what follows at once may say the first several times
                first, whole = copy.first
                within = (start - copy.span[0]) % (whole - first)
                stop = min(end, copy.span[1], start + whole - first - within)
                yield first + within, first + within + stop - start
            start = stop


def _check(row: Folded, going: list[Copy]) -> None:
    """That each stands where it says it does, and that nothing of that goes. Raises LostTextError."""
    import numpy as np

    starts, ends = ([copy.span[side] for copy in going] for side in (0, 1))
    for copy in going:
        (start, end), (first, whole) = copy.span, copy.first
        said = row.codes[start:end]
        here = np.resize(row.codes[first:whole], end - start)
        before = bisect_right(starts, whole - 1) - 1
        if not (said.all() and np.array_equal(said, here)) or (before >= 0 and ends[before] > first):
            raise LostTextError(f"what goes at {row.span(start, end)} is not at {row.span(first, whole)}")
