"""``dedup``: a filter for one text; for several, a report of what stands twice in and across them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from texttool import cli, helped
from texttool.commands.clean import ABOUT
from texttool.filters.dedup.policy import DEFAULT, KEEP, SHORTEST


@helped.command(
    "dedup",
    short_help="Find passages that stand twice, in one text or in several.",
    help=f"{ABOUT['dedup']} Several files or folders without -o or -i: report what they share.",
)
@cli.INPUT
@helped.option(
    "--min-length",
    type=click.IntRange(min=SHORTEST),
    metavar="N",
    help=f"Characters from which a passage counts: {DEFAULT.report} to report, {DEFAULT.remove} to remove.",
)
@helped.option(
    "--identity",
    type=click.FloatRange(0, 1, min_open=True),
    default=DEFAULT.identity,
    show_default=True,
    metavar="PART",
    help="The part of a passage that must agree.",
)
@helped.option(
    "--keep",
    type=click.Choice(KEEP),
    default=DEFAULT.keep,
    show_default=True,
    help="Which copy stays; none: no copy is preferred, so none is removed.",
)
@helped.option("--mark", is_flag=True, help="Leave a marker with the line of the copy that stays where one is removed.")
@helped.option("--documents", is_flag=True, help="Report documents that are nearly the same, too.")
@helped.option("--groups", type=cli.PATH, metavar="FILE", help="Write what was found, a JSON a line.")
@helped.option(
    "--index",
    type=cli.PATH,
    metavar="DIR",
    help="Compare with the files of this index; folders named are brought up to date in it first.",
)
@cli.ENCODING
@cli.OUTPUT
@cli.ENGINE
def _dedup(
    paths: tuple[Path, ...],
    min_length: int | None,
    identity: float,
    keep: str,
    mark: bool,
    documents: bool,
    groups: Path | None,
    index: Path | None,
    **given: Any,
) -> int:
    from texttool.corpus import dedup

    wanted = dedup.Wanted(dedup.policy(min_length, identity, keep, mark=mark), documents, groups, index)
    return dedup.run(paths, cli.settled(paths, given, filters=("dedup",), concatenate=True), wanted)


def command(_name: str) -> click.Command:
    """The command."""
    return _dedup
