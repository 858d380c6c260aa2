"""Sets of spans: ascending and disjoint, half open, in code points."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from texttool.edits import Span

_PARAGRAPH = re.compile(r"\n[ \t]*\n")


class Closings:
    """Where what begins in a text is closed. Asked from front to back, it searches each stretch once: linear time."""

    def __init__(self, text: str, last: int) -> None:
        self.text = text
        self.last = last
        self._paragraph = 0
        self._missing: dict[str, int] = {}  # closing text -> up to where there is none

    def paragraph(self, at: int) -> int:
        """Where the paragraph of ``at`` ends."""
        if at >= self._paragraph:
            end = _PARAGRAPH.search(self.text, at, self.last)
            self._paragraph = end.start() if end else self.last
        return self._paragraph

    def find(self, closer: str, at: int, limit: int, fits: Callable[[int], bool] | None = None) -> int:
        """The offset of the first ``closer`` from ``at`` up to ``limit`` (of those that ``fits`` accepts), or -1."""
        if at < self._missing.get(closer, 0):
            return -1
        found = self.text.find(closer, at, limit)
        while found >= 0 and fits is not None and not fits(found):
            found = self.text.find(closer, found + 1, limit)
        if found < 0:
            self._missing[closer] = limit
        return found

    def escaped(self, at: int) -> bool:
        """Whether a backslash takes the character its meaning."""
        backslashes = 0
        while at > backslashes and backslashes < 64 and self.text[at - 1 - backslashes] == "\\":
            backslashes += 1
        return backslashes % 2 == 1


def complement(spans: Iterable[Span], length: int) -> Iterator[Span]:
    """What of a text of ``length`` is in none of ``spans``, which may overlap and come in any order."""
    at = 0
    for start, end in sorted(spans):
        if at < start:
            yield at, start
        at = max(at, end)
    if at < length:
        yield at, length


def blanked(text: str, end: int) -> str:
    """The text with every character before ``end`` that is no line end made a blank: offsets and lines stay."""
    return "\n".join(" " * len(line) for line in text[:end].split("\n")) + text[end:]
