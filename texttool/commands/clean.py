"""``clean``, and each filter as a command of its own: the same run with other filters."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from texttool import cli, helped

ABOUT = {
    "decode": "Decode any bytes to UTF-8; what cannot be decoded is kept.",
    "mojibake": "Repair text that was decoded with the wrong encoding.",
    "unicode": "Replace look-alike characters, remove invisible ones.",
    "furniture": "Remove page numbers and running heads.",
    "unwrap": "Undo line wraps: join the lines of each paragraph.",
    "punct": "Set punctuation by the standard (GB/T 15834-2011, CLREQ).",
    "dedup": "Find passages that stand twice; --unsafe removes the later copies.",
}

# The options that one filter has and the others do not.
OWN = {"punct": (cli.LOCALE,), "mojibake": (cli.GUESS,)}


def command(name: str) -> click.Command:
    """The command ``clean``, or the filter ``name``."""
    return _clean if name == "clean" else _filter(name)


def _filter(name: str) -> click.Command:
    @helped.command(name, short_help=ABOUT[name], help=ABOUT[name])
    @cli.INPUT
    @cli.options(*OWN.get(name, ()))
    @cli.ENCODING
    @cli.OUTPUT
    def run(**given: Any) -> int:
        return run_with(given, concatenate=True, filters=(name,))

    return run


@helped.command("clean")
@cli.INPUT
@helped.option("--recipe", metavar="NAME", help="What suits a kind of text; `texttool rules --recipes` explains them.")
@helped.option("--filters", metavar="NAMES", help="Only these filters, separated by commas; they keep their order.")
@cli.SELECTION
@cli.LAYOUT
@cli.GUESS
@cli.LOCALE
@cli.ENCODING
@cli.OUTPUT
@cli.ENGINE
def _clean(**given: Any) -> int:
    """Clean texts with the whole pipeline.

    Standard input or one file goes to standard output; several files and folders need -o DIR or -i.
    """
    return run_with(given)


def run_with(given: dict[str, Any], **fixed: Any) -> int:
    """Runs with what click parsed, paths and options; ``fixed`` are fields of Options that the command sets itself."""
    from texttool.corpus import batch

    paths: tuple[Path, ...] = given.pop("paths")
    options = cli.settled(paths, given, **fixed)
    if options.engine:
        from texttool.scale import run

        return run.clean(paths, options)
    return batch.clean(paths, options)
