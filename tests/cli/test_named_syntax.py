"""A program or a table that is named is cleaned, for that was asked for; one line says that it is taken for prose."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.conftest import COMMAND

SYNTAX = "cleaned as plain text; its syntax is not known to texttool"
COLUMN = "cleaned as plain text; --field NAME cleans one column of it"


def call(cwd: Path, *args: str, data: bytes = b"") -> tuple[int, str, str]:
    done = subprocess.run([COMMAND, *args], cwd=cwd, input=data, capture_output=True, check=False)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


@pytest.mark.parametrize(
    ("name", "said"),
    [("a.py", SYNTAX), ("a.YAML", SYNTAX), (".b.toml", SYNTAX), ("a.csv", COLUMN), ("a.txt", None)],
)
def test_what_is_named_is_cleaned_and_told(tmp_path: Path, name: str, said: str | None) -> None:
    text = "他说了,我们都听见了。\n"
    (tmp_path / name).write_text(text, "utf-8")
    told = f"texttool: {name}: {said}\n" if said else ""
    assert call(tmp_path, "clean", name) == (0, text.replace(",", "，"), told)
    assert call(tmp_path, "clean", "-q", name)[2] == ""
    assert call(tmp_path, "clean", "--text", name)[2] == ""


@pytest.mark.parametrize(
    "command", [("decode",), ("mojibake",), ("convert", "--to", "s2t"), ("clean", "--recipe", "legacy-encoding")]
)
def test_rules_that_leave_syntax_alone_need_no_word(tmp_path: Path, command: tuple[str, ...]) -> None:
    (tmp_path / "a.py").write_text("x = '甲'\n", "utf-8")
    assert call(tmp_path, *command, "a.py")[2] == ""
    assert SYNTAX in call(tmp_path, "punct", "a.py")[2]


def test_it_is_told_once_a_file_and_not_of_records(tmp_path: Path) -> None:
    for name in ("a.py", "b.csv", "c.json"):
        (tmp_path / name).write_text('[{"text": "好。"}]\n' if name == "c.json" else "text\n好。\n", "utf-8")
    _, _, said = call(tmp_path, "clean", "-o", "out", "a.py", "b.csv", "c.json", "-j", "2")
    assert said.splitlines()[:3] == [
        f"texttool: a.py: {SYNTAX}",
        f"texttool: b.csv: {COLUMN}",
        f"texttool: c.json: {COLUMN}",
    ]
    _, _, said = call(tmp_path, "clean", "--field", "text", "-o", "out", "a.py", "b.csv", "c.json")
    assert "plain text" not in said.replace(f"a.py: {SYNTAX}", "")


def test_a_pipe_of_that_name_is_told_of_too(tmp_path: Path) -> None:
    _, _, said = call(tmp_path, "punct", "--stdin-filename", "a.py", data="好。\n".encode())
    assert said == f"texttool: a.py: {SYNTAX}\n"
