"""The options of commands that write texts: where to, in what encoding, and with what record of it."""

from __future__ import annotations

import os
from pathlib import Path

import click

from texttool import cli

_UNITS = {"K": 1 << 10, "M": 1 << 20, "G": 1 << 30, "T": 1 << 40}

ENCODING = click.option(
    "--to", metavar="ENC", default="utf-8", show_default=True, help="Output encoding; 'same' keeps it."
)


def _size(_ctx: click.Context, _option: click.Parameter, value: str) -> int:
    """Bytes out of a number with a unit behind it or none."""
    number, unit = (value[:-1], value[-1].upper()) if value[-1:].upper() in _UNITS else (value, "")
    if not number.isdecimal():
        raise click.BadParameter(f"{value!r} is no size: a number, with K, M or G behind it or nothing")
    return int(number) * _UNITS.get(unit, 1)


def _named_as_folder(context: click.Context, _option: click.Parameter, value: str | None) -> Path | None:
    """``-o out/`` names a folder, there or not yet; a Path no longer says so."""
    if value and value.endswith(("/", os.sep)):
        context.params["folder"] = True
    return Path(value) if value else None


OUTPUT = cli.options(
    click.option(
        "--output",
        "-o",
        type=cli.Named(),
        callback=_named_as_folder,
        help="Where to: a file, or a folder (out/) for several.",
    ),
    click.option("--in-place", "-i", is_flag=True, help="Rewrite the files, each whole or not at all."),
    click.option("--check", is_flag=True, help="Write nothing; exit 1 if anything would change."),
    click.option("--diff", is_flag=True, help="Write nothing but a diff; exit 1 if there is one."),
    click.option("--unsafe", is_flag=True, help="Make the edits of unsafe rules too."),
    click.option("--break-links", is_flag=True, help="Rewrite files with other hard links; those keep the old."),
    click.option(
        "--audit",
        type=cli.PATH,
        metavar="FILE",
        help="Record every edit of the run, for undo and trace.",
    ),
    click.option("--audit-beside", is_flag=True, help="Record them in NAME.audit.gz beside each output."),
    click.option(
        "--manifest",
        type=cli.PATH,
        metavar="FILE",
        help="Record what became of each file; run again, what is done and unchanged is left out.",
    ),
    click.option("--jobs", "-j", type=click.IntRange(0), default=0, metavar="N", help="Processes; 0: one a core."),
    cli.FIELD,
    click.option("--id-field", metavar="NAME", help="What names a record in messages and trails."),
    click.option(
        "--max-size",
        default="1G",
        callback=_size,
        metavar="SIZE",
        show_default=True,
        help="Most that a packed file or an archive may expand to.",
    ),
    click.option("--verbose", "-v", is_flag=True, help="Say what was changed, by rule."),
    cli.QUIET,
)
