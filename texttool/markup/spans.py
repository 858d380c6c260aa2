"""Sets of spans: ascending and disjoint, half open, in code points."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from texttool.edits import Span


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
