"""Options and commands as in click, whose help is one text and is taken as it stands.

click takes the indentation out of each help by ``inspect``, which takes longer to import than click itself.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

import click

C = TypeVar("C", bound=click.Command)


class Option(click.Option):
    """As in click."""

    def __init__(self, *told: Any, help: str | None = None, **attributes: Any) -> None:  # noqa: A002 - the name in click
        super().__init__(*told, **attributes)
        self.help = help


option = partial(click.option, cls=Option)
"""The decorator of click that adds an option."""


def command(name: str, **attributes: Any) -> Callable[[Callable[..., Any]], click.Command]:
    """The decorator of click that makes a command, with the option that shows its help."""

    def decorate(function: Callable[..., Any]) -> click.Command:
        made: click.Command = click.command(name, cls=click.Command, **attributes)(function)
        return with_help(made)

    return decorate


def with_help(made: C) -> C:
    """The command with the option that shows its help, behind its other options."""
    return _help(made)


_help: Callable[[C], C] = click.help_option("-h", "--help", cls=Option)
