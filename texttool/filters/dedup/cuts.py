"""Copies as edits: with the marks that belong to them, and with what is put where one goes."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from typing import NamedTuple
from unicodedata import category

from texttool.edits import Edits, Span
from texttool.filters.dedup.copies import ADJACENT, EXACT, NEAR, Copy, Place, copies
from texttool.filters.dedup.fold import Folded, fold
from texttool.filters.dedup.policy import Policy, marker
from texttool.filters.dedup.survivors import with_survivors
from texttool.lines import Lines


class Removal(NamedTuple):
    """What goes, and where the same stands in the end."""

    gone: Place
    kept: Place


class Found(NamedTuple):
    """Edits of each text by code, and what goes: its removals name every one of them."""

    edits: Sequence[Mapping[str, Edits]]
    removals: list[Removal]


class _Cut(NamedTuple):
    """A copy with its span in its text (code points)."""

    copy: Copy
    text: int
    span: Span


def cuts(texts: Sequence[str], policy: Policy, names: Sequence[str] = ()) -> Found:
    """The copies in ``texts`` that ``policy`` does not keep, as edits by code, disjoint over all codes of a text.

    ``names`` are what markers call the texts. Raises LostTextError where a text would go that stands nowhere else.
    """
    row = fold(texts)
    found = with_survivors(row, copies(row, texts, policy), policy)
    made = list(_with_marks(row, texts, found))
    puts = _puts(row, texts, made, policy, names)
    of_text: list[dict[str, list[tuple[_Cut, str]]]] = [{} for _ in texts]
    for cut, put in zip(made, puts, strict=True):
        of_text[cut.text].setdefault(cut.copy.code, []).append((cut, put))
    edits = [{code: _edits(some[code]) for code in (EXACT, NEAR, ADJACENT) if code in some} for some in of_text]
    return Found(edits, [Removal((t, *span), row.span(*copy.first)) for copy, t, span in made if copy.removable])


def _with_marks(row: Folded, texts: Sequence[str], found: Iterable[Copy]) -> Iterator[_Cut]:
    """Each copy in code points, with the marks around it that the first has as well; disjoint."""
    text, stop = -1, 0
    for copy in found:
        number = row.span(*copy.span)[0]
        stop = stop if number == text else 0
        span = _widened(row, texts, copy, stop)
        text, stop = number, span[1]
        yield _Cut(copy, number, span)


def _widened(row: Folded, texts: Sequence[str], copy: Copy, stop: int) -> Span:
    """One copy with the opening marks before it and what else stands behind it; it begins at ``stop`` or later."""
    touching = copy.first[1] == copy.span[0]
    there, low, left, right, edge = _bounds(row, texts, copy.first)
    here, floor, start, end, ceiling = _bounds(row, texts, copy.span)
    floor = max(floor, stop)
    while start > floor and left > low and here[start - 1] == there[left - 1] and _opens(here[start - 1]):
        start, left = start - 1, left - 1
    edge = min(edge, start) if touching else edge
    last, joint = end, right
    while end < ceiling and right < edge and here[end] == there[right] and not _opens(here[end]):
        end, right = end + 1, right + 1
    if touching and right < start and joint >= stop:
        return joint, last  # what joins the two goes with the second
    return start, end


def _opens(mark: str) -> bool:
    return category(mark) in ("Ps", "Pi")


def _bounds(row: Folded, texts: Sequence[str], span: Span) -> tuple[str, int, int, int, int]:
    """The text, and in code points: the end of the folded character before, the span, the start of the next one."""
    start, end = span
    number, head, tail = row.span(start, end)
    low = int(row.at[start - 1]) + 1 if start - 1 > row.first[number] else 0
    edge = int(row.at[end]) if end < row.first[number + 1] else len(texts[number])
    return texts[number], low, head, tail, edge


def _puts(
    row: Folded, texts: Sequence[str], made: Sequence[_Cut], policy: Policy, names: Sequence[str]
) -> Iterator[str]:
    """What stands in the end where each copy stood: itself, nothing, or a marker with the place of the one kept."""
    lines = _LinesLeft(texts, made) if policy.mark else None
    for copy, number, span in made:
        if not copy.removable:
            yield texts[number][slice(*span)]
        elif lines is None:
            yield ""
        else:
            kept, at, _ = row.span(*copy.first)
            yield marker(lines.line(kept, at), names[kept] if kept != number else "")


class _LinesLeft:
    """Lines of the texts as they are in the end."""

    def __init__(self, texts: Sequence[str], made: Iterable[_Cut]) -> None:
        self.texts = texts
        self.removed: dict[int, list[Span]] = {}
        for copy, number, span in made:
            if copy.removable:
                self.removed.setdefault(number, []).append(span)
        self.less = {
            number: [0, *accumulate(texts[number].count("\n", *span) for span in spans)]
            for number, spans in self.removed.items()
        }
        self.lines: dict[int, Lines] = {}

    def line(self, number: int, at: int) -> int:
        """The line, from 1, of what stands at ``at`` (code points) in a text and stays."""
        if number not in self.lines:
            self.lines[number] = Lines(self.texts[number])
        line = self.lines[number].place(at)[0]
        spans = self.removed.get(number)
        return line - self.less[number][bisect_left(spans, (at, at))] if spans else line


def _edits(found: Iterable[tuple[_Cut, str]]) -> Edits:
    """Edits that put what was decided for each copy, with the other places in the same text."""
    start, end, put, strings = array("q"), array("q"), array("I"), dict[str, int]()
    related = {}
    for number, (cut, text) in enumerate(found):
        start.append(cut.span[0])
        end.append(cut.span[1])
        put.append(strings.setdefault(text, len(strings)))
        related[number] = tuple(other[1:] for other in cut.copy.others if other[0] == cut.text)
    return Edits(start, end, put, tuple(strings), related)
