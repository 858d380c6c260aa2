"""``stats``: texts in figures."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from texttool import cli, helped


@helped.command("stats", short_help="Count what texts are made of.")
@cli.INPUT
@cli.FIELD
@helped.option("--each", is_flag=True, help="Figures of each text too.")
@helped.option("--findings", is_flag=True, help="Run the rules, and count what they find. Takes several times as long.")
@cli.SELECTION
@helped.option(
    "--output-format", type=click.Choice(("text", "json", "csv")), default="text", show_default=True, help="The format."
)
@cli.COLOR
@cli.JOBS
@cli.VERBOSE
@cli.QUIET
def _stats(paths: tuple[Path, ...], **given: Any) -> int:
    """Count what texts are made of: scripts, marks, lines, paragraphs, sentences, encodings, repetition, quality.

    Large texts are read piece by piece. Measures of quality are those that makers of training data name, each with
    its source and what that asks for.
    """
    from texttool.corpus import stats

    return stats.stats(paths, cli.settled(paths, given))


def command(_name: str) -> click.Command:
    """The command."""
    return _stats
