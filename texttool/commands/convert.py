"""``convert``: between the scripts of Chinese. What ``--to`` names is a rule that is off otherwise."""

from __future__ import annotations

from typing import Any

import click

from texttool import cli, helped, parameters
from texttool.commands.clean import run_with


@helped.command("convert", short_help="Convert between simplified and traditional Chinese.")
@cli.INPUT
@helped.option(
    "--to",
    "config",
    required=True,
    type=parameters.Conversion(),
    metavar="CONFIG",
    help="OpenCC's name: s2t, t2s, s2tw, s2twp, tw2sp, …",
)
@cli.OUTPUT
def _convert(config: str, **given: Any) -> int:
    """Convert between simplified and traditional Chinese; lines in the wanted script already stay as they are."""
    from texttool.filters.convert import conversions

    return run_with(given, concatenate=True, filters=("convert",), select=(conversions()[config],))


def command(_name: str) -> click.Command:
    """The command."""
    return _convert
