"""How ``doctor``, ``stats`` and ``report`` end: signals, closed pipes, full disks. How runs show how far they are."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from pathlib import Path

import pexpect
import pytest

from tests.cli.test_process import shell
from tests.conftest import COMMAND, ROOT

SAMPLE = ROOT / "samples" / "work-report" / "in.txt"


@pytest.fixture
def many(tmp_path: Path) -> Path:
    root = tmp_path / "in"
    root.mkdir()
    for i in range(600):
        (root / f"{i:03}.txt").write_bytes(SAMPLE.read_bytes())
    return root


def children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()]


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="there is no list of child processes here")
@pytest.mark.parametrize("command", ["doctor", "stats --findings", "report -o r.html"])
def test_a_signal_ends_it_with_its_processes_and_leaves_nothing(many: Path, command: str) -> None:
    args = [COMMAND, *command.split(), "-j", "2", str(many)]
    running = subprocess.Popen(args, cwd=many.parent, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    workers: list[int] = []
    while len(workers) < 2 and running.poll() is None:
        time.sleep(0.02)
        workers = children(running.pid)
    running.send_signal(signal.SIGINT)
    out, err = running.communicate(timeout=30)
    assert (running.returncode, out, err) == (-signal.SIGINT, b"", b"")
    assert [path.name for path in many.parent.iterdir()] == ["in"]
    until = time.monotonic() + 20  # one that was being made when the signal came ends when its pipe does
    while [pid for pid in workers if Path(f"/proc/{pid}").exists()] and time.monotonic() < until:
        time.sleep(0.05)
    assert not [pid for pid in workers if Path(f"/proc/{pid}").exists()]


def test_a_closed_reader_ends_it_quietly(many: Path) -> None:
    line = f'"$TT" stats --each --output-format json "{many}" | head -n 1 >/dev/null; exit "${{PIPESTATUS[0]}}"'
    done = shell(line)
    assert (done.returncode, done.stderr) == (128 + signal.SIGPIPE, b"")


@pytest.mark.parametrize("command", ["report", "stats --output-format csv", "doctor --output-format json"])
def test_a_full_disk_is_told(command: str) -> None:
    done = shell(f'"$TT" {command} -q "{SAMPLE}" >/dev/full')
    assert (done.returncode, done.stderr) == (2, b"texttool: standard output: No space left on device\n")


@pytest.mark.parametrize("args", [["stats"], ["doctor"], ["lint", "--output-file", "out.txt"]])
@pytest.mark.parametrize("columns", [40, 100])
def test_a_run_over_many_files_shows_how_far_it_is(many: Path, args: list[str], columns: int) -> None:
    child = pexpect.spawn(
        COMMAND,
        [*args, str(many)],
        cwd=str(many.parent),
        dimensions=(24, columns),
        encoding="utf-8",
        timeout=120,
        env={**os.environ, "TERM": "xterm"},
    )
    child.expect("of 600 files")
    child.sendintr()
    child.expect(pexpect.EOF)
    child.close()
    assert child.signalstatus == signal.SIGINT


def test_what_is_written_to_the_terminal_shows_by_itself(many: Path) -> None:
    child = pexpect.spawn(COMMAND, ["stats", "--each", str(many)], dimensions=(24, 100), encoding="utf-8", timeout=120)
    child.expect("599.txt")
    assert "of 600 files" not in str(child.before)
    child.close(force=True)
