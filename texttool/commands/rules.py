"""``rules``: lists the rules, explains one."""

from __future__ import annotations

import click

from texttool import helped


@helped.command("rules", short_help="List the rules, or explain one of them.")
@click.argument("code", required=False)
@helped.option("--recipes", "as_recipes", is_flag=True, help="Explain the recipes that `clean --recipe` takes.")
def _rules(code: str | None, as_recipes: bool) -> int:
    """List the rules, or explain the rule CODE: why, with its source, and examples."""
    from texttool import recipes, streams
    from texttool.report import rulelist

    if as_recipes:
        streams.out(recipes.listing().encode())
        return 0
    streams.out((rulelist.explain(code) if code else rulelist.listing()).encode())
    return 0


def command(_name: str) -> click.Command:
    """The command."""
    return _rules
