"""What ails a folder of texts: kinds of trouble, worst first, and the texts that have most of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from rich.table import Table
from rich.text import Text

from texttool.measure.prescription import Named, cleaning
from texttool.report.pagedata import density
from texttool.report.portraits import chosen
from texttool.report.screen import NARROW
from texttool.visible import visible

_WORST = 10  # texts that are named


def tables(entries: Sequence[dict[str, Any]], named: Named, columns: int) -> Iterator[Any]:
    """The tables of the texts that are named, as renderables for so many columns."""
    ailing = [entry for entry in entries if entry["findings"]]
    size = sum(entry["characters"] for entry in entries)
    yield Text.assemble(
        (visible(" ".join(named.paths)), "bold"),
        (f"  {len(entries):,} texts, {size:,} characters, {len(ailing):,} with trouble", "dim"),
    )
    if not ailing:
        yield Text("nothing to clean", "green")
        return
    yield Text()
    yield _troubles(entries)
    yield Text()
    yield _worst(ailing, columns)
    yield Text()
    recipe, count = chosen(ailing)
    about = f"the recipe that fits {count:,} of them, and mends all" if count else "mends all of them"
    yield Text.assemble(("$ ", "dim"), (visible(cleaning(named, recipe)), "bold"), (f"   {about}", "dim"))


def _troubles(entries: Sequence[dict[str, Any]]) -> Table:
    texts, findings, worst = Counter[str](), Counter[str](), dict[str, tuple[int, str]]()
    for entry in entries:
        for kind, count in entry["troubles"].items():
            texts[kind] += 1
            findings[kind] += count
            worst[kind] = max(worst.get(kind, (0, "")), (count, entry["path"]))
    table = Table(box=None, pad_edge=False, header_style="bold cyan")
    table.add_column("trouble", overflow="fold")
    table.add_column("texts", justify="right")
    table.add_column("findings", justify="right")
    table.add_column("most in", overflow="fold", style="dim")
    for kind, count in sorted(texts.items(), key=lambda one: (-one[1], -findings[one[0]], one[0])):
        table.add_row(Text(kind), f"{count:,}", f"{findings[kind]:,}", Text(visible(worst[kind][1])))
    return table


def _worst(ailing: Sequence[dict[str, Any]], columns: int) -> Table:
    """Those with the most findings for their length."""
    ranked = sorted(ailing, key=lambda entry: (-density(entry), entry["path"]))[:_WORST]
    table = Table(box=None, pad_edge=False, header_style="bold cyan")
    table.add_column("text", overflow="fold")
    table.add_column("findings", justify="right")
    if columns >= NARROW:
        table.add_column("a thousand", justify="right")
        table.add_column("encoding")
        table.add_column("recipe")
    for entry in ranked:
        row: list[Text | str] = [Text(visible(entry["path"])), f"{sum(entry['findings'].values()):,}"]
        more = [f"{density(entry):.0f}", entry["encoding"]["encoding"] or "unknown", entry["recipe"] or ""]
        table.add_row(*row, *(more if columns >= NARROW else ()))
    return table
