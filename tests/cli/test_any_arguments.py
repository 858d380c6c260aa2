"""Whatever is on the command line or in the configuration: an ending that is documented, one line, no traceback."""

from __future__ import annotations

import contextlib
import io
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import COMMAND
from tests.strategies import laws
from texttool import __main__, streams
from texttool.cli import COMMANDS, main
from texttool.config import settings as keys

WORDS = [
    *("a.txt", "no.txt", ".", "", "-", "--", "out", "/dev/null", "../x", "a.txt:1:1", "甲", "\x1b", "{", "*", "="),
    *("PN", "PN101", "XX", "a=PN", "1/2", "0/0", "-1", "1e9"),
    *("utf-8", "gbk", "utf-99", "json", "sarif", "s2t", "first", "zh-CN", "ocr-report"),
]


def many(examples: int) -> settings:
    """As ``laws``, with fixtures that hold for all examples."""
    return settings(laws(examples), suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


def flags() -> list[str]:
    """Every option of every command."""
    context = click.Context(main)
    found = set[str]()
    for name in COMMANDS:
        command = main.get_command(context, name)
        assert command is not None
        found.update(flag for param in command.params for flag in param.opts if flag.startswith("-"))
    return sorted(found - {"--traceback"})


WORD = st.one_of(st.sampled_from(flags()), st.sampled_from(WORDS), st.text(max_size=6).filter(lambda t: "\0" not in t))
LINE = st.tuples(st.sampled_from(list(COMMANDS)), st.lists(WORD, max_size=5)).map(lambda parts: [parts[0], *parts[1]])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    made = tmp_path_factory.mktemp("here")
    before = Path.cwd()
    os.chdir(made)
    yield made
    os.chdir(before)


def ended(arguments: list[str], monkeypatch: pytest.MonkeyPatch) -> tuple[int, str]:
    """Status and messages of one command line, in this process: what ``__main__`` does but for signals."""
    told = io.StringIO()
    with monkeypatch.context() as patch:
        patch.setattr(streams, "say", lambda line: told.write(f"texttool: {line}\n"))
        patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("甲,乙\n".encode())))
        patch.setattr(sys, "stdout", io.TextIOWrapper(io.BytesIO()))
        with contextlib.suppress(SystemExit):
            return __main__._run(arguments), told.getvalue()
    raise AssertionError("it left by itself")


@many(400)
@given(line=LINE)
def test_any_command_line_ends_as_documented(folder: Path, monkeypatch: pytest.MonkeyPatch, line: list[str]) -> None:
    for path in folder.iterdir():
        if path.is_file():
            path.unlink()
    (folder / "a.txt").write_text("甲,乙\n丙。\n", "utf-8")
    status, told = ended(line, monkeypatch)
    assert status in (0, 1, 2)
    assert "Traceback" not in told
    assert "internal error" not in told
    assert status != 2 or told


VALUES = [
    *('""', '"PN"', '"\\u0000"', '["PN"]', "[1]", "7", "-1", "nan", "true", "1979-05-27"),
    *("{}", '{ "*" = ["LW"] }', "{ a = 1 }"),
]
VALUE = st.sampled_from(VALUES)
KEY = st.one_of(st.sampled_from(sorted(keys())), st.sampled_from(["extend", "rules", "rule-timeout", "x y", "选"]))


@many(300)
@given(
    lines=st.lists(st.tuples(KEY, VALUE), max_size=4, unique_by=lambda row: row[0]),
    tail=st.text("[]{}=\"'#a\n甲\x00", max_size=6),
)
def test_any_configuration_is_read_or_refused_in_one_line(
    folder: Path, monkeypatch: pytest.MonkeyPatch, lines: list[tuple[str, str]], tail: str
) -> None:
    made = "".join(f'"{key}" = {value}\n' for key, value in lines) + tail
    (folder / "texttool.toml").write_text(made, "utf-8")
    (folder / "a.txt").write_text("甲,乙\n丙。\n", "utf-8")
    status, told = ended(["lint", "a.txt"], monkeypatch)
    (folder / "texttool.toml").unlink()
    assert status in (0, 1, 2)
    assert "internal error" not in told
    assert status != 2 or (told.count("\n") == 1 and told.startswith("texttool: "))


@pytest.mark.parametrize("line", ["rules = ['mine.toml']", "[plugins]\nmine = 'x:y'", "[rules.XX101]\nsub = '(a+)+$'"])
def test_a_configuration_brings_no_rules_and_no_code(tmp_path: Path, line: str) -> None:
    (tmp_path / "texttool.toml").write_text(line, "utf-8")
    done = subprocess.run([COMMAND, "lint", "-"], input=b"a" * 30, cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode == 2
    assert done.stderr.count(b"\n") == 1
    assert b"unknown key" in done.stderr or b"is no setting" in done.stderr or b"unknown" in done.stderr
