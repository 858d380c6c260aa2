"""Spans that no rule of punctuation edits: URLs, code, mail, paths, links, formulae, emoticons; notation; mentions.

What they are is data: ``rules/tables/punct_protected.tsv`` for spans in a line, whose patterns are looked for only
where their hint occurs; lines, regions and rows of tables are found by ``_notation`` and ``_records``.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cache
from itertools import chain

from texttool.edits import Span
from texttool.filters import _mentions, _notation, _records
from texttool.filters._tables import compiled, rows
from texttool.last import Last
from texttool.presence import held, holds_run, misses
from texttool.together import Together


class Protected:
    """The protected spans of a text (code points), found when first asked for.

    ``notation`` are those spans of it that no brackets make, where they are known.
    """

    __slots__ = ("_end", "_notation", "_start", "_text")

    def __init__(self, text: str, notation: list[Span] | None = None) -> None:
        self._text = text
        self._notation = notation
        self._start: list[int] | None = None
        self._end: list[int] = []

    def __bool__(self) -> bool:
        if self._start is None:
            self._start = []
            self._join(sorted(chain(self.notation(), _mentions.bracketed(self._text))))
        return bool(self._start)

    def notation(self) -> list[Span]:
        """The spans but for marks alone in brackets, in no order; they may overlap."""
        if self._notation is None:
            text = self._text
            spans = (m.span() for pattern in _patterns(text) for m in pattern.finditer(text))
            self._notation = [*spans, *_notation.lines(text), *_notation.regions(text)]
            self._notation += chain(_records.rows(text), _mentions.quoted(text))
        return self._notation

    def __contains__(self, at: int) -> bool:
        if not self or self._start is None:
            return False
        i = bisect_right(self._start, at) - 1
        return i >= 0 and at < self._end[i]

    def begin(self, end: int) -> int:
        """Where the span begins that ends at ``end``; ``end`` itself where none does."""
        if not self or self._start is None:
            return end
        i = bisect_left(self._end, end)
        return self._start[i] if i < len(self._end) and self._end[i] == end else end

    def spans(self) -> Iterator[Span]:
        """All of them, ascending."""
        return zip(self._start or (), self._end, strict=True) if self else iter(())

    def outside(self, places: list[int]) -> list[int]:
        """Those of ``places`` (ascending offsets) that no span holds."""
        if not self or self._start is None:
            return places
        kept, done = list[int](), 0
        for start, end in zip(self._start, self._end, strict=True):
            first = bisect_left(places, start, done)
            if first == len(places):
                break
            kept += places[done:first]
            done = bisect_left(places, end, first)
        return kept + places[done:]

    def inside(self, mark: str) -> Iterator[int]:
        """Offsets of a character in the spans, ascending."""
        for start, end in zip(self._start, self._end, strict=True) if self and self._start is not None else ():
            at = self._text.find(mark, start, end)
            while at >= 0:
                yield at
                at = self._text.find(mark, at + 1, end)

    def _join(self, spans: list[tuple[int, int]]) -> None:
        """Keeps the spans, those that overlap as one."""
        assert self._start is not None
        for start, end in spans:
            if self._end and start < self._end[-1]:
                self._end[-1] = max(self._end[-1], end)
            else:
                self._start.append(start)
                self._end.append(end)


protected = Last(Protected)
"""The protected spans of a text."""


def spanned(together: Together) -> list[int]:
    """The numbers of the texts with such spans, and of those that a span which begins in another seems to reach."""
    return together.touched(protected(together.text).spans())


def carry(before: str, after: str) -> None:
    """Takes the notation of ``before`` for that of ``after``, in which some characters outside of it are others.

    For edits of brackets, that can neither end a notation nor begin one: it need not be found again. Marks alone in
    brackets are.
    """
    if len(before) == len(after):
        protected.carry(before, after, lambda spans: Protected(after, spans.notation()))


def _patterns(text: str) -> Iterator[re.Pattern[str]]:
    present = set(held(text, _marks()))  # one character is looked for much faster than two, and hints are made of few
    missed = cache(lambda beside: misses(text, compiled(beside)))  # several may ask for the same
    for hint, pattern, *beside in _hints() if present else ():
        if present.issuperset(hint) and holds_run(text, hint) and not any(map(missed, beside)):
            yield _pattern(pattern)


@cache
def _hints() -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(row[1:]) for row in rows("punct_protected"))


@cache
def _marks() -> frozenset[str]:
    return frozenset(char for hint, *_ in _hints() for char in hint)


@cache
def _pattern(pattern: str) -> re.Pattern[str]:
    return compiled(pattern.replace("{suffix}", suffixes()))


def suffixes() -> str:
    """An alternation of what follows the dot of a file name or of a host."""
    return "|".join(row[0] for row in rows("punct_suffixes"))
