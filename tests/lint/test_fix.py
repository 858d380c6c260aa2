"""lint and clean agree; what --fix mends stays mended, whole or not at all."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest
from hypothesis import given

import texttool
from tests.conftest import COMMAND, SAMPLES
from tests.strategies import laws, texts
from texttool import cli, rulebook
from texttool.config import Options
from texttool.corpus.checking import Checker
from texttool.report import fixable
from texttool.walk import Input

BAD = "你好,世界你好,世界。\n第一条 「你好」\n"
GOOD = "你好，世界你好，世界。\n第一条 「你好」\n"


def state(path: Path) -> tuple[int, ...]:
    """What a write would change."""
    found = path.stat()
    return found.st_ino, found.st_mtime_ns, found.st_ctime_ns


def lint(*args: str, cwd: Path, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([COMMAND, "lint", *args], cwd=cwd, input=stdin, capture_output=True, timeout=60, check=False)


@given(texts)
@laws(150)
def test_nothing_to_fix_is_nothing_to_clean(source: str) -> None:
    for unsafe in (False, True):
        fixes = [one for one in texttool.lint(source, unsafe=unsafe) if fixable(one, unsafe=unsafe)]
        cleaned = texttool.clean(source, unsafe=unsafe)
        assert bool(fixes) == bool(cleaned.edits())
        # Of what was cleaned too: that there is nothing left to clean is a law of `clean`, tested as one.
        left = [one for one in texttool.lint(cleaned.text, unsafe=unsafe) if fixable(one, unsafe=unsafe)]
        assert bool(left) == bool(texttool.clean(cleaned.text, unsafe=unsafe).edits())


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.name)
def test_fixing_a_sample_is_cleaning_it_and_leaves_nothing_to_fix(sample: Path, tmp_path: Path) -> None:
    path = tmp_path / "in.txt"
    path.write_bytes((sample / "in.txt").read_bytes())
    args = [COMMAND, "clean", "--to", "same", "in.txt"]
    cleaned = subprocess.run(args, cwd=tmp_path, capture_output=True, check=False).stdout
    lint("--fix", "in.txt", cwd=tmp_path)
    assert path.read_bytes() == cleaned
    left = [json.loads(line) for line in lint("--output-format", "jsonl", "in.txt", cwd=tmp_path).stdout.splitlines()]
    assert not [entry for entry in left if entry["safe"] and entry["put"] != entry["found"]]
    before = state(path)
    lint("--fix", "in.txt", cwd=tmp_path)
    assert state(path) == before


def test_fix_writes_the_file_and_reports_what_is_left(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"{BAD}未闭合（好。\n", "utf-8")
    (tmp_path / "b.txt").write_text(GOOD, "utf-8")
    before = state(tmp_path / "b.txt")
    done = lint("--fix", "a.txt", "b.txt", cwd=tmp_path)
    assert (tmp_path / "a.txt").read_text("utf-8") == f"{GOOD}未闭合（好。\n"
    assert done.returncode == 1
    assert [line.split(b" ")[1] for line in done.stdout.splitlines()] == [b"ST202"]
    assert state(tmp_path / "b.txt") == before


def test_the_diff_of_lint_is_the_one_of_clean_and_writes_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(BAD, "utf-8")
    patch = lint("--diff", "a.txt", cwd=tmp_path)
    assert patch.returncode == 1
    same = subprocess.run([COMMAND, "clean", "--diff", "a.txt"], cwd=tmp_path, capture_output=True, check=False)
    assert patch.stdout == same.stdout != b""
    assert (tmp_path / "a.txt").read_text("utf-8") == BAD
    (tmp_path / "a.txt").write_text(GOOD, "utf-8")
    done = lint("--diff", "a.txt", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, b"")


def test_mended_standard_input_goes_to_standard_output(tmp_path: Path) -> None:
    done = lint("--fix", "-", cwd=tmp_path, stdin=f"{BAD}未闭合（好。\n".encode())
    assert done.stdout.decode() == f"{GOOD}未闭合（好。\n"
    assert done.stderr.startswith(b"-:3:4: ST202 ")
    assert done.returncode == 1
    done = lint("--fix", "--stdin-filename", "a.md", cwd=tmp_path, stdin="你好,世界 `你,好`。\n".encode())
    assert (done.returncode, done.stdout.decode()) == (0, "你好，世界 `你,好`。\n")


@pytest.mark.parametrize("encoding", ["utf-16", "gb18030", "utf-8-sig"])
def test_a_file_stays_in_its_encoding(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "a.txt").write_bytes(BAD.replace("\n", "\r\n").encode(encoding))
    done = lint("--fix", "--ignore", "EN103", "a.txt", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, b"")
    assert re.fullmatch(rb"texttool: a\.txt: [1-9] fixe?s? made\n", done.stderr)
    assert (tmp_path / "a.txt").read_bytes() == GOOD.replace("\n", "\r\n").encode(encoding)


def test_what_cannot_be_written_is_told_and_the_others_are_mended(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(BAD, "utf-8")
    (tmp_path / "c.txt").hardlink_to(tmp_path / "a.txt")
    done = lint("--fix", "a.txt", "no.txt", "b.txt", cwd=tmp_path)
    assert done.returncode == 2
    assert [line.split(b": ")[1] for line in done.stderr.splitlines()] == [b"a.txt", b"no.txt", b"b.txt"]
    assert done.stderr.splitlines()[2].endswith(b" made")
    assert (tmp_path / "a.txt").read_text("utf-8") == BAD
    assert (tmp_path / "b.txt").read_text("utf-8") == GOOD


def test_unsafe_fixes_are_made_when_they_are_asked_for(tmp_path: Path) -> None:
    line = "从山口吹来的风把晒在院子里的谷子吹得到处都是，老人们只好一粒一粒地捡回来，孩子们在旁边看着。\n\n"
    twice = f"{line}开会的人都走了。\n\n{line}"
    assert texttool.clean(twice).text == twice
    (tmp_path / "a.txt").write_text(twice, "utf-8")
    assert lint("--fix", "a.txt", cwd=tmp_path).returncode == 1
    assert (tmp_path / "a.txt").read_text("utf-8") == twice
    lint("--fix", "--unsafe-fixes", "a.txt", cwd=tmp_path)
    assert (tmp_path / "a.txt").read_text("utf-8") == texttool.clean(twice, unsafe=True).text != twice


def test_options_that_contradict_each_other(tmp_path: Path) -> None:
    for args in (("--fix", "--diff"), ("--diff", "--write-baseline", "b.json")):
        done = lint(*args, cwd=tmp_path)
        assert (done.returncode, done.stderr.count(b"\n")) == (2, 1)


def test_a_file_that_vanishes_is_told_and_the_others_are_linted(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text(BAD, "utf-8")
    checker = Checker(Options())
    items = [Input(tmp_path / name, Path(name)) for name in ("gone.txt", "b.txt")]  # it was there when it was listed
    gone, other = map(checker.check, items)
    assert (gone.status, gone.said) == (2, (f"{tmp_path / 'gone.txt'}: No such file or directory",))
    assert (other.status, len(other.findings)) == (1, 2)


def test_several_processes_say_the_same_in_the_same_order(tmp_path: Path) -> None:
    for i in range(70):
        (tmp_path / f"{i}.txt").write_text(BAD if i % 3 else GOOD, "utf-8")
    (tmp_path / "gone.txt").symlink_to("nowhere")
    one, two, all_ = (lint("-j", jobs, ".", cwd=tmp_path) for jobs in ("1", "2", "0"))
    assert one.returncode == 2
    assert one.stdout.count(b"\n") == 2 * 46
    assert (two.returncode, two.stdout, two.stderr) == (one.returncode, one.stdout, one.stderr)
    assert (all_.stdout, all_.stderr) == (one.stdout, one.stderr)
    mended = lint("-j", "2", "--fix", ".", cwd=tmp_path)
    assert mended.stdout == b""
    assert {path.read_text("utf-8") for path in tmp_path.glob("*[0-9].txt")} == {GOOD}


def test_the_rules_of_lint_are_those_of_clean() -> None:
    assert Checker(Options()).pipeline.rules == rulebook.rules()
    assert {"lint", "config", "init"} <= set(cli.COMMANDS)
