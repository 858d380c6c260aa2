"""What to report, what may go and what stays: the policy of a search for duplicates."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from texttool.rulebook import load

if TYPE_CHECKING:
    from texttool.filters.dedup.passages import Passage

KEEP = ("first", "longest", "best", "none")
SHORTEST = 12  # folded characters: what is shorter is said again by chance
# What no copy of a text should hold: bytes that could not be decoded, U+FFFD, controls, private use.
_DAMAGED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ue000-\uf8ff\ufffd]")


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
        chosen = min(spans, key=lambda i: (len(_DAMAGED.findall(said[i])), said[i].count("\n"), i))
    order = [chosen, *(i for i in spans if i != chosen)]
    return passage._replace(
        spans=tuple(passage.spans[i] for i in order), folded=tuple(passage.folded[i] for i in order)
    )


def marker(line: int) -> str:
    """What is left where a copy was removed, with the line of the one that is kept."""
    made: str = load("tables/dedup")["marker"]
    return made.format(line=line)
