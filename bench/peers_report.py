"""The page of results: tables by task, with ratios, growth, versions and commands."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.measure import MB

if TYPE_CHECKING:
    from bench.peers import Row

HEAD = """# texttool and its peers

Made by `make bench` in one run: whole processes, which take turns; medians of {rounds} rounds. CPU is user and system
time. "times texttool" is the CPU time of a program through that of texttool on the same text: above 1, texttool is
faster. What a peer does is not the same work: each does what it was made for.

{machine}.
"""


def page(plan: dict[str, Any], rows: Sequence[Row], versions: dict[str, str], rounds: int) -> str:
    """All results as Markdown."""
    made = [HEAD.format(rounds=rounds, machine=_machine())]
    for task, group in groupby(rows, key=lambda row: row.task):
        table = _startup if task == "start-up" else _table
        made += [f"## {task}\n", table(list(group))]
    made.append("## Versions\n")
    named = [*plan["packages"], "texttool", "numpy", "node", *(f"{name} (npm)" for name in plan["modules"])]
    made.append("".join(f"- {name} {versions[name.lower()]}\n" for name in named if name.lower() in versions))
    made.append("## Commands\n\n`bench/peers.toml` has the code of the peers.\n")
    made.append("".join(f"- {task['name']}: `texttool {' '.join(task['texttool'])}`\n" for task in plan["task"]))
    return "\n".join(made)


def _machine() -> str:
    """The kind of CPU, cores, system and Python."""
    info = Path("/proc/cpuinfo")
    names = (
        [line.partition(": ")[2] for line in info.read_text().splitlines() if line.startswith("model name")]
        if (info.is_file())
        else []
    )
    kind = names[0] if names else platform.processor() or platform.machine()
    return f"{kind}, {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"


def _startup(rows: Sequence[Row]) -> str:
    click = next((row.cost.cpu for row in rows if row.name == "import click" and row.cost), 0.0)
    lines = ["| command | CPU ms | times `import click` | peak MB |", "|---|---|---|---|"]
    for row in rows:
        if row.cost is None:
            lines.append(f"| {row.name} | {row.why} | | |")
        else:
            share = f"{row.cost.cpu / click:.2f}" if click else ""
            lines.append(f"| {row.name} | {row.cost.cpu * 1000:.0f} | {share} | {row.cost.memory / MB:.0f} |")
    return "\n".join(lines) + "\n"


def _table(rows: Sequence[Row]) -> str:
    lines = ["| program | MB | CPU s | MB/s | times texttool | growth | peak MB | bytes a byte |", "|---|" + "---|" * 7]
    return "\n".join([*lines, *_lines(rows)]) + "\n"


def _lines(rows: Sequence[Row]) -> Iterator[str]:
    """A line a row; growth is the CPU time through that of the size before, by what the text has grown."""
    ours = {row.size: row.cost.cpu for row in rows if row.name == "texttool" and row.cost}
    before: dict[str, Row] = {}
    for row in rows:
        size = f"{row.size / MB:.1f}"
        if row.cost is None:
            yield f"| {row.name} | {size} | {row.why} | | | | | |"
            continue
        share = f"{row.cost.cpu / ours[row.size]:.2f}" if row.size in ours else ""
        last = before.get(row.name)
        grown = ""
        if last and last.cost:
            grown = f"{row.cost.cpu / last.cost.cpu:.1f} for {row.size / last.size:.1f}"
        before[row.name] = row
        speed, memory = row.size / MB / row.cost.cpu, row.cost.memory
        cells = (row.name, size, f"{row.cost.cpu:.2f}", f"{speed:.1f}", share, grown, f"{memory / MB:.0f}")
        yield f"| {' | '.join(cells)} | {memory / row.size:.1f} |"


def line(row: Row) -> str:
    """A row for the terminal."""
    told = f"{row.cost.cpu:8.2f} s  {row.cost.memory / MB:6.0f} MB of memory" if row.cost else row.why
    return f"{row.task[:40]:40} {row.name[:28]:28} {row.size / MB:6.1f} MB  {told}"
