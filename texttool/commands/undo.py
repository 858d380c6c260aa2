"""``undo``: the source's bytes back, from the cleaned text and its audit trail."""

from __future__ import annotations

from pathlib import Path

import click

from texttool import cli, helped


@helped.command("undo", short_help="Give back the bytes that a text was cleaned from.")
@click.argument("path", type=cli.PATH)
@helped.option("--audit", type=cli.PATH, metavar="FILE", help="The trail; else those beside.")
@helped.option("--output", "-o", type=cli.PATH, help="Write to this file or folder.")
@helped.option("--in-place", "-i", is_flag=True, help="Rewrite PATH itself, or the files in it.")
def _undo(path: Path, audit: Path | None, output: Path | None, in_place: bool) -> int:
    """Give back the bytes that PATH, or each file below the folder PATH, was cleaned from."""
    from texttool.corpus import restore

    return restore.undo(path, audit, output, in_place)


def command(_name: str) -> click.Command:
    """The command."""
    return _undo
