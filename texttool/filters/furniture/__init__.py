"""Page furniture, which belongs to the page and not to the text: numbers, running heads and feet, form feeds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import NamedTuple

from texttool.edits import Edit, Edits
from texttool.rulebook import family, load
from texttool.together import Together


class _Removal(NamedTuple):
    start: int
    end: int
    put: str
    code: str


_GOES_ON = "接转轉"  # one of them is in each notice


def scan(text: str) -> Mapping[str, list[Edit]]:
    """The edits of each PF code over ``text``, disjoint.

    What is left without the furniture is looked at again until it has none, as numbers that a page number stood
    between may be found to count up; so taking furniture away twice is taking it away once.
    """
    gone: list[_Removal] = []
    done, rest = Edits.of(()), text
    while more := _once(rest):
        lifted = [_Removal(*done.lift(*removal[:3]), removal.code) for removal in more]
        gone = _merged(gone, lifted)
        rest = Edits.of(removal[:3] for removal in more).apply(rest)
        done = Edits.of(removal[:3] for removal in gone)
    found: dict[str, list[Edit]] = {}
    for removal in gone:
        found.setdefault(removal.code, []).append(removal[:3])
    if "\f" in text:
        found["PF103"] = list(_feeds(text, gone))
    if any(map(text.__contains__, _GOES_ON)):
        found["PF201"] = list(_notices(text, gone))
    return {code: edits for code, edits in found.items() if edits}


def sieve(together: Together) -> Iterable[int]:
    """The numbers of the texts with a form feed, a notice, or a line that may hold a page number."""
    from texttool.filters.furniture.pagenumbers import numbered

    notices = _notice().finditer(together.text) if any(map(together.text.__contains__, _GOES_ON)) else ()
    return {*together.with_any("\f"), *together.holding(m.start() for m in notices), *numbered(together)}


def _once(text: str) -> list[_Removal]:
    """Page numbers and running heads as they stand, in order.

    A line goes with the blank lines behind it. Where none stood in front, one stays: the page was cut there.
    """
    from texttool.filters.furniture.pagenumbers import may_be_numbered, page_numbers

    if "\f" not in text and not may_be_numbered(text):  # then no page ends anywhere
        return []
    from texttool.filters.furniture.pageblocks import blocks
    from texttool.filters.furniture.runningheads import running_heads

    parts = blocks(text)
    numbers = page_numbers(text, parts)
    alone = {n.block for n in numbers if parts[n.block].alone}
    begins = [part.begin for part in parts] + [len(text)]
    lines = [(_line(text, n.start), begins[n.block + 1], "PF101") for n in numbers]
    lines += [(parts[i].begin, begins[i + 1], "PF102") for i in running_heads(text, parts, alone)]
    return [_Removal(start, end, _kept(text, start, end), code) for start, end, code in sorted(lines)]


def _merged(before: list[_Removal], later: list[_Removal]) -> list[_Removal]:
    """Both lists in order, without those of ``before`` that a later one covers."""
    spans = iter([*later, _Removal(1 << 62, 1 << 62, "", "")])
    over = next(spans)
    out = []
    for removal in before:
        while over.end < removal.end:
            over = next(spans)
        if not over.start <= removal.start:
            out.append(removal)
    return sorted([*out, *later])


def _line(text: str, at: int) -> int:
    """Where the line that holds ``at`` begins; a form feed begins one too."""
    return max(text.rfind("\n", 0, at), text.rfind("\f", 0, at)) + 1


def _kept(text: str, start: int, end: int) -> str:
    """What stays of a line that goes, and of the blank lines up to the next block."""
    blank_before = start == 0 or text.endswith(("\n\n", "\f", "\n\r\n"), 0, start)
    return "\n" if text.count("\n", start, end) > 1 and not blank_before else ""


def _feeds(text: str, gone: list[_Removal]) -> Iterator[Edit]:
    """Form feeds that no removed line takes along; where one parts two lines by itself, a newline takes its place."""
    for at in _outside((match.start() for match in re.finditer("\f", text)), gone):
        parted = at == 0 or text[at - 1] == "\n" or text[at + 1 : at + 2] in ("\n", "\r", "")
        yield at, at + 1, "" if parted else "\n"


def _notices(text: str, gone: list[_Removal]) -> Iterator[Edit]:
    """Notices of a newspaper that an article goes on elsewhere: reported, not removed."""
    found = {match.start(): match for match in _notice().finditer(text)}
    return ((at, found[at].end(), found[at][0]) for at in _outside(found, gone))


@cache
def _notice() -> re.Pattern[str]:
    return re.compile(load("tables/furniture-pages")["notice"])


def _outside(places: Iterable[int], gone: list[_Removal]) -> Iterator[int]:
    """Those of the ascending ``places`` that no removal covers."""
    spans = iter([*gone, _Removal(1 << 62, 1 << 62, "", "")])
    span = next(spans)
    for at in places:
        while span.end <= at:
            span = next(spans)
        if at < span.start:
            yield at


RULES = family("furniture", scan=scan, sieves={"": sieve})
