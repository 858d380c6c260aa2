"""Every promise names its tests, and every test that is named exists."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from tests.conftest import ROOT

HERE = ROOT / "tests"
ROW = re.compile(r"^\| (\d+) \| (.+?) \| (.*) \|$", re.MULTILINE)
ROWS = ROW.findall((ROOT / "docs" / "promises.md").read_text("utf-8"))
NAMED = [(number, name) for number, _, tests in ROWS for name in re.findall(r"`([^`]+)`", tests)]


@cache
def functions(path: Path) -> set[str]:
    """The functions at the top of a module of tests."""
    return {node.name for node in ast.parse(path.read_text("utf-8")).body if isinstance(node, ast.FunctionDef)}


def test_no_promise_is_missing() -> None:
    assert [int(number) for number, *_ in ROWS] == list(range(1, 57))


@pytest.mark.parametrize(("number", "promise", "tests"), ROWS, ids=[row[0] for row in ROWS])
def test_a_promise_names_tests_and_nothing_else(number: str, promise: str, tests: str) -> None:
    assert re.fullmatch(r"`[\w/]+\.py::test_\w+`(?: `[\w/]+\.py::test_\w+`)*", tests)


@pytest.mark.parametrize(("number", "name"), NAMED, ids=[f"{number} {name}" for number, name in NAMED])
def test_a_named_test_exists(number: str, name: str) -> None:
    path, _, function = name.partition("::")
    assert function in functions(HERE / path)


def test_a_test_that_is_none_would_be_told() -> None:
    assert "test_no_such_thing" not in functions(HERE / "test_promises.py")
    assert "test_no_promise_is_missing" in functions(HERE / "test_promises.py")
