from __future__ import annotations

import os
import subprocess
from typing import Any

import pytest

from tests.conftest import COMMAND
from texttool import cli
from texttool.filters import ORDER, unwrap


def test_every_filter_that_edits_is_a_command() -> None:
    assert set(ORDER) - set(cli.COMMANDS) == set(cli.REPORTS_ONLY)


def test_the_layouts_offered_are_those_that_unwrap_knows() -> None:
    command: Any = cli.main.get_command(None, "unwrap")  # type: ignore[arg-type]
    [option] = [option for option in command.params if option.name == "layout"]
    assert tuple(option.type.choices) == unwrap.LAYOUTS


def test_every_command_has_help() -> None:
    for name in cli.COMMANDS:
        command = cli.main.get_command(None, name)  # type: ignore[arg-type]
        assert command is not None
        assert command.help
        assert all(option.help for option in command.params if option.param_type_name == "option")  # type: ignore[attr-defined]


def test_every_summary_is_whole_where_a_line_has_80_columns() -> None:
    told = subprocess.run([COMMAND, "--help"], env={**os.environ, "COLUMNS": "80"}, capture_output=True, check=True)
    listed = told.stdout.decode().partition("Commands:\n")[2].partition("\n\n")[0].splitlines()
    assert [line.split()[0] for line in listed] == list(cli.COMMANDS)  # a line for each, and no second one
    assert [line for line in listed if line.endswith("...") or not line.endswith(".") or len(line) > 80] == []


@pytest.mark.parametrize(
    ("asked", "told"),
    [(["help"], ["--help"]), (["help", "convert"], ["convert", "--help"]), (["help", "help"], ["-h"])],
)
def test_help_is_a_word_too(asked: list[str], told: list[str]) -> None:
    one, other = (subprocess.run([COMMAND, *args], capture_output=True, check=True).stdout for args in (asked, told))
    assert one == other
    assert one.startswith(b"Usage: texttool ")
