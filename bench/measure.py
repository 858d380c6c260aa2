"""Measures whole processes: CPU seconds and peak memory as the system accounts for them."""

from __future__ import annotations

import statistics
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
TEXTTOOL = str(Path(sysconfig.get_path("scripts")) / "texttool")
# A real report of narrow columns where it is at hand, 43,000 lines a megabyte: the worst case. Else our own sample.
_REPORT = ROOT.parent / "shared" / "seed" / "report.txt"
REPORT = _REPORT if _REPORT.is_file() else ROOT / "samples" / "work-report" / "in.txt"
MB = 1_000_000


class Cost(NamedTuple):
    """CPU seconds (user and system), and peak resident memory in bytes, of one process."""

    cpu: float
    memory: int


# A process begins with the peak memory of the one that made it, so a small one stands between this and the command.
_LAUNCHER = """
import os, sys
child = os.fork()
if not child:
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    os.execvp(sys.argv[1], sys.argv[1:])
_, status, usage = os.wait4(child, 0)
print(usage.ru_utime + usage.ru_stime, usage.ru_maxrss, os.waitstatus_to_exitcode(status))
"""


def cost(command: Sequence[str]) -> Cost:
    """What one run of a command costs; what it prints goes to nowhere. Raises RuntimeError for a status above 1."""
    launched = (sys.executable, "-I", "-S", "-c", _LAUNCHER, *command)
    said = subprocess.run(launched, capture_output=True, check=True).stdout.decode()
    cpu, memory, status = said.split()
    if status not in ("0", "1"):
        raise RuntimeError(f"{' '.join(command)}: status {status}")
    scale = 1 if sys.platform == "darwin" else 1024
    return Cost(float(cpu), int(memory) * scale)


def median_cost(command: Sequence[str], runs: int = 3) -> Cost:
    """The median CPU time and memory of several runs, after one that warms the caches."""
    cost(command)
    made = [cost(command) for _ in range(runs)]
    return Cost(statistics.median(c.cpu for c in made), int(statistics.median(c.memory for c in made)))


def ratio(command: Sequence[str], other: Sequence[str], runs: int = 15) -> tuple[float, float, float]:
    """Median CPU seconds of two commands run in turn, and the median of their ratios pair by pair."""
    pairs = [(cost(command).cpu, cost(other).cpu) for _ in range(runs)]
    mine, theirs = (statistics.median(side) for side in zip(*pairs, strict=True))
    return mine, theirs, statistics.median(a / b for a, b in pairs)


def repeated(source: Path, size: int, folder: Path) -> Path:
    """The text of ``source`` over and over, up to about ``size`` bytes, whole each time."""
    data = source.read_bytes()
    path = folder / f"{source.stem}-{size // MB}mb.txt"
    path.write_bytes(data * max(1, round(size / len(data))))
    return path


def with_folder(work: Callable[[Path], None]) -> None:
    """Runs ``work`` with a folder of its own for what it writes."""
    with tempfile.TemporaryDirectory(prefix="texttool-bench-") as folder:
        work(Path(folder))
