"""Which rules look at which files: prefixes, files of a pattern, excludes, ignore files, lists of files."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import COMMAND
from texttool import rulebook
from texttool.ignores import matcher

BAD = "你好,世界你好,世界。\n"


def lint(*args: str, cwd: Path, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([COMMAND, "lint", *args], cwd=cwd, input=stdin, capture_output=True, timeout=60, check=False)


def files(*args: str, cwd: Path, stdin: bytes = b"") -> list[str]:
    done = lint(*args, cwd=cwd, stdin=stdin)
    assert done.stderr == b""
    return sorted({os.fsdecode(line).split(":")[0] for line in done.stdout.splitlines()})


def plant(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(BAD, "utf-8")


CODES = [rule.code for rule in rulebook.every_rule()]
prefixes = st.lists(st.sampled_from(CODES).flatmap(lambda code: st.sampled_from([code[:n] for n in (1, 2, 3, 4, 5)])))


@given(select=st.none() | prefixes, extend=prefixes, ignore=prefixes)
def test_the_longest_prefix_wins_and_what_is_said_beats_the_default(
    select: list[str] | None, extend: list[str], ignore: list[str]
) -> None:
    chosen = {rule.code for rule in rulebook.rules(select=select, extend=extend, ignore=ignore)}
    for rule in rulebook.every_rule():
        for_ = [len(one) for one in [*(select or []), *extend] if rule.code.startswith(one)]
        against = [len(one) for one in ignore if rule.code.startswith(one)]
        if for_ or against:
            wanted = max(for_, default=0 if rule.default and select is None else -1) > max(against, default=-1)
        else:
            wanted = select is None and rule.default
        assert (rule.code in chosen) == wanted


def test_extend_select_adds_to_what_runs_by_default(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("我有iPhone手机,你有吗。\n", "utf-8")
    by_default = lint("a.txt", cwd=tmp_path).stdout
    more = lint("--extend-select", "SP101", "a.txt", cwd=tmp_path).stdout
    assert b"SP101" not in by_default != b""
    assert [line for line in more.splitlines() if b"SP101" not in line] == by_default.splitlines()
    assert more != by_default


@pytest.mark.parametrize("option", ["--select=", "--ignore=", "--extend-select=", "--per-file-ignores=x/**="])
def test_an_unknown_code_is_told_with_the_nearest(tmp_path: Path, option: str) -> None:
    plant(tmp_path, "a.txt")
    done = lint(f"{option}PN110,PN999", "a.txt", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"unknown rule code 'PN999'; did you mean 'PN" in done.stderr


def test_rules_are_ignored_in_the_files_of_a_pattern(tmp_path: Path) -> None:
    plant(tmp_path, "a.txt", "poetry/b.txt", "poetry/c/d.txt", "e.md")
    config = '[per-file-ignores]\n"poetry/**" = ["PN"]\n"*.md" = ["PN101"]\n'
    (tmp_path / "texttool.toml").write_text(config, "utf-8")
    assert files(".", cwd=tmp_path) == ["a.txt"]
    assert files("--select", "PN101", ".", cwd=tmp_path) == ["a.txt"]
    assert files("b.txt", "../a.txt", cwd=tmp_path / "poetry") == ["../a.txt"]
    assert files("--per-file-ignores", "a.*=PN", ".", cwd=tmp_path) == ["e.md", "poetry/b.txt", "poetry/c/d.txt"]
    cleaned = subprocess.run([COMMAND, "clean", "poetry/b.txt"], cwd=tmp_path, capture_output=True, check=True).stdout
    assert cleaned.decode() == BAD
    assert lint("--per-file-ignores", "PN", "a.txt", cwd=tmp_path).returncode == 2


def test_standard_input_is_ignored_by_the_name_it_is_given(tmp_path: Path) -> None:
    args = ("--per-file-ignores", "poetry/**=PN", "-")
    assert lint(*args, cwd=tmp_path, stdin=BAD.encode()).returncode == 1
    named = lint("--stdin-filename", "poetry/x.txt", *args, cwd=tmp_path, stdin=BAD.encode())
    assert (named.returncode, named.stdout) == (0, b"")
    assert files("--stdin-filename", "x.txt", "-", cwd=tmp_path, stdin=BAD.encode()) == ["x.txt"]


def test_excluded_files_are_left_out_below_folders(tmp_path: Path) -> None:
    plant(tmp_path, "a.txt", "out/b.txt", "in/out/c.txt", "in/d.txt", "in/keep.txt")
    assert files("--exclude", "out/", ".", cwd=tmp_path) == ["a.txt", "in/d.txt", "in/keep.txt"]
    assert files("--exclude", "/out", ".", cwd=tmp_path) == ["a.txt", "in/d.txt", "in/keep.txt", "in/out/c.txt"]
    assert files("--exclude", "in/*", "--exclude", "!in/keep.txt", "in", cwd=tmp_path) == ["in/keep.txt"]
    assert files("-q", "--exclude", "*.txt", ".", "a.txt", cwd=tmp_path) == ["a.txt"]
    assert files("-q", "--exclude", "*.txt", "--force-exclude", ".", "a.txt", cwd=tmp_path) == []
    assert files("--exclude", "*.txt", "--force-exclude", "a.txt", cwd=tmp_path) == []  # and does not wait for input


def test_ignore_files_are_heeded_as_git_does(tmp_path: Path) -> None:
    names = ("a.txt", "b.tmp.txt", "sub/c.txt", "sub/keep.tmp.txt", "sub/deep/e.txt", "drop/f.txt")
    plant(tmp_path, *names)
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    (tmp_path / ".gitignore").write_text("*.tmp.txt\n/drop/\n# e.txt\n", "utf-8")
    (tmp_path / "sub" / ".gitignore").write_text("!keep.tmp.txt\ndeep\n", "utf-8")
    args = ["git", "ls-files", "-co", "--exclude-standard", "--", "*.txt"]
    listed = subprocess.run(args, cwd=tmp_path, capture_output=True, check=True).stdout.decode().split()
    assert files(".", cwd=tmp_path) == sorted(listed) == ["a.txt", "sub/c.txt", "sub/keep.tmp.txt"]
    assert files("sub", cwd=tmp_path) == ["sub/c.txt", "sub/keep.tmp.txt"]
    assert files(".", cwd=tmp_path / "sub") == ["c.txt", "keep.tmp.txt"]
    assert files("--no-ignore", ".", cwd=tmp_path) == sorted(names)
    assert files("b.tmp.txt", cwd=tmp_path) == ["b.tmp.txt"]


def test_an_ignore_file_above_counts_only_inside_one_repository(tmp_path: Path) -> None:
    plant(tmp_path, "sub/a.txt")
    (tmp_path / ".gitignore").write_text("*.txt\n", "utf-8")
    assert files("sub", cwd=tmp_path) == ["sub/a.txt"]
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    assert files("-q", "sub", cwd=tmp_path) == []


def test_clean_leaves_out_what_lint_does(tmp_path: Path) -> None:
    plant(tmp_path, "in/a.txt", "in/b.txt")
    (tmp_path / "in" / ".gitignore").write_text("b.txt\n", "utf-8")
    subprocess.run([COMMAND, "clean", "-q", "in", "-o", "out"], cwd=tmp_path, check=True)
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["a.txt"]


def test_paths_from_a_file_or_from_standard_input(tmp_path: Path) -> None:
    plant(tmp_path, "a.txt", "-b.txt", "new\nline.txt", "c.txt")
    (tmp_path / "list").write_bytes(b"a.txt\r\n\n-b.txt\n")
    assert files("--files-from", "list", cwd=tmp_path) == ["-b.txt", "a.txt"]
    assert files("--files-from", "list", "c.txt", cwd=tmp_path) == ["-b.txt", "a.txt", "c.txt"]
    assert files("--files-from", "-", "-0", cwd=tmp_path, stdin=b"new\nline.txt\0") == ["new⏎line.txt"]
    empty = lint("--files-from", "-", cwd=tmp_path, stdin=b"")
    assert (empty.returncode, empty.stdout, empty.stderr) == (0, b"", b"")
    assert lint("--files-from", "none", cwd=tmp_path).returncode == 2


@pytest.mark.parametrize(
    ("pattern", "path", "matches"),
    [
        ("poetry/**", "poetry/a/b.txt", True),
        ("poetry/**", "prose/poetry/a.txt", False),
        ("poetry/", "prose/poetry/a.txt", True),
        ("*.md", "a/b.md", True),
        ("/a.md", "b/a.md", False),
        ("**/x/*.txt", "a/b/x/c.txt", True),
    ],
)
def test_patterns_are_those_of_gitignore(tmp_path: Path, pattern: str, path: str, matches: bool) -> None:
    assert matcher((pattern,), tmp_path)(str(tmp_path / path)) == matches
