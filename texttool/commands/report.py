"""``report``: texts as one page, with charts, to be opened in a browser."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from texttool import cli, helped


@helped.command("report", short_help="Make one HTML page with charts of what ails texts.")
@cli.INPUT
@cli.FIELD
@helped.option("--output", "-o", type=cli.PATH, metavar="FILE", help="Where to: an HTML file.")
@cli.SELECTION
@cli.JOBS
@cli.VERBOSE
@cli.QUIET
def _report(paths: tuple[Path, ...], **given: Any) -> int:
    """Make one self-contained HTML page of what ails texts, with charts; no text is changed.

    Findings by rule and text, encodings, the width of columns along the page, passages that stand twice in one text
    or in several, passages before and after; to search, sort and print. Needs pip install 'texttool[report]'.
    """
    from texttool.corpus import report

    return report.report(paths, cli.settled(paths, given, cli.CLEANING))


def command(_name: str) -> click.Command:
    """The command."""
    return _report
