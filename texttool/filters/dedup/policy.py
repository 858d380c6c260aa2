"""What to report, what may go and what stays: the policy of a search for duplicates."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from texttool.rulebook import load
from texttool.visible import visible

if TYPE_CHECKING:
    from texttool.filters.dedup.passages import Passage

KEEP = ("first", "longest", "best", "none")
SHORTEST = 12  # folded characters: what is shorter is said again by chance
_NAME = 1000  # code points of a file's name in a marker: the longest that systems allow are a little shorter
# What no copy of a text should hold: bytes that could not be decoded, U+FFFD, controls, private use.
_DAMAGED = "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ue000-\uf8ff\ufffd]"


class Policy(NamedTuple):
    """Lengths in folded characters, from which a copy is reported and from which it may go.

    ``identity`` is the part of it that must agree, ``keep`` one of ``KEEP``; with ``mark`` a marker is left where
    a copy goes. Where ``keep`` is "none" no copy is preferred to another, so none may go.
    """

    report: int = 24
    remove: int = 40
    identity: float = 0.75
    keep: str = "first"
    mark: bool = False


DEFAULT = Policy()


def ordered(passage: Passage, texts: Sequence[str], keep: str) -> Passage:
    """The passage, the place that is kept in front of the others. What follows itself at once stays in its order.

    Kept is the first of the longest, or the first of the best: with the fewest characters that no text should hold,
    then with the fewest line breaks inside.
    """
    if passage.adjacent or keep not in ("longest", "best"):
        return passage
    lengths = [end - start for start, end in passage.folded]
    spans = range(len(lengths))
    if keep == "longest":
        chosen = max(spans, key=lambda i: (lengths[i], -i))
    else:
        said = [texts[number][start:end] for number, start, end in passage.spans]
        chosen = min(spans, key=lambda i: (len(re.findall(_DAMAGED, said[i])), said[i].count("\n"), i))
    order = [chosen, *(i for i in spans if i != chosen)]
    return passage._replace(
        spans=tuple(passage.spans[i] for i in order), folded=tuple(passage.folded[i] for i in order)
    )


def marker(line: int, name: str = "") -> str:
    """What is left where a copy was removed: the line of the one that is kept, and its file where it is another."""
    table = load("tables/dedup")
    made: str = table["marker_elsewhere" if name else "marker"]
    return made.format(line=line, name=visible(name).replace(table["marker_end"], ""))


def markers(text: str) -> Iterator[tuple[int, int]]:
    """Where markers stand in a text: start and end (code points)."""
    table = load("tables/dedup")
    if table["marker_start"] not in text:
        return
    for match in re.finditer(f"{table['marker_start']}[^\n]{{1,{_NAME}}}?{table['marker_end']}", text):
        yield match.span()
