from __future__ import annotations

from typing import Any

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
