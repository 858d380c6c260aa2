"""``lint``: what the rules find, one line a finding."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from texttool import cli
from texttool.config import Options, codes


@click.command("lint")
@cli.INPUT
@cli.SELECTION
@cli.LOCALE
@cli.FORMAT
@click.option("--exit-zero", is_flag=True, help="Exit 0 though there are findings.")
def _lint(
    paths: tuple[Path, ...],
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    output_format: str,
    exit_zero: bool,
    **given: Any,
) -> int:
    """List what is wrong with texts. Exit status 1 where anything is."""
    from texttool.corpus import findings, intake

    options = Options(select=codes(select) if select else None, ignore=codes(ignore), **given)
    status = findings.lint(paths, options, output_format)
    return 0 if exit_zero and status == intake.FINDINGS else status


def command(_name: str) -> click.Command:
    """The command."""
    return _lint
