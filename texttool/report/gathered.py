"""What a report is made of: the portraits of texts, their figures added up, and what stands in several of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from texttool.filters.dedup import DuplicateGroup
from texttool.lines import Lines
from texttool.measure.prescription import Named
from texttool.measure.tally import Tally
from texttool.visible import excerpt

_EXCERPT = 80  # code points
_LISTED = 200  # groups, the longest ones
_PLACES = 12  # of a group


class Gathered(NamedTuple):
    """``entries`` are portraits as ``portraits.entry`` makes them, in the order of the texts."""

    named: Named
    entries: Sequence[dict[str, Any]]
    tally: Tally
    groups: Sequence[dict[str, Any]]
    more_groups: int
    compared: bool  # whether texts were compared with each other


def told(groups: Sequence[DuplicateGroup], texts: Mapping[str, str]) -> tuple[list[dict[str, Any]], int]:
    """The longest groups as objects, and how many there are besides; places by number of the text, and line."""
    number = {name: i for i, name in enumerate(texts)}
    ranked = sorted(groups, key=lambda group: (-_length(group), group.spans))
    tables: dict[str, Lines] = {}
    return [_told(group, texts, number, tables) for group in ranked[:_LISTED]], max(len(ranked) - _LISTED, 0)


def _told(
    group: DuplicateGroup, texts: Mapping[str, str], number: Mapping[str, int], tables: dict[str, Lines]
) -> dict[str, Any]:
    name, start, end = group.spans[0]
    places = []
    for other, first, last in group.spans:
        lines = tables.setdefault(other, Lines(texts[other])) if other in tables else Lines(texts[other])
        tables[other] = lines
        size = max(len(texts[other]), 1)
        places.append(
            {
                "text": number[other],
                "path": other,
                "line": lines.place(first)[0],
                "from": first / size,
                "to": last / size,
            }
        )
    return {
        "kind": group.kind,
        "text": excerpt("".join(texts[name][start:end].split()), _EXCERPT),
        "length": _length(group),
        "identity": group.identity,
        "places": places,
    }


def _length(group: DuplicateGroup) -> int:
    return max(end - start for _, start, end in group.spans)
