"""What no edit may touch: protected spans of a text, and spans in which its author does not want some rules."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from operator import eq
from typing import NamedTuple

from texttool.edits import Edits, Span


class Suppression(NamedTuple):
    """Findings of the rules whose codes begin with ``code`` are not wanted where they begin in ``start`` to ``end``."""

    code: str
    start: int
    end: int
    at: Span  # the comment that says so, in the source


class Guard:
    """Holds over one text (code points, half open), and follows what edits make of it.

    An edit that touches a protected span is dropped, and so is a report that begins in one. ``used`` are the indices
    of the suppressions that kept something back, shared by all guards that come from one.
    """

    __slots__ = ("_end", "_start", "suppressed", "used")

    def __init__(
        self, protected: Iterable[Span] = (), suppressed: Sequence[Suppression] = (), used: set[int] | None = None
    ) -> None:
        self._start: list[int] = []
        self._end: list[int] = []
        for start, end in sorted(protected):
            if self._end and start <= self._end[-1]:
                self._end[-1] = max(self._end[-1], end)
            elif start < end:
                self._start.append(start)
                self._end.append(end)
        self.suppressed = tuple(suppressed)
        self.used: set[int] = set() if used is None else used

    def __bool__(self) -> bool:
        return bool(self._start or self.suppressed)

    def allowed(self, code: str, edits: Edits, text: str) -> Edits:
        """The edits of the rule ``code``, found in ``text``, that this guard lets pass."""
        if not self or not edits:
            return edits
        reports = list(map(eq, edits.found(text), edits.puts()))
        wanted = [
            not self._touched(start, min(end, start + 1) if report else end) and not self._unwanted(code, start)
            for start, end, report in zip(edits.start, edits.end, reports, strict=True)
        ]
        return edits if all(wanted) else edits.where(wanted)

    def copy(self) -> Guard:
        """The same guard, to follow other edits; ``used`` is one for both."""
        return Guard(zip(self._start, self._end, strict=True), self.suppressed, self.used)

    def follow(self, stages: Iterable[Edits]) -> None:
        """From now on it holds over what the edits, which it let pass, make of the text one after another."""
        for done in stages:
            self._follow(done)

    def _follow(self, done: Edits) -> None:
        # A protected span is untouched, so that its first and last characters tell where it went.
        self._start = list(done.moved(self._start))
        self._end = [at + 1 for at in done.moved(end - 1 for end in self._end)]
        starts = done.moved(one.start for one in self.suppressed)
        ends = done.moved(one.end for one in self.suppressed)
        moved = zip(self.suppressed, starts, ends, strict=True)
        self.suppressed = tuple(one._replace(start=start, end=end) for one, start, end in moved)

    def _touched(self, start: int, end: int) -> bool:
        i = bisect_left(self._start, max(end, start)) - 1
        return i >= 0 and self._end[i] > start

    def _unwanted(self, code: str, at: int) -> bool:
        found = [i for i, one in enumerate(self.suppressed) if one.start <= at < one.end and code.startswith(one.code)]
        self.used.update(found)
        return bool(found)
