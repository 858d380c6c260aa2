"""The commands there are, imported when they are run or listed; and what is meant by one that there is not."""

from __future__ import annotations

import os
from importlib import import_module
from typing import Any

import click

from texttool.filters import ORDER

# Filters that change nothing have no command of their own: `lint` prints what they find.
REPORTS_ONLY = ("structure",)

# command -> the module under texttool/commands that makes it
COMMANDS = {
    "clean": "clean",
    "lint": "lint",
    **{name: "clean" for name in ORDER if name not in REPORTS_ONLY},
    "unwrap": "unwrap",
    "convert": "convert",
    "dedup": "dedup",
    "detect": "detect",
    "doctor": "doctor",
    "stats": "stats",
    "report": "report",
    "review": "review",
    "undo": "undo",
    "trace": "trace",
    "rules": "rules",
    "config": "config",
    "init": "init",
}


class LazyGroup(click.Group):
    """A group that imports a command when it is run, or when help lists it."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """As in click; ``help`` and ``help COMMAND`` are ``--help``, as people know it from git and cargo."""
        while args[:1] == ["help"]:
            args = [*args[1:], "--help"]
        return super().parse_args(ctx, args)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Names in the order in which people meet them, not the alphabet's."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command, imported now; None for a name that is none."""
        if cmd_name not in COMMANDS:
            return None
        made: click.Command = import_module(f"texttool.commands.{COMMANDS[cmd_name]}").command(cmd_name)
        return made

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As in click, with the command that was probably meant."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            raise click.UsageError(error.message + _meant(args[0]), ctx) from error

    def invoke(self, ctx: click.Context) -> Any:
        """As in click, with the first command that has an option, where the one that was given has not."""
        try:
            return super().invoke(ctx)
        except click.NoSuchOption as error:
            for name in COMMANDS:
                command = self.get_command(ctx, name)
                if command and any(error.option_name in param.opts for param in command.params):
                    raise click.UsageError(f"{error.message} `texttool {name}` has it.", error.ctx) from error
            raise


def _meant(name: str) -> str:
    """What may be meant by a command that there is not; a path stands behind a command."""
    from difflib import get_close_matches

    near = get_close_matches(name, COMMANDS, n=1)
    if near:
        return f" Did you mean {near[0]!r}?"
    return f" A command goes before a path: texttool doctor {name}" if os.path.lexists(name) else ""
