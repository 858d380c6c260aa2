"""``init``: a configuration file to begin with, and the pre-commit snippet."""

from __future__ import annotations

from pathlib import Path

import click

from texttool import cli, helped


@helped.command("init", short_help="Write texttool.toml and the snippet for pre-commit.")
@click.argument("folder", default=".", type=cli.PATH)
def _init(folder: Path) -> int:
    """Write texttool.toml and the snippet for pre-commit into FOLDER. Nothing that is there is overwritten."""
    from texttool.corpus import beginning

    return beginning.write(folder)


def command(_name: str) -> click.Command:
    """The command."""
    return _init
