"""``rules``: lists the rules, explains one."""

from __future__ import annotations

import click


@click.command("rules")
@click.argument("code", required=False)
def _rules(code: str | None) -> int:
    """List the rules, or explain the rule CODE: why, with its source, and examples."""
    from texttool import streams
    from texttool.report import rulelist

    streams.out((rulelist.explain(code) if code else rulelist.listing()).encode())
    return 0


def command(_name: str) -> click.Command:
    """The command."""
    return _rules
