"""The punct command beside autocorrect on one report, whole process by whole process; then the filters alone.

autocorrect-py is a peer where the interpreter that ``BENCH_PEERS`` names (default: this one) can import it.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from bench import punct_speed
from bench.measure import MB, REPORT, TEXTTOOL, median_cost, ratio, repeated, with_folder

PEERS = os.environ.get("BENCH_PEERS", sys.executable)
SIZE = 10 * MB
RUNS = 3
AUTOCORRECT = (
    "import sys, autocorrect_py as peer;"
    "sys.stdout.buffer.write(peer.format(open(sys.argv[1], encoding='utf-8').read()).encode())"
)


def main() -> None:
    """Prints CPU seconds and MB of UTF-8 a second of both, and how many times as fast texttool is."""
    with_folder(_whole_process)
    punct_speed.main()


def _whole_process(folder: Path) -> None:
    path = repeated(REPORT, SIZE, folder)
    size = path.stat().st_size / MB
    ours, theirs = (TEXTTOOL, "punct", str(path)), (PEERS, "-c", AUTOCORRECT, str(path))
    print(f"whole process, {path.name}")
    if subprocess.run((PEERS, "-c", "import autocorrect_py"), capture_output=True, check=False).returncode:
        print("autocorrect-py is not installed: no peer")
        _line("texttool punct", size, median_cost(ours, RUNS).cpu)
        return
    mine, peer, share = ratio(ours, theirs, RUNS)
    _line("texttool punct", size, mine)
    _line("autocorrect", size, peer)
    print(f"{'':16} {1 / share:.1f} x autocorrect")


def _line(name: str, size: float, cpu: float) -> None:
    print(f"{name:16} {size:3.0f} MB  {cpu:6.2f} s CPU  {size / cpu:6.1f} MB/s", flush=True)


if __name__ == "__main__":
    main()
