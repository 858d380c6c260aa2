"""The reference of settings, from the type of the options and its schema; and the recipes."""

from __future__ import annotations

import json
from typing import Any

from texttool import recipes as recipes_
from texttool.configschema import schema


def settings() -> str:
    """Every key of a configuration file."""
    rows = [_row(key, told) for key, told in schema()["properties"].items()]
    head = "# Settings\n\nEvery key of a [configuration](configuration.md). `texttool config --schema` prints JSON."
    return f"{head}\n\n| key | type | default | what |\n|---|---|---|---|\n" + "".join(rows)


def _row(key: str, told: dict[str, Any]) -> str:
    kind = {"array": "list of strings", "object": "table of lists"}.get(told["type"], told["type"])
    if "enum" in told:
        kind = " or ".join(f"`{value}`" for value in told["enum"])
    elif "minimum" in told:
        kind += f", {told['minimum']} or more"
    default = f"`{json.dumps(told['default'])}`" if told.get("default") is not None else ""
    return f"| `{key}` | {kind} | {default} | {told['description']} |\n"


def recipes() -> str:
    """What each recipe is for, what it runs, and why."""
    made = [
        "# Recipes\n\nFilters and codes for one kind of text. What the command line says comes before the recipe.\n"
    ]
    for name in recipes_.names():
        told = recipes_.recipe(name)
        made.append(f"\n## {name}\n\n{told.about}\n\n```sh\ntexttool clean --recipe {name} report.txt\n```\n\n")
        made.append(f"- Filters: {', '.join(f'[{each}](filters/{each}.md)' for each in told.filters)}.\n")
        if told.select is not None:
            made.append(f"- Only the rules {', '.join(told.select)}.\n")
        if told.ignore:
            made.append(f"- Not the rules {', '.join(told.ignore)}.\n")
        made.append(f"- Why: {told.why}\n")
    return "".join(made)
