"""Patterns that are kept from one start to the next are those that ``re`` compiles, whatever lies in their place."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest

from tests.conftest import COMMAND, SAMPLES
from texttool import patterns
from texttool.rulebook import every_rule

PAGE = SAMPLES[-1] / "in.txt"


def lint(cache: Path, **env: str) -> bytes:
    told = {**os.environ, "PYTHONPYCACHEPREFIX": str(cache), **env}
    return subprocess.run([COMMAND, "lint", str(PAGE)], capture_output=True, env=told, check=False).stdout


def kept(cache: Path) -> list[Path]:
    return list(cache.rglob("patterns.*.kept"))


def test_each_is_what_re_compiles() -> None:
    for rule in every_rule():
        for text in (example for pair in rule.examples for example in pair):
            list(rule.find(text))
    made = patterns._kept()
    assert len(made) > 20
    for source, flags in made:
        assert patterns.compiled(source, flags) == re.compile(source, flags), source


def test_a_pattern_has_its_groups_by_name() -> None:
    patterns.compiled.cache_clear()
    for _ in range(2):
        m = patterns.compiled("(?P<年>[0-9]+)年(月)?").fullmatch("1998年")
        assert m and (m["年"], m[2], m.lastgroup) == ("1998", None, "年")
        patterns.compiled.cache_clear()


def test_a_broken_one_raises() -> None:
    with pytest.raises(re.error):
        patterns.compiled("[一-")


def test_they_are_kept_and_taken_again(tmp_path: Path) -> None:
    first = lint(tmp_path)
    (file,) = kept(tmp_path)
    was = file.stat()
    assert lint(tmp_path) == first
    assert file.stat().st_mtime_ns == was.st_mtime_ns  # nothing was compiled, so nothing had to be kept
    assert first


DAMAGES = (lambda data: b"", lambda data: data[:-9], lambda data: data[:99] + b"\0" + data[100:])


@pytest.mark.parametrize("damage", DAMAGES)
def test_what_is_damaged_is_made_anew(tmp_path: Path, damage: object) -> None:
    first = lint(tmp_path)
    (file,) = kept(tmp_path)
    whole = file.read_bytes()
    file.write_bytes(damage(whole))  # type: ignore[operator]
    assert lint(tmp_path) == first
    assert len(file.read_bytes()) == len(whole)


def test_nothing_is_written_where_python_writes_nothing(tmp_path: Path) -> None:
    first = lint(tmp_path, PYTHONDONTWRITEBYTECODE="1")
    assert not kept(tmp_path)
    assert lint(tmp_path) == first


def test_a_folder_that_cannot_be_is_no_trouble(tmp_path: Path) -> None:
    no_folder = tmp_path / "file"
    no_folder.touch()
    assert lint(no_folder) == lint(tmp_path / "folder")
