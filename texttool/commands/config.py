"""``config``: what is set, and where that is from."""

from __future__ import annotations

from pathlib import Path

import click

from texttool import cli, helped


@helped.command("config", short_help="Show every setting, and where it is from.")
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=cli.PATH)
@cli.CONFIG
@cli.FORMAT
@helped.option("--schema", is_flag=True, help="Print the JSON schema of a configuration file instead.")
def _config(paths: tuple[Path, ...], config_file: Path | None, isolated: bool, output_format: str, schema: bool) -> int:
    """Show every setting that holds for PATHs (default: the current folder), and where it is from."""
    from texttool import configfile, configvalues, streams
    from texttool.report import settings

    if schema:
        streams.out(settings.schema().encode())
    else:
        configvalues.check_paths(paths)
        config = configfile.find(paths, config_file, isolated=isolated)
        configvalues.check(config.values)
        render = settings.as_json if output_format == "json" else settings.table
        streams.out(render(configfile.effective(config)).encode())
    return 0


def command(_name: str) -> click.Command:
    """The command."""
    return _config
