"""``doctor``: what ails a text, on one screen, and the command that would clean it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from texttool import cli, helped


@helped.command("doctor", short_help="Show what ails a text, and the command that would clean it.")
@cli.INPUT
@cli.FIELD
@cli.FORMAT
@cli.COLOR
@cli.JOBS
@cli.QUIET
def _doctor(paths: tuple[Path, ...], **given: Any) -> int:
    """Show what ails texts: encoding, column width, wraps, furniture, duplicates, marks, scripts, structure.

    One screen a text, with three passages before and after and the command that would clean it; for folders a table
    of the kinds of trouble, worst first. Exit status 1 where anything was found.
    """
    from texttool.corpus import doctor

    return doctor.doctor(paths, cli.settled(paths, given, cli.CLEANING))


def command(_name: str) -> click.Command:
    """The command."""
    return _doctor
