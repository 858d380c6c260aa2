"""``trace``: where a character of a cleaned text came from."""

from __future__ import annotations

from pathlib import Path

import click

from texttool import cli, helped


@helped.command("trace", short_help="Say where a character of a cleaned text came from.")
@click.argument("place", metavar="PATH:LINE:COL")
@helped.option("--audit", type=cli.PATH, metavar="FILE", help="The trail of the run; else the one beside PATH.")
def _trace(place: str, audit: Path | None) -> int:
    """Say where a character of a cleaned text came from, and which rules touched it."""
    from texttool.corpus import origin

    return origin.trace(place, audit)


def command(_name: str) -> click.Command:
    """The command."""
    return _trace
