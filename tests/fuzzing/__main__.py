"""Coverage-guided fuzzing: ``python -m tests.fuzzing [SECONDS [TARGET…]]``, with what the extra ``fuzz`` installs.

Each target runs for so many seconds (60) in a process of its own. Inputs that reach new code are kept in
``build/fuzz/``, to go on from; one that breaks a law is written to ``tests/cases/fuzz/``, where the tests replay it.
"""

from __future__ import annotations

import subprocess
import sys

from tests.conftest import ROOT
from tests.fuzzing.targets import TARGETS

CASES = ROOT / "tests" / "cases" / "fuzz"
SLOWEST = 20  # seconds that one input may take: what takes longer is not linear


def main(arguments: list[str]) -> int:
    """Runs the targets one after another; 1 where one of them found something."""
    seconds = int(arguments[0]) if arguments else 60
    broken = [name for name in arguments[1:] or TARGETS if not _holds(name, seconds)]
    for name in broken:
        sys.stderr.write(f"{name}: a law is broken; the input is in {CASES / name}\n")
    return int(bool(broken))


def _holds(name: str, seconds: int) -> bool:
    kept, cases = ROOT / "build" / "fuzz" / name, CASES / name
    for folder in (kept, cases):
        folder.mkdir(parents=True, exist_ok=True)
    options = [f"-max_total_time={seconds}", f"-artifact_prefix={cases}/", f"-timeout={SLOWEST}", "-max_len=400"]
    before = set(cases.iterdir())
    command = [sys.executable, "-m", "tests.fuzzing.one", name, str(cases), *options, str(kept), str(cases)]
    status = subprocess.run([*command, "-print_final_stats=1"], cwd=ROOT, check=False).returncode
    return not status and set(cases.iterdir()) == before


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
