"""The commands with their options, as a page and as manual pages, from the command line itself."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
from click_man.core import write_man_pages

from texttool import __version__
from texttool.cli import COMMANDS, main

DATE = "2026"  # of the manual pages: the same whenever they are made
WIDTH = 100


def group() -> click.Group:
    """The command line with every command imported."""
    context = click.Context(main)
    commands = {name: command for name in COMMANDS if (command := main.get_command(context, name))}
    told: dict[str, Any] = {"help": main.help, "short_help": main.short_help, "epilog": main.epilog}
    return click.Group("texttool", commands, params=main.params, **told)


def commands() -> str:
    """What `--help` says of each command."""
    made = ["# Commands\n\nWhat `texttool COMMAND --help` says; `man texttool` has it, too, once it is installed.\n"]
    parent = click.Context(main, info_name="texttool")
    for name, command in group().commands.items():
        context = click.Context(command, info_name=name, parent=parent, max_content_width=WIDTH, terminal_width=WIDTH)
        lines = "\n".join(line.rstrip() for line in command.get_help(context).splitlines())
        made.append(f"\n## {name}\n\n```text\n{lines}\n```\n")
    return "".join(made)


def man_pages() -> Iterator[tuple[str, str]]:
    """The manual pages, by their names below ``docs/``."""
    with tempfile.TemporaryDirectory() as folder:
        write_man_pages("texttool", group(), version=__version__, target_dir=folder, date=DATE)
        for path in sorted(Path(folder).iterdir()):
            lines = [line.rstrip() for line in path.read_text("utf-8").splitlines()]
            yield f"man/{path.name}", "\n".join(line for line in lines if line) + "\n"
