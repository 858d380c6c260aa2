"""What a folder's walk leaves out is told where a run sums up what it did; so is a folder with nothing to read."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.conftest import COMMAND

COMMANDS = (("clean", "-o", "out"), ("punct", "-o", "out"), ("lint",), ("doctor",), ("stats",), ("dedup",))


def call(cwd: Path, *args: str) -> tuple[int, str]:
    done = subprocess.run([COMMAND, *args], cwd=cwd, capture_output=True, check=False)
    return done.returncode, done.stderr.decode()


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    """Eight files that are left out and three folders: only a.txt is read, and p.png is looked into."""
    root = tmp_path / "in"
    texts = {"a.txt": "好。\n", ".gitignore": "drafts/\nold*\n", "old.txt": "旧。\n", "drafts/b.txt": "", ".git/c": ""}
    tables = dict.fromkeys(("a.csv", "b.csv", "sub/c.CSV.gz", "x.py", "sub/.hidden"), "a,b\n")
    for name, text in {**texts, **tables}.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8")
    (root / "p.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")
    (tmp_path / "elsewhere.txt").write_text("好。\n", "utf-8")
    (root / "link.txt").symlink_to(tmp_path / "elsewhere.txt")
    (root / "loop").symlink_to(root)
    return tmp_path


LEFT = (
    "texttool: 8 files and 3 folders left out (not text: .csv 3, .py 1; ignored: 2; hidden: 3; links not followed: 2)\n"
)


def test_the_summary_counts_what_was_left_out(mixed: Path) -> None:
    code, said = call(mixed, "clean", "in", "-o", "out")
    assert (code, said.splitlines(keepends=True)[1:]) == (
        0,
        ["texttool: 1 unchanged, 1 skipped (1 binary)\n", LEFT],
    )
    assert LEFT in call(mixed, "clean", "-v", "--check", "in")[1]


@pytest.mark.parametrize("command", [("clean", "-q", "-o", "out"), ("clean", "--check"), ("lint",)])
def test_without_a_summary_nothing_is_counted(mixed: Path, command: tuple[str, ...]) -> None:
    assert "left out" not in call(mixed, *command, "in")[1]


def test_files_that_are_named_are_never_left_out(mixed: Path) -> None:
    assert "left out" not in call(mixed, "clean", "in/a.txt", "in/old.txt", "-o", "out")[1]


@pytest.mark.parametrize("command", COMMANDS)
def test_a_folder_with_nothing_to_read_is_told(tmp_path: Path, command: tuple[str, ...]) -> None:
    (tmp_path / "in").mkdir()
    assert call(tmp_path, *command, "in") == (0, "texttool: no text files in in\n")
    (tmp_path / "in" / "x.py").write_text("x = 1\n")
    (tmp_path / "in" / ".x").write_text("x = 1\n")
    left = "texttool: 2 files left out (not text: .py 1; hidden: 1)\n"
    assert call(tmp_path, *command, "in") == (0, f"texttool: no text files in in\n{left}")
    assert call(tmp_path, *command, "-q", "in") == (0, "")
    (tmp_path / "in" / "a.txt").write_text("好。\n", "utf-8")
    assert "no text files" not in call(tmp_path, *command, "in")[1]


def test_many_kinds_are_summed_up(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for i, end in enumerate((".py", ".csv", ".json", ".yaml", ".js", ".css"), 1):
        for n in range(i):
            (tmp_path / "in" / f"{n}{end}").write_text("")
    _, said = call(tmp_path, "lint", "in")
    assert said.endswith("21 files left out (not text: .css 6, .js 5, .yaml 4, .json 3, others 3)\n")


def test_detect_tells_of_such_a_folder(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    assert call(tmp_path, "detect", "in") == (0, "texttool: no text files in in\n")
