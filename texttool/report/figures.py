"""Figures of texts as JSON, as CSV, and as tables for people."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from typing import Any

from texttool.measure.characters import kinds
from texttool.measure.portrait import troubles
from texttool.measure.tally import Tally, bands_of
from texttool.rulebook import load
from texttool.visible import storable, visible

_COUNTS = ("texts", "bytes", "characters", "lines", "paragraphs", "sentences")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet runs what begins so (OWASP ASVS 1.2.10)


def figures(tally: Tally) -> dict[str, Any]:
    """The figures as JSON objects hold them: counts, and shares from 0 to 1."""
    kinds_of, bands = tally.group("kind"), tally.group("width")
    return {
        **{name: tally.counts[name] for name in _COUNTS},
        "encodings": dict(sorted(tally.group("encoding").items(), key=_most)),
        "kinds": {name: kinds_of[name] for name in kinds() if name in kinds_of},
        "widths": {name: bands[name] for name in bands_of() if name in bands},
        "marks": {side: tally.group(side) for side in ("half", "full")},
        "quality": {name: round(value, 4) for name, value in tally.shares().items()},
        "findings": dict(sorted(tally.group("finding").items())),
    }


def _most(item: tuple[str, int]) -> tuple[int, str]:
    return -item[1], item[0]


def row(path: str, tally: Tally) -> str:
    """A JSON object on one line: the figures of one text."""
    return json.dumps({"path": storable(path), **figures(tally)}, ensure_ascii=False)


def as_json(tally: Tally) -> str:
    """A JSON object on one line."""
    return json.dumps(figures(tally), ensure_ascii=False)


def columns() -> list[str]:
    """The columns of CSV: the same for every run."""
    groups = (
        *(f"characters: {name}" for name in kinds()),
        *("marks: half-width beside Han", "marks: full-width"),
        *(f"quality: {name}" for name in load("tables/quality")),
        *(f"findings: {name}" for name in load("tables/troubles")),
    )
    return ["path", *_COUNTS, "encoding", *groups]


def cells(path: str, tally: Tally) -> list[str]:
    """A row of CSV."""
    made = figures(tally)
    of_kind = troubles(Counter(made["findings"]))
    values: list[Any] = [visible(path), *(made[name] for name in _COUNTS), " ".join(made["encodings"])]
    values += [made["kinds"].get(name, 0) for name in kinds()]
    values += [sum(made["marks"][side].values()) for side in ("half", "full")]
    values += [made["quality"].get(name, "") for name in load("tables/quality")]
    values += [of_kind[name] for name in load("tables/troubles")]
    return list(map(str, values))


def as_csv(values: list[str]) -> str:
    """One line (RFC 4180); what a spreadsheet would take for a formula is text."""
    file = io.StringIO()
    csv.writer(file).writerow([f"'{value}" if value.startswith(_FORMULA) else value for value in values])
    return file.getvalue()


def outside(name: str, value: float) -> bool:
    """Whether a measure of quality is one that its source filters out."""
    told = load("tables/quality")[name]
    return bool(value < told.get("least", value) or value > told.get("most", value))


def asked(name: str) -> str:
    """What the source of a measure of quality asks for; empty where that is nothing."""
    told = load("tables/quality")[name]
    return " ".join(f"{sign} {shown(told[key], name)}" for key, sign in (("least", "≥"), ("most", "≤")) if key in told)


def shown(value: float, name: str) -> str:
    """A measure of quality as people read it."""
    return f"{value:,.1f}" if name.startswith("mean") else f"{value:.1%}"
