"""Passages of a text before and after its edits, cut into what stays and what changes."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from texttool.edits import Edits
from texttool.finding import Finding
from texttool.lines import Lines
from texttool.pipeline import Result

_AROUND = 24  # code points of a long line that are shown on each side of an edit
_MOST = 160  # code points: a passage is to be taken in at a glance
_LINES = 3  # wrapped lines are short: fewer show no wrap undone


class Part(NamedTuple):
    """What stood there and what stands there now; the same twice where nothing changes."""

    found: str
    put: str


class Passage(NamedTuple):
    """Some text from ``start`` to ``end`` (code points of the source), its line (from 1), and its parts in order."""

    start: int
    end: int
    line: int
    parts: tuple[Part, ...]

    @property
    def before(self) -> str:
        """The passage as it was."""
        return "".join(part.found for part in self.parts)

    @property
    def after(self) -> str:
        """The passage as it is made."""
        return "".join(part.put for part in self.parts)


def passage(source: str, edits: Edits, start: int, end: int, lines: Lines) -> Passage:
    """The passage of ``source`` from ``start`` to ``end``, widened so that no edit reaches out of it."""
    first, last = bisect_right(edits.end, start), bisect_left(edits.start, end)
    first -= bool(first and edits.start[first - 1] == start)  # an insertion at its ends is part of it
    last += bool(last < len(edits) and edits.end[last] == end)
    if first < last:
        start, end = min(start, edits.start[first]), max(end, edits.end[last - 1])
    return Passage(start, end, lines.place(start)[0], tuple(_parts(source, edits, range(first, last), start, end)))


def _uncut(edits: Edits, start: int, end: int) -> tuple[int, int]:
    """The stretch without the edits that its ends cut."""
    first, last = bisect_right(edits.end, start), bisect_left(edits.start, end) - 1
    if first < len(edits) and edits.start[first] < start:
        start = edits.end[first]
    if last >= 0 and edits.end[last] > end:
        end = edits.start[last]
    return start, max(start, end)


def around(source: str, start: int, end: int) -> tuple[int, int]:
    """The stretch to show of what is found from ``start`` to ``end``: its lines, or as much of long ones as helps."""
    left = max(source.rfind("\n", 0, start) + 1, start - _AROUND)
    stop = source.find("\n", end)
    return left, min(len(source) if stop < 0 else stop, end + _AROUND)


def most_changed(result: Result, most: int) -> list[Passage]:
    """Passages of the source in which most rules edit, so many at the most, in order of place.

    Each shows a rule that no other does.
    """
    lines = Lines(result.source)
    edits = result.edits()
    made = [finding for finding in result.findings() if finding.put != finding.found]
    chosen: list[Passage] = []
    seen: Counter[str] = Counter()
    for start, end, codes in _ranked(list(_windows(made, result.source, lines))):
        if len(chosen) == most:
            break
        if all(end <= other.start or other.end <= start for other in chosen) and (set(codes) - set(seen) or not chosen):
            chosen.append(passage(result.source, edits, *_uncut(edits, start, end), lines))
            seen.update(codes)
    return sorted(chosen)


def _windows(made: list[Finding], source: str, lines: Lines) -> Iterator[tuple[int, int, frozenset[str]]]:
    """Stretches of a few lines that begin where an edit's line does, with the rules that edit there."""
    starts = [finding.start for finding in made]
    done = -1
    for i, finding in enumerate(made):
        line = lines.number(finding.start)
        if line <= done or not finding.safe:
            continue
        begin = max(lines.starts[line], finding.start - _AROUND)
        begin = min(
            finding.start, begin + len(source[begin : finding.start]) - len(source[begin : finding.start].lstrip())
        )
        stop = line + _LINES
        end = lines.starts[stop] - 1 if stop < len(lines.starts) else len(source)
        end = begin + len(source[begin : min(end, begin + _MOST)].rstrip())
        codes = frozenset(other.code for other in made[i : bisect_left(starts, end)] if other.end <= end)
        done = line + _LINES - 1
        if codes:
            yield begin, end, codes


def _ranked(windows: list[tuple[int, int, frozenset[str]]]) -> list[tuple[int, int, frozenset[str]]]:
    """Those with the most kinds first; then those that show a kind that few do; then as they stand."""
    common = Counter(code for *_, codes in windows for code in codes)
    return sorted(windows, key=lambda one: (-len(one[2]), min(common[code] for code in one[2]), one[0]))


def _parts(source: str, edits: Edits, rows: range, start: int, end: int) -> Iterator[Part]:
    at = start
    for row in rows:
        if at < edits.start[row]:
            yield Part(source[at : edits.start[row]], source[at : edits.start[row]])
        yield Part(source[edits.start[row] : edits.end[row]], edits.strings[edits.put[row]])
        at = edits.end[row]
    if at < end:
        yield Part(source[at:end], source[at:end])
