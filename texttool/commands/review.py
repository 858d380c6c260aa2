"""``review``: edits one by one, each for a person to take or leave."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from texttool import cli, helped


@helped.command("review", short_help="Ask about edits one by one, and make those that are taken.")
@cli.FILES
@helped.option("--all", "every", is_flag=True, help="Ask about the edits of safe rules too.")
@cli.SELECTION
@cli.LAYOUT
@cli.LOCALE
@helped.option(
    "--baseline",
    type=cli.PATH,
    metavar="FILE",
    help="Remember in FILE what was refused, and do not ask again; `lint --baseline` leaves it out too.",
)
@helped.option("--audit", type=cli.PATH, metavar="FILE", help="Record every edit, for undo and trace.")
@helped.option("--break-links", is_flag=True, help="Rewrite files with other hard links; those keep the old.")
@cli.COLOR
@cli.QUIET
def _review(paths: tuple[Path, ...], **given: Any) -> int:
    """Ask about edits one by one, and make those that are taken: y, n, a, d, q or ? for each.

    What is asked about are the edits that no filter makes unasked: passages that stand twice, guesses. With --all or
    --select, others too. Each file is written when it is done, whole or not at all; q stops with what was answered,
    Ctrl-C writes nothing of the file at hand. Run again, it goes on: what was taken is not there any more, and
    --baseline remembers what was refused. Exit status 1 where something was left undecided.
    """
    from texttool.corpus import review

    return review.review(paths, cli.settled(paths, given))


def command(_name: str) -> click.Command:
    """The command."""
    return _review
