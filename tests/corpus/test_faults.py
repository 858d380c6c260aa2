"""The n-th call to the system fails: the old file stays, nothing is left over, and the file is named."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import COMMAND

OLD, NEW = "甲乙,丙丁。\n" * 400, "甲乙，丙丁。\n" * 400

# Counts the calls that change files, and makes the n-th fail with EIO; says how many there were.
FAULT = """
import errno, os, sys
from pathlib import Path
n, seen = int(sys.argv.pop(1)), [0]
def failing(name, module):
    real = getattr(module, name)
    def call(*arguments, **more):
        seen[0] += 1
        if seen[0] == n:
            raise OSError(errno.EIO, "Input/output error")
        return real(*arguments, **more)
    setattr(module, name, call)
from texttool.__main__ import main
import texttool.corpus.batch, texttool.aside
for name in ("fsync", "fchmod", "fchown", "link", "fdopen", "ftruncate"):
    failing(name, os)
failing("replace", Path)
sys.argv[0] = "texttool"
try:
    main()
finally:
    sys.stderr.write(f"calls={seen[0]}\\n")
"""


def test_the_nth_fault_leaves_the_old_file_and_no_litter(tmp_path: Path) -> None:
    path, trail = tmp_path / "a.txt", tmp_path / "t.jsonl"
    refused = 0
    for n in range(1, 40):
        path.write_text(OLD, "utf-8")
        trail.unlink(missing_ok=True)
        command = [sys.executable, "-c", FAULT, str(n), "punct", "-i", "-q", str(path), "--audit", str(trail)]
        done = subprocess.run(command, capture_output=True, timeout=60, check=False)
        calls = int(done.stderr.rsplit(b"calls=", 1)[1])
        assert {entry.name for entry in tmp_path.iterdir()} <= {"a.txt", "t.jsonl"}
        assert path.read_text("utf-8") in (OLD, NEW)
        if done.returncode == 0:
            # A fault that stopped nothing was that of a folder's own synchronisation, which not every system has.
            assert path.read_text("utf-8") == NEW
        else:
            refused += 1
            assert done.returncode == 2
            assert path.read_text("utf-8") == OLD or b"t.jsonl" in done.stderr
            assert b"Input/output error" in done.stderr
        if calls < n:
            break
    else:
        pytest.fail("no end of calls")
    assert refused >= 4


@pytest.mark.parametrize("name", ["a.txt", "a.jsonl"])
def test_a_full_disk_leaves_the_old_file_and_is_told(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    old = OLD if name == "a.txt" else '{"text":"甲乙,丙丁。"}\n' * 400
    path.write_text(old, "utf-8")

    def small() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))

    done = subprocess.run([COMMAND, "punct", "-i", str(path)], capture_output=True, preexec_fn=small, check=False)
    assert (done.returncode, done.stderr.decode()) == (2, f"texttool: {path}: File too large\n")
    assert path.read_text("utf-8") == old
    assert [entry.name for entry in tmp_path.iterdir()] == [name]


def test_names_that_are_hostile_are_read_and_shown_safely(tmp_path: Path) -> None:
    names = ["new\nline.txt", "-rf.txt", "\x1b[31mred.txt", "‮right.txt", "sp ace'\"$x.txt", os.fsdecode(b"\xff.txt")]
    for name in names:
        (tmp_path / name).write_text("甲,乙", "utf-8")
    (tmp_path / "\x1b]0;title\x07.txt").symlink_to("gone")
    manifest = tmp_path.parent / f"{tmp_path.name}.jsonl"
    done = subprocess.run(
        [COMMAND, "punct", str(tmp_path), "-o", f"{tmp_path}-out", "-j2", "--manifest", str(manifest)],
        capture_output=True,
        check=False,
    )
    assert done.returncode == 2
    assert {path.name for path in Path(f"{tmp_path}-out").iterdir()} == set(names)
    assert not any(char in done.stderr.decode() for char in "\x1b\x07‮")
    assert manifest.read_bytes().count(b"\n") == 1 + len(names) + 1
