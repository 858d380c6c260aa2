"""``detect``: the encoding of files, as a table or JSON."""

from __future__ import annotations

from pathlib import Path

import click

from texttool import cli, helped


@helped.command("detect", short_help="Tell the encoding, language and newline style of files.")
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=cli.PATH)
@cli.FORMAT
@helped.option("--hint", default="", metavar="LANG", help="The language it is probably in: zh, zh-Hant, ja, ko …")
@helped.option("--candidates", is_flag=True, help="Show the runners-up too, each with a glimpse of its text.")
@cli.SHARD
def _detect(paths: tuple[Path, ...], output_format: str, hint: str, candidates: bool, shard: tuple[int, int]) -> int:
    """Tell the encoding, language, BOM and newline style of files, and how sure that is."""
    from texttool.corpus import encodings

    return encodings.detect(paths, output_format, hint, candidates, shard)


def command(_name: str) -> click.Command:
    """The command."""
    return _detect
