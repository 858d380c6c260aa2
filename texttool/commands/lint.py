"""``lint``: what the rules find, in a format for people or programs; and its fixes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from texttool import cli, helped
from texttool.choices import FORMATS, MOST_FINDINGS

_FILE = cli.PATH


@helped.command("lint")
@cli.INPUT
@helped.option("--filters", metavar="NAMES", help="Only these filters, separated by commas.")
@cli.SELECTION
@cli.LOCALE
@cli.LAYOUT
@helped.option("--fix", is_flag=True, help="Make the fixes of safe rules, in place; report what is left.")
@helped.option("--unsafe-fixes", is_flag=True, help="Count the edits of unsafe rules among the fixes.")
@helped.option("--diff", is_flag=True, help="Show what --fix would change as a diff, and write nothing.")
@helped.option("--output-format", type=click.Choice(FORMATS), default="text", show_default=True, help="The format.")
@helped.option("--output-file", type=_FILE, metavar="FILE", help="Write the report here.")
@helped.option("--statistics", is_flag=True, help="Count findings by rule instead of listing them.")
@helped.option(
    "--max-findings",
    type=click.IntRange(1),
    default=MOST_FINDINGS,
    show_default=True,
    metavar="N",
    help="The most findings to report of one file.",
)
@helped.option("--baseline", type=_FILE, metavar="FILE", help="Leave out the findings that FILE knows.")
@helped.option("--write-baseline", type=_FILE, metavar="FILE", help="Make all findings known in FILE.")
@cli.COLOR
@cli.JOBS
@cli.ENGINE
@helped.option("--output", "-o", type=_FILE, help="Where an engine writes its datasets.")
@helped.option("--field", "fields", multiple=True, metavar="NAME", help="The text of records [text].")
@helped.option("--exit-zero", is_flag=True, help="Exit 0 though there are findings.")
@helped.option("--quiet", "-q", is_flag=True, help="Say nothing of files that are no text.")
def _lint(paths: tuple[Path, ...], **given: Any) -> int:
    """List what is wrong with texts. Exit status 1 where anything is."""
    from texttool.corpus import findings

    cli.only_with_engine(given, "output")
    options = cli.settled(paths, given)
    if options.engine:
        from texttool.scale import run

        return run.lint(paths, options)
    return findings.lint(paths, options)


def command(_name: str) -> click.Command:
    """The command."""
    return _lint
