"""Edits that put one mark for another nearly everywhere: known by where they do not, made one by one only on demand.

A text may hold a hundred thousand such edits, and who only wants the text that they make needs none of them:
``str.replace`` makes it in a hundredth of the time that their columns take.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Callable, Mapping
from itertools import chain, islice, repeat
from operator import add
from typing import Any

from texttool.edits import Edits


class Swaps(Edits):
    """Every character of ``source`` that is a key of ``table`` becomes its value, but for those at ``kept``.

    Keys and values are single characters, no key is a value. ``kept`` are ascending offsets (code points), each of
    a key; ``count`` is how many keys stand in the source, where that is known. The columns are made when they are
    first asked for.
    """

    __slots__ = ("_count", "_kept", "_source", "_table")

    def __init__(self, source: str, table: Mapping[str, str], kept: list[int], count: int | None = None) -> None:
        self.strings = tuple(table.values())
        self.related = {}
        self._know_nothing()
        self._single = self._narrow = True
        self._source, self._table, self._kept = source, table, kept
        self._count = (sum(map(source.count, table)) if count is None else count) - len(kept)

    def __getattr__(self, name: str) -> Any:
        """A column that nobody has asked for yet."""
        if name not in ("start", "end", "put"):
            raise AttributeError(name)
        self.start, self.end, self.put = self._columns(None)
        self._source = ""
        return getattr(self, name)

    def __len__(self) -> int:
        return self._count

    def parted(self, source: str) -> tuple[Edits, Edits]:  # noqa: ARG002
        """As ``Edits.parted``: each of these changes something."""
        return (_NONE, self) if self else (_NONE, _NONE)

    def keep(self, projection: Callable[[str], str], source: str) -> bool:  # noqa: ARG002
        """As ``Edits.keep``: what holds for each pair of marks holds for all that are put."""
        return all(projection(mark) == projection(put) for mark, put in self._table.items())

    def known_takes(self, source: str) -> str | None:  # noqa: ARG002
        """As ``Edits.known_takes``: the marks that become others."""
        return "".join(self._table)

    def behind(self, done: Edits) -> Edits:
        """As ``Edits.behind``: where ``done`` moves nothing and leaves the marks alone, they stand where they stood."""
        if done.of_one_width() and self._table.keys().isdisjoint(done.strings):
            return self
        return Edits(self.start, self.end, self.put, self.strings).behind(done)

    def until(self, at: int) -> int:
        """As ``Edits.until``: counted, where the columns have not been made."""
        if not self._source:
            return super().until(at)
        return sum(self._source.count(mark, 0, at) for mark in self._table) - bisect_left(self._kept, at)

    def apply(self, source: str) -> str:
        """As ``Edits.apply``."""
        text = source
        for mark, put in self._table.items():
            text = text.replace(mark, put)
        if not self._kept:
            return text
        ends = map(add, self._kept, [1] * len(self._kept))
        pieces = [""] * (2 * len(self._kept) + 1)
        pieces[::2] = map(text.__getitem__, map(slice, chain((0,), ends), chain(self._kept, (len(text),))))
        pieces[1::2] = map(source.__getitem__, self._kept)
        return "".join(pieces)

    def head(self, most: int | None) -> Edits:
        """As ``Edits.head``: no more are made."""
        if most is None or len(self) <= most or not self._source:
            return super().head(most)
        return Edits(*self._columns(most), self.strings)

    def _columns(self, most: int | None) -> tuple[array[int], array[int], array[int]]:
        """The columns of the first ``most`` edits, or of all."""
        kept, index = set(self._kept), {mark: i for i, mark in enumerate(self._table)}
        marks = re.finditer(f"[{re.escape(''.join(index))}]", self._source)
        found = islice(((m.start(), index[m[0]]) for m in marks if m.start() not in kept), most)
        start, put = array("q"), array("I")
        for at, i in found:
            start.append(at)
            put.append(i)
        return start, array("q", map(add, start, repeat(1))), put


def swaps(source: str, table: Mapping[str, str], kept: list[int], count: int | None = None) -> Edits:
    """The edits that ``Swaps`` stands for; as columns where fewer are made than not."""
    made = Swaps(source, table, kept, count)
    return made if len(kept) <= len(made) else Edits(made.start, made.end, made.put, made.strings)


_NONE = Edits.of(())
