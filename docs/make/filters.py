"""A page a filter: what is said of it in ``filters.toml``, its rules and their examples from ``rules/``."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from texttool import rulebook
from texttool.cli import REPORTS_ONLY
from texttool.filters import ORDER
from texttool.rule import Rule, everything
from texttool.visible import visible

ABOUT = Path(__file__).parent / "filters.toml"
HEAD = "| filter | what it does |\n|---|---|"
RULES = """## Rules

`texttool rules CODE` tells why a rule exists, with its source; [rules](../rules.md) has them all, with every example.

"""
SHOWN = 3  # examples of a rule in the table; docs/rules.md has all


def pages() -> Iterator[tuple[str, str]]:
    """One page a filter, and the page that lists them."""
    told = tomllib.loads(ABOUT.read_text("utf-8"))
    index = ["# Filters\n\nThey run in this order, whatever the order they are named in.\n", HEAD]
    for name in ORDER:
        index.append(f"| [{name}]({name}.md) | {told[name]['about']} |")
        yield f"filters/{name}.md", _page(name, told[name])
    yield "filters/README.md", "\n".join(index) + "\n"


def _page(name: str, told: dict[str, Any]) -> str:
    command = "lint --select ST" if name in REPORTS_ONLY else name
    parts = [
        f"# {name}\n\n{told['about']}\n",
        f"```console\n$ {told['console'].strip()}\n```\n",
        f"## What it changes\n\n{_list(told['changes'])}",
        f"## What it leaves alone, and why\n\n{_list(told['leaves'])}",
        RULES + "".join(map(_rule, rulebook.rules_of(name))),
        f"## How good it is\n\n{told['measured'].strip()}\n",
        f"Options: [`texttool {command}`](../commands.md).\n",
    ]
    return "\n".join(parts)


def _list(items: list[str]) -> str:
    return "".join(f"- {item}\n" for item in items)


def _rule(rule: Rule) -> str:
    """A rule, and a few of its examples."""
    changed = [f"`{visible(before)}` → `{visible(after)}`" for before, after in rule.examples if before != after]
    alone = [f"`{visible(before)}` stays" for before, after in rule.examples if before == after]
    found = [
        f"`{visible(text)}`: {', '.join(f'`{visible(part)}`' for part in parts)}"
        for text, *parts in rule.finds
        if parts
    ]
    shown = changed[: SHOWN - 1] + alone[:1] + found[:SHOWN]
    return f"- **{rule.code} {rule.name}**{_kind(rule)}" + "".join(f"\n  - {line}" for line in shown) + "\n"


def _kind(rule: Rule) -> str:
    if rule.keeps is everything:
        return ", reports only"
    if not rule.default:
        return ", off unless it is selected"
    return "" if rule.safe else ", unsafe: edits only with `--unsafe`"
