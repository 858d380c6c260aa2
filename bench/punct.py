"""The punct command beside its peers on one report, whole process by whole process; then the filters alone.

autocorrect-py is a peer where the interpreter that ``BENCH_PEERS`` names (default: this one) can import it; pangu where
node can load it (``NODE_PATH`` says from where).
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from bench import punct_speed
from bench.measure import MB, REPORT, TEXTTOOL, median_cost, ratio, repeated, with_folder

PEERS = os.environ.get("BENCH_PEERS", sys.executable)
SIZE = 10 * MB
RUNS = 5
AUTOCORRECT = (
    "import sys, autocorrect_py as peer;"
    "sys.stdout.buffer.write(peer.format(open(sys.argv[1], encoding='utf-8').read()).encode())"
)
PANGU = (
    "const peer = require('pangu'), space = peer.spacingText ? peer : peer.default;"
    "process.stdout.write(space.spacingText(require('fs').readFileSync(process.argv[1], 'utf8')))"
)


def main() -> None:
    """Prints CPU seconds and MB of UTF-8 a second of each, and how many times as fast texttool is."""
    with_folder(_whole_process)
    punct_speed.main()


def _whole_process(folder: Path) -> None:
    path = repeated(REPORT, SIZE, folder)
    print(f"whole process, {path.name}")
    _line("texttool punct", path, median_cost((TEXTTOOL, "punct", str(path)), RUNS).cpu)
    for name, command, there in _peers():
        if there:
            _beside(name, command, path)
        else:
            print(f"{name} is not installed: no peer")


def _peers() -> tuple[tuple[str, tuple[str, ...], bool], ...]:
    """Each peer: its name, the command that a path completes, whether it can be run."""
    node = shutil.which("node") or "node"
    return (
        ("autocorrect", (PEERS, "-c", AUTOCORRECT), _runs(PEERS, "-c", "import autocorrect_py")),
        ("pangu", (node, "-e", PANGU), _runs(node, "-e", "require('pangu')")),
    )


def _runs(*command: str) -> bool:
    try:
        return not subprocess.run(command, capture_output=True, check=False).returncode
    except OSError:
        return False


def _beside(name: str, command: tuple[str, ...], path: Path) -> None:
    """Both in turn, and the median of the ratios pair by pair."""
    ours, theirs = (TEXTTOOL, "punct", str(path)), (*command, str(path))
    mine, peer, share = ratio(ours, theirs, RUNS)
    _line("texttool punct", path, mine)
    _line(name, path, peer)
    print(f"{'':16} {1 / share:.1f} x {name}")


def _line(name: str, path: Path, cpu: float) -> None:
    size = path.stat().st_size / MB
    print(f"{name:16} {size:3.0f} MB  {cpu:6.2f} s CPU  {size / cpu:6.1f} MB/s", flush=True)


if __name__ == "__main__":
    main()
