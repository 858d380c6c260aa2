"""``detect``: the encoding of files, as a table or JSON."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("detect")
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(path_type=Path))
@click.option("--output-format", type=click.Choice(["text", "json"]), default="text", show_default=True)
def _detect(paths: tuple[Path, ...], output_format: str) -> int:
    """Tell the encoding, BOM and newline style of files."""
    from texttool.corpus import encodings

    return encodings.detect(paths, output_format)


def command(_name: str) -> click.Command:
    """The command."""
    return _detect
