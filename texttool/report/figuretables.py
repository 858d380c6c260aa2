"""Figures drawn for people: tables with bars, by rich."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from rich.table import Table
from rich.text import Text

from texttool.measure.portrait import troubles
from texttool.report.figures import asked, outside, shown
from texttool.report.marks import bar
from texttool.report.screen import NARROW
from texttool.rulebook import load
from texttool.visible import visible

_LABEL, _ASIDE, _GOOD, _BAD = "bold cyan", "dim", "green", "yellow"
_CELLS = 24


def drawn(made: Mapping[str, Any], columns: int) -> Iterator[Any]:
    """The tables, for so many columns."""
    yield _head(made)
    wide = columns >= NARROW
    encodings = {name: count for name, count in made["encodings"].items() if name != "in doubt"}
    yield from _bars("encoding", "texts", encodings, wide)
    yield from _bars("characters", "", made["kinds"], wide)
    yield from _bars("line width in columns", "lines", made["widths"], wide)
    half, full = (sum(made["marks"][side].values()) for side in ("half", "full"))
    if half + full:
        yield from _bars("marks of Chinese", "", {"half-width beside Han": half, "full-width": full}, wide)
    if made["quality"]:
        yield Text()
        yield _quality(made["quality"], wide)
    if made["findings"]:
        yield from _bars("trouble", "findings", dict(troubles(Counter(made["findings"])).most_common()), wide)
        yield from _bars("rule", "findings", dict(Counter(made["findings"]).most_common()), wide)


def line(path: str, made: Mapping[str, Any]) -> Text:
    """One text on one line."""
    encoding = " ".join(made["encodings"])
    words = f"  {made['characters']:,} characters, {made['paragraphs']:,} paragraphs, {encoding}"
    ailing = [load("tables/quality")[name]["about"] for name, value in made["quality"].items() if outside(name, value)]
    return Text.assemble((visible(path), "bold"), words, (f"  {'; '.join(ailing)}" if ailing else "", _BAD))


def _head(made: Mapping[str, Any]) -> Text:
    words = ("texts", "bytes", "characters", "lines", "paragraphs", "sentences")
    return Text(", ".join(f"{made[name]:,} {name if made[name] != 1 else name[:-1]}" for name in words), "bold")


def _bars(title: str, unit: str, counts: Mapping[str, int], wide: bool) -> Iterator[Any]:
    """A row a count, with its share of all and a bar of that."""
    if not counts:
        return
    yield Text()
    total = sum(counts.values())
    table = _table()
    table.add_column(title, min_width=22 if wide else 0, overflow="fold")
    table.add_column(unit, justify="right")
    table.add_column("", justify="right", style=_ASIDE)
    if wide:
        table.add_column("", style="blue")
    for name, count in counts.items():
        row: list[Text | str] = [Text(visible(name)), f"{count:,}", f"{count / total:.1%}"]
        table.add_row(*row, *([bar(count / total, _CELLS)] if wide else []))
    yield table


def _quality(values: Mapping[str, float], wide: bool) -> Table:
    """The measures of quality, with what their sources ask for."""
    table = _table()
    table.add_column("quality", overflow="fold")
    table.add_column("", justify="right")
    table.add_column("asked", style=_ASIDE)
    if wide:
        table.add_column("by", style=_ASIDE, overflow="fold")
    for name, value in values.items():
        told = load("tables/quality")[name]
        wanted = asked(name)
        style = _BAD if outside(name, value) else _GOOD if wanted else ""
        row: list[Text | str] = [Text(told["about"]), Text(shown(value, name), style), wanted]
        table.add_row(*row, *([_short(told["source"])] if wide else []))
    return table


def _short(source: str) -> str:
    """Names and year of the first source."""
    return source.split(":")[0].split(";")[0]


def _table() -> Table:
    return Table(box=None, pad_edge=False, header_style=_LABEL)
