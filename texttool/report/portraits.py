"""A portrait as one JSON object: the form in which processes hand it over, programs read it, and reports show it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from texttool.edits import Span
from texttool.finding import Finding
from texttool.lines import Lines
from texttool.measure.fitting import common
from texttool.measure.page import Page
from texttool.measure.passage import Passage
from texttool.measure.portrait import Portrait, troubles
from texttool.measure.prescription import Named, prescription
from texttool.report.place import region
from texttool.visible import excerpt, storable

OTHERS = "ZH MJ EN101 EN102 EN104 EN105"  # what has no figures of its own
POINTS = 60  # of the width along the page
_MOST = 200  # findings of a kind that are listed; `findings` counts them all
_WRAP = re.compile(r"[^\S\n]*+\n[^\S\n]*+")
_EXCERPT = 120  # code points


def entry(portrait: Portrait, named: Named) -> dict[str, Any]:
    """Everything, with texts as people may read them; lines from 1, widths in columns, shares from 0 to 1.

    ``named`` is how the text is named to a command, or the file of records that it is in.
    """
    lines = Lines(portrait.text)
    counts = portrait.counts()
    return {
        "path": storable(portrait.path),
        "size": portrait.size,
        "characters": len(portrait.text),
        "lines": len(lines.starts) - portrait.text.endswith("\n") if portrait.text else 0,
        "encoding": portrait.encoding,
        "page": _page(portrait.page),
        "kinds": portrait.tally.group("kind"),
        "marks": {side: portrait.tally.group(side) for side in ("half", "full")},
        "quality": {name: round(value, 4) for name, value in portrait.tally.shares().items()},
        "findings": dict(sorted(counts.items())),
        "edits": dict(sorted(portrait.edits.items())),
        "troubles": dict(troubles(counts)),
        "furniture": [_finding(found, lines) for found in portrait.of("PF")[:_MOST]],
        "duplicates": [_finding(found, lines) for found in portrait.of("DP")[:_MOST]],
        "structure": [_finding(found, lines) for found in portrait.of("ST")[:_MOST]],
        "others": [_finding(found, lines) for found in portrait.of(OTHERS)[:_MOST]],
        "passages": list(map(shown, portrait.passages)),
        "recipe": portrait.recipe,
        "commands": [
            {"command": storable(dose.command), "about": dose.about}
            for dose in prescription(named, portrait.recipe, portrait.findings)
        ],
    }


def chosen(entries: Sequence[Mapping[str, Any]]) -> tuple[str | None, int]:
    """The recipe that mends all of several texts, and how many of them it is the one for; as ``common`` gives it."""
    codes, edits = Counter[str](), Counter[str]()
    for entry in entries:
        codes.update(entry["findings"])
        edits.update(entry["edits"])
    return common((entry["recipe"] for entry in entries), codes, edits)


def shown(passage: Passage) -> dict[str, Any]:
    """A passage: its line, and what each part was and is."""
    return {"line": passage.line, "parts": [[storable(part.found), storable(part.put)] for part in passage.parts]}


def _page(page: Page) -> dict[str, Any]:
    first, last = page.ends()
    return {
        "wrapped": page.wrapped,
        "layout": page.layout,
        "breaks": max(page.lines - 1, 0),
        "wraps": page.joined,
        "share": round(page.share, 4),
        "page_cuts": page.cuts,
        "wide": page.wide,
        "width": page.profile(POINTS),
        "first": first,
        "last": last,
    }


def _finding(found: Finding, lines: Lines) -> dict[str, Any]:
    """A finding with its place in lines and in characters, and the other places that it names."""
    return {
        "code": found.code,
        "name": found.name,
        "message": storable(found.message),
        **_place((found.start, found.end), lines),
        "text": storable(excerpt(_WRAP.sub("\n", found.found), _EXCERPT)),
        "others": [_place(span, lines) for span in found.related[:_MOST]],
    }


def _place(span: Span, lines: Lines) -> dict[str, int]:
    where = region((span[0], max(span[0], span[1] - 1)), lines)
    return {"start": span[0], "end": span[1], "line": where["line"], "end_line": where["end_line"]}
