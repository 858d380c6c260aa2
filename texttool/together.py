"""Small texts as one: what a rule needs is looked for in all of them at once, and mostly is not there."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import accumulate, chain
from operator import is_

from texttool.edits import Span

_BETWEEN = "\n\n"


class Together:
    """Texts with a blank line before each and behind the last.

    The first line of each stands behind a line end there, its last line ends in one, and no line, no paragraph and no
    table goes on from one text to the next. A look at ``text`` costs as much as one at a single text, and a little for
    each character; to look at small texts one by one costs many times as much.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        self.texts = tuple(texts)

    def of(self, texts: Sequence[str]) -> Together:
        """The same with these texts, as many: this very one where none is another."""
        return self if all(map(is_, self.texts, texts)) else Together(texts)

    @cached_property
    def text(self) -> str:
        """All of them."""
        return _BETWEEN.join(("", *self.texts, ""))

    @cached_property
    def starts(self) -> list[int]:
        """The offset in ``text`` (code points) at which each begins, and where another one would."""
        lengths = (len(text) + len(_BETWEEN) for text in self.texts)
        return list(accumulate(lengths, initial=len(_BETWEEN)))

    def holding(self, places: Iterable[int]) -> list[int]:
        """The numbers of the texts, from 0, that hold the ``places`` (offsets in ``text``), or stand before them."""
        return self.touched((at, at + 1) for at in places)

    def touched(self, spans: Iterable[Span]) -> list[int]:
        """The numbers of the texts in which or right behind which something of the ``spans`` is."""
        starts, last = self.starts, len(self.texts)
        found = (range(bisect(starts, start) - 1, bisect(starts, end - 1, 0, last)) for start, end in spans)
        return sorted({*chain.from_iterable(found)}.intersection(range(last)))

    def with_any(self, wanted: Iterable[str]) -> list[int]:
        """The numbers of the texts that hold one of the ``wanted`` strings."""
        there = [each for each in wanted if each in self.text]
        return [i for i, text in enumerate(self.texts) if any(map(text.__contains__, there))] if there else []
