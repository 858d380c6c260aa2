"""texttool and its peers side by side, in one run: ``make bench``; writes ``bench/RESULTS.md``.

The environment is made anew in ``build/peers``. Every command is a whole process; commands of one task take turns, and
what is told is the median of five rounds. ``BENCH_SIZES`` (1,10,100) are megabytes, ``BENCH_ROUNDS`` is the number of
rounds, ``BENCH_LIMIT`` (60) the seconds of CPU: what took more in a smaller size is left out of the larger ones.
"""

from __future__ import annotations

import os
import statistics
import tempfile
import tomllib
from pathlib import Path
from typing import Any, NamedTuple

from bench import peers_report, peers_setup, texts
from bench.measure import MB, ROOT, Cost, cost

SIZES = tuple(map(int, os.environ.get("BENCH_SIZES", "1,10,100").split(",")))
ROUNDS = int(os.environ.get("BENCH_ROUNDS", "5"))
LIMIT = float(os.environ.get("BENCH_LIMIT", "60"))
RESULTS = ROOT / "bench" / "RESULTS.md"
PYTHON = (
    "import sys; from pathlib import Path; path = sys.argv[1]\n"
    "data = Path(path).read_bytes() if Path(path).is_file() else b''; text = data.decode('utf-8', 'replace')\n"
    "out = lambda made: sys.stdout.buffer.write(made.encode('utf-8', 'replace'))\n"
)
NODE = (
    "const data = require('fs').readFileSync(process.argv[1]), text = data.toString();"
    "const out = made => process.stdout.write(made);"
)


class Row(NamedTuple):
    """What one command cost on one size: the median of the rounds. ``cost`` is None where it failed or was left out."""

    task: str
    name: str
    size: int  # bytes
    cost: Cost | None
    why: str = ""  # it has none


def main() -> None:
    """Makes the environment, measures, writes the page."""
    plan = tomllib.loads((Path(__file__).parent / "peers.toml").read_text("utf-8"))
    home = peers_setup.made(plan["packages"], plan["modules"])
    rows = [_started(name, command) for name, command in _startups(plan, home).items()]
    with tempfile.TemporaryDirectory(prefix="texttool-bench-") as folder:
        for task in plan["task"]:
            rows += _measured(task, home, Path(folder))
    RESULTS.write_text(peers_report.page(plan, rows, peers_setup.versions(home), ROUNDS), "utf-8")
    print(f"written to {RESULTS.relative_to(ROOT)}")


def _startups(plan: dict[str, Any], home: peers_setup.Home) -> dict[str, list[str]]:
    """What each takes to do nothing."""
    python = str(home.python)
    made = {"texttool --version": [str(home.texttool), "--version"]}
    imports = {"charset-normalizer": "charset_normalizer", "autocorrect-py": "autocorrect_py"}
    made |= {f"import {name}": [python, "-c", f"import {imports.get(name, name)}"] for name in plan["packages"]}
    if home.node:
        made |= {f"require {name}": [home.node, "-e", f"require('{name}')"] for name in plan["modules"]}
    return made


def _started(name: str, command: list[str]) -> Row:
    return _median("start-up", name, 0, [_tried(command) for _ in range(ROUNDS)])


def _measured(task: dict[str, Any], home: peers_setup.Home, folder: Path) -> list[Row]:
    """All commands of a task on all sizes, in turn."""
    rows: list[Row] = []
    slow: set[str] = set()
    for size in task.get("sizes", SIZES):
        path = texts.made(task["text"], size * MB, folder)
        length = texts.size(path)
        commands = {name: run for name, run in _commands(task, home, path).items() if name not in slow}
        costs: dict[str, list[Cost | str]] = {name: [] for name in commands}
        for _ in range(ROUNDS):
            for name, command in commands.items():
                if not costs[name] or not isinstance(costs[name][-1], str):
                    costs[name].append(_tried(command))
        found = [_median(task["name"], name, length, made) for name, made in costs.items()]
        found += [Row(task["name"], name, length, None, f"more than {LIMIT:.0f} s before") for name in slow]
        rows += found
        slow |= {row.name for row in rows if row.task == task["name"] and (row.cost is None or row.cost.cpu > LIMIT)}
        print("\n".join(map(peers_report.line, found)), flush=True)
        texts.removed(path)
    return rows


def _commands(task: dict[str, Any], home: peers_setup.Home, path: Path) -> dict[str, list[str]]:
    made = {"texttool": [str(home.texttool), *(part.format(path=path) for part in task["texttool"])]}
    for peer in task["peers"]:
        if "python" in peer:
            made[peer["name"]] = [str(home.python), "-c", PYTHON + peer["python"], str(path)]
        elif home.node:
            made[peer["name"]] = [home.node, "-e", NODE + peer["node"], str(path)]
    return made


def _tried(command: list[str]) -> Cost | str:
    """What a run cost, or why there was none."""
    try:
        return cost(command)
    except (RuntimeError, OSError) as error:
        return str(error).rpartition(": ")[2]


def _median(task: str, name: str, size: int, made: list[Cost | str]) -> Row:
    good = [one for one in made if isinstance(one, Cost)]
    if not good:
        return Row(task, name, size, None, f"failed: {made[-1]}")
    median = Cost(statistics.median(one.cpu for one in good), int(statistics.median(one.memory for one in good)))
    return Row(task, name, size, median)


if __name__ == "__main__":
    main()
