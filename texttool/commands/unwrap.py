"""``unwrap``: a filter like the others, which can also say why it joins or keeps each line break."""

from __future__ import annotations

from typing import Any

import click

from texttool import cli, helped
from texttool.commands.clean import ABOUT, run_with


@helped.command("unwrap", short_help=ABOUT["unwrap"], help=ABOUT["unwrap"])
@cli.INPUT
@cli.LAYOUT
@helped.option("--explain", is_flag=True, help="Print the verdict on every line break with its evidence, not the text.")
@cli.ENCODING
@cli.OUTPUT
def _unwrap(explain: bool, **given: Any) -> int:
    if not explain:
        return run_with(given, concatenate=True, filters=("unwrap",))
    from texttool.corpus import verdicts

    paths = given.pop("paths")
    return verdicts.explain(paths, cli.settled(paths, given))


def command(_name: str) -> click.Command:
    """The command."""
    return _unwrap
