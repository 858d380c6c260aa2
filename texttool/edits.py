"""Edits: the one currency of texttool.

A list of replacements over a text, kept as columns. Every rule returns one, ``clean`` applies it, ``lint`` prints it,
the audit trail stores it and ``undo`` inverts it. All offsets are code points; spans are half open.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import accumulate, chain, compress, repeat
from operator import add, eq, le, lt, not_, sub
from typing import Any

from texttool import units
from texttool.compose import compose

Edit = tuple[int, int, str]
Span = tuple[int, int]

_FEW = 1 << 12  # edits: what stood there is read again where they are fewer
_MANY = 256  # edits: below, a call into numpy costs more than the edits do
_DENSE = 64  # characters of text to an edit: below, marks are laid into the whole text, above it is cut at the edits


class Edits:
    """Replacements ``source[start:end] -> put``, ascending and disjoint, as columns of equal length.

    ``start`` and ``end`` are ``array('q')`` of code point offsets; ``put`` is ``array('I')`` of indices into
    ``strings``, so that numpy can view every column without a copy. Two edits never cover the same code point and two
    insertions never stand at the same offset. ``related`` maps the index of an edit to other spans of the same text
    that explain it (the other copies of a duplicate, the item an enumeration repeats); it takes no part in the algebra.
    """

    __slots__ = ("_narrow", "_out", "_shift", "_single", "_was", "end", "put", "related", "start", "strings")

    few = 4096  # places: fewer are lifted one by one before numpy would be loaded

    def __init__(
        self,
        start: array[int],
        end: array[int],
        put: array[int],
        strings: tuple[str, ...],
        related: Mapping[int, tuple[Span, ...]] | None = None,
    ) -> None:
        ascending, single = self._ascending(start, end)
        if not ascending:
            raise ValueError("edits must be ascending and disjoint")
        self.start, self.end, self.put, self.strings = start, end, put, strings
        self.related = related or {}
        self._know_nothing(single)

    def _know_nothing(self, single: bool | None = None) -> None:
        """Nothing of what is asked more than once has been found yet, but perhaps whether each finds one character."""
        self._was: list[str] = []  # what stood at each edit, from `parted` to `keep`
        self._out: array[int] | None = None
        self._shift: array[int] = array("q")
        self._single = single
        self._narrow: bool | None = None  # and puts one

    @classmethod
    def of(cls, edits: Iterable[Edit]) -> Edits:
        """Columns from ``(start, end, put)`` tuples. Raises ValueError where they are not ascending and disjoint."""
        if isinstance(edits, Edits):
            return edits
        edits = iter(edits)
        first = next(edits, None)
        if first is None:  # by far the most frequent case: a rule that finds nothing
            return _NONE
        index: dict[str, int] = {}
        start, end, put = array("q"), array("q"), array("I")
        for s, e, text in chain((first,), edits):
            start.append(s)
            end.append(e)
            put.append(index.setdefault(text, len(index)))
        return cls(start, end, put, tuple(index))

    @classmethod
    def columns(cls, start: Any, end: Any, put: Any, strings: tuple[str, ...]) -> Edits:
        """Columns from three numpy arrays of integers (any dtype, equal length), copied once as bytes.

        Where there are many, numpy works on them further. Raises ValueError where the edits are not ascending and
        disjoint.
        """
        columns = (
            array("q", start.astype("q", copy=False).tobytes()),
            array("q", end.astype("q", copy=False).tobytes()),
            array("I", put.astype("I", copy=False).tobytes()),
        )
        if len(start) < _MANY:
            return cls(*columns, strings)
        from texttool.columns import Columns

        return Columns(*columns, strings)

    @staticmethod
    def _ascending(start: array[int], end: array[int]) -> tuple[bool, bool | None]:
        """Whether spans are well formed, disjoint, and no two insertions share an offset; and whether each is of one
        character, None where that has not been found.
        """
        starts, ends = start.tolist(), end.tolist()
        if not all(map(le, ends, starts[1:])):
            return False, None
        # Without insertions the rest follows.
        if all(map(lt, starts, ends)):
            return True, sum(ends) - sum(starts) == len(starts)
        return all(map(le, starts, ends)) and all(map(lt, starts, ends[1:])), False

    def __len__(self) -> int:
        return len(self.start)

    def __iter__(self) -> Iterator[Edit]:
        return zip(self.start, self.end, self.puts(), strict=True)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Edits) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"Edits.of({list(self)!r})"

    def found(self, source: str) -> Iterator[str]:
        """What stood at each edit."""
        if self._of_one_each():
            return iter([source[at] for at in self.start])
        return iter([source[start:end] for start, end in zip(self.start, self.end, strict=True)])

    def puts(self) -> Iterator[str]:
        """What each edit puts there."""
        if len(self.strings) == 1:
            return repeat(self.strings[0], len(self))
        return map(self.strings.__getitem__, self.put)

    def known_puts(self) -> tuple[str, ...] | None:
        """All that the edits put; None where they would have to be found first."""
        return self.strings

    def known_takes(self, source: str) -> str | None:
        """All the characters of ``source`` that the edits are over, or more; None where they are not known at once."""
        return "".join(self.found(source)) if len(self) < _FEW else None

    def parted(self, source: str) -> tuple[Edits, Edits]:
        """The edits that put back what they found (findings without a fix), and those that change something."""
        self._was = list(self.found(source))
        if len(self.strings) == 1 and self.strings[0] not in self._was:  # the most frequent case of many edits
            return _NONE, self
        same = list(map(eq, self._was, self.puts()))
        count = sum(same)
        if count in (0, len(same)):
            return (self, _NONE) if count else (_NONE, self)
        return self.where(same), self.where(list(map(not_, same)))

    def keep(self, projection: Callable[[str], str], source: str) -> bool:
        """Whether ``projection`` is the same for all that is found and for all that is put."""
        found, self._was = self._was or self.found(source), []
        return projection("".join(found)) == projection("".join(self.puts()))

    def where(self, wanted: list[bool]) -> Edits:
        """The edits that are ``wanted``."""
        places = [i for i, yes in enumerate(wanted) if yes]
        start, end = (array("q", compress(column, wanted)) for column in (self.start, self.end))
        related = {new: self.related[old] for new, old in enumerate(places) if old in self.related}
        return Edits(start, end, array("I", compress(self.put, wanted)), self.strings, related)

    def head(self, most: int | None) -> Edits:
        """The first ``most`` edits, or all."""
        if most is None or len(self) <= most:
            return self
        return Edits(self.start[:most], self.end[:most], self.put[:most], self.strings, self.related)

    def apply(self, source: str) -> str:
        """The text with every edit made. ``source`` is the text that the edits were found in."""
        if not self.start:
            return source
        if len(self) * _DENSE > len(source) and self.of_one_width() and (laid := units.laid(source, self)):
            return laid
        edges = zip(chain((0,), self.end), chain(self.start, (len(source),)), strict=True)
        kept = [source[end:start] for end, start in edges]
        if not any(self.strings):
            return "".join(kept)
        pieces = [""] * (2 * len(self) + 1)
        pieces[::2] = kept
        pieces[1::2] = self.puts()
        return "".join(pieces)

    def inverse(self, source: str) -> Edits:
        """The edits that turn ``apply(source)`` back into ``source``."""
        return self.undoing(self.found(source))

    def undoing(self, found: Iterable[str]) -> Edits:
        """The inverse from what stood at each edit, where the source itself is gone."""
        out, _ = self._output()
        return Edits.of(_joined(zip(out, map(add, out, map(len, self.puts())), found, strict=True)))

    def origin(self, at: int) -> Span:
        """The source span of the output code point ``at``: itself where it was kept, the whole edit where it was put.

        Raises IndexError for a negative offset.
        """
        if at < 0:
            raise IndexError(at)
        i, cut = self._cover(at)
        if cut >= 0:
            return self.start[i], self.end[i]
        back = at - self._shift[i + 1]
        return back, back + 1

    def destination(self, at: int) -> int | None:
        """Where the source offset ``at`` is in the output, behind what is put there; None where an edit covers it."""
        if self.of_one_width():
            return at
        _, shift = self._output()
        first = self.until(at)
        return None if first < len(self) and self.start[first] < at else at + shift[first]

    def until(self, at: int) -> int:
        """How many edits end at the source offset ``at`` or before."""
        return bisect_right(self.end, at)

    def lift(self, start: int, end: int, put: str) -> Edit:
        """The edit ``(start, end, put)`` of the output as an edit of the source.

        Where it cuts into something these edits put, it is widened to the whole of it and puts the rest back.
        """
        i, cut = self._cover(start)
        before = self.strings[self.put[i]][:cut] if cut > 0 else ""
        s = self.start[i] if cut >= 0 else start - self._shift[i + 1]
        if start == end and not before:
            return s, s, put
        i, cut = self._cover(max(start, end - 1))
        if cut < 0:
            return s, end - self._shift[i + 1], before + put
        rest = self.strings[self.put[i]][cut + (end > start) :]
        return s, self.end[i], before + put + rest

    def then(self, later: Edits, middle: str) -> Edits:
        """One list over the source that does what these and then ``later`` do.

        ``middle`` is the text between: what these edits made and ``later`` was found in. Edits that meet are merged.
        """
        return Edits.of(compose(self, later, middle))

    def behind(self, done: Edits) -> Edits:
        """These edits over what ``done`` makes of the text that both were found in. The two must be disjoint."""
        if done.of_one_width():
            return self
        start = array("q", done._moved(self.start))
        end = array("q", map(add, start, map(sub, self.end, self.start)))
        return Edits(start, end, self.put, self.strings, self._related_behind(done))

    def _related_behind(self, done: Edits) -> dict[int, tuple[Span, ...]]:
        return {
            i: tuple((at, at + e - s) for (s, e), at in zip(spans, done._moved(s for s, _ in spans), strict=True))
            for i, spans in self.related.items()
        }

    def _moved(self, places: Iterable[int]) -> Iterator[int]:
        """Where these edits move each of ``places``, which none of them covers."""
        end, (_, shift) = self.end, self._output()
        return (at + shift[bisect_right(end, at)] for at in places)

    def of_one_width(self) -> bool:
        """Whether each edit puts one character for one: then nothing moves. Told in a tenth of the time."""
        if self._narrow is None:
            self._narrow = {1}.issuperset(map(len, self.strings)) and self._of_one_each()
        return self._narrow

    def _of_one_each(self) -> bool:
        """Whether each edit finds one character."""
        if self._single is None:
            self._single = array("q", map(add, self.start, repeat(1))) == self.end
        return self._single

    def _output(self) -> tuple[array[int], array[int]]:
        """Output offset of each edit, and the growth of the text before each edit (one entry more: before the end)."""
        if self._out is None and self.of_one_width():
            self._out, self._shift = self.start, array("q", bytes(8 * (len(self) + 1)))
        elif self._out is None:
            if self._of_one_each() and len(self.strings) == 1:  # the text grows by as much at each
                grown = len(self.strings[0]) - 1
                self._shift = array("q", range(0, grown * (len(self) + 1), grown))
            else:
                sizes = map(sub, map(len, self.puts()), map(sub, self.end, self.start))
                self._shift = array("q", accumulate(sizes, initial=0))
            self._out = array("q", map(add, self.start, self._shift))
        return self._out, self._shift

    def moved(self, places: Iterable[int]) -> Iterator[int]:
        """Where these edits move each of ``places``; what an edit covers goes to where its put begins."""
        out, shift = self._output()
        for at in places:
            i = bisect_right(self.end, at)
            covered = i < len(self) and self.start[i] < at
            yield out[i] if covered else at + shift[i]

    def _cover(self, at: int) -> tuple[int, int]:
        """The last edit at or before output offset ``at`` (-1: none), and how far ``at`` is in its put (-1: behind)."""
        out, _ = self._output()
        i = bisect_right(out, at) - 1
        cut = at - out[i] if i >= 0 else 0
        return i, cut if i >= 0 and cut < len(self.strings[self.put[i]]) else -1


_NONE = Edits(array("q"), array("q"), array("I"), ())


def _joined(edits: Iterable[Edit]) -> Iterator[Edit]:
    """The edits, insertions at one offset made one: neighbours that were both deleted come back together."""
    last: Edit | None = None
    for edit in edits:
        if last and last[0] == edit[1]:
            edit = (edit[0], edit[1], last[2] + edit[2])
        elif last:
            yield last
        last = edit
    if last:
        yield last
