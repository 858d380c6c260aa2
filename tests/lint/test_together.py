"""Small files are linted together, and nobody can tell: not from what is found, nor from what is said and when."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.conftest import COMMAND, ROOT
from texttool.corpus.checking import TOGETHER
from texttool.last import SMALL

SAMPLES = sorted((ROOT / "samples").glob("*/in.txt"))


def lint(*args: str, cwd: Path) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([COMMAND, "lint", *args], cwd=cwd, capture_output=True, timeout=120, check=False)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """More files than are linted together, among them a large one, one with markup, and one that is no text."""
    top = tmp_path_factory.mktemp("together")
    lines = [line for sample in SAMPLES for line in sample.read_bytes().splitlines(keepends=True)]
    for i in range(2 * TOGETHER + 5):
        (top / f"{i:03}.txt").write_bytes(b"".join(lines[i : i + 9]))
    (top / "010.txt").write_bytes(b"\0binary")
    (top / "011.txt").write_bytes(b"")
    (top / "012.txt").write_text("你好,世界。\n" * SMALL, "utf-8")
    (top / "013.md").write_text("# 一\n\n你好,世界。`一,二`\n", "utf-8")
    return top


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_many_files_are_as_each_alone(folder: Path, jobs: str) -> None:
    names = sorted(path.name for path in folder.iterdir() if path.is_file())
    together = lint("--max-findings", "5", "-j", jobs, *names, "no-such.txt", cwd=folder)
    apart = [lint("--max-findings", "5", name, cwd=folder) for name in names[:16]]
    said = together.stderr.splitlines()
    assert together.returncode == 2
    assert sum(bool(done.stdout) for done in apart) > 5
    assert together.stdout.startswith(b"".join(done.stdout for done in apart))
    first = [line for done in apart for line in done.stderr.splitlines()]
    assert said[: len(first)] == first
    assert said[-1].startswith(b"texttool: no-such.txt: ")
