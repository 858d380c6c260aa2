"""Recipes: filters and codes that suit one kind of text, as data in ``rules/recipes/``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from texttool.rulebook import UnknownNameError, load, rules_dir, unknown

_KEYS = {"about", "why", "filters", "select", "ignore", "sign", "sign_share"}


class Recipe(NamedTuple):
    """What a recipe says; ``select`` is None where the rules run that run by default.

    ``sign`` is what the lines of the texts show that it is meant for, a pattern, and ``sign_share`` how many of them;
    without one it is meant for any text.
    """

    name: str
    about: str
    why: str
    filters: tuple[str, ...]
    select: tuple[str, ...] | None
    ignore: tuple[str, ...]
    sign: str = ""
    sign_share: float = 0.0


class Chosen(NamedTuple):
    """Filters and codes as ``rulebook.rules`` takes them."""

    filters: Sequence[str] | None
    select: Sequence[str] | None
    ignore: Sequence[str] | None


def names() -> list[str]:
    """The recipes there are, sorted."""
    return sorted(path.stem for path in (rules_dir() / "recipes").glob("*.toml"))


def recipe(name: str) -> Recipe:
    """One recipe. Raises UnknownNameError."""
    if name not in names():
        raise UnknownNameError(unknown("recipe", name, names()))
    table = load(f"recipes/{name}")
    if set(table) - _KEYS:
        raise ValueError(f"recipe {name}: unknown keys {sorted(set(table) - _KEYS)}")
    select = tuple(table["select"]) if "select" in table else None
    return Recipe(
        name,
        table["about"],
        table["why"],
        tuple(table["filters"]),
        select,
        tuple(table.get("ignore", ())),
        table.get("sign", ""),
        table.get("sign_share", 0.0),
    )


def chosen(
    name: str | None, filters: Sequence[str] | None, select: Sequence[str] | None, ignore: Sequence[str] | None
) -> Chosen:
    """What is asked for, with what the recipe says where nothing is; what either ignores is ignored.

    Raises UnknownNameError.
    """
    if name is None:
        return Chosen(filters, select, ignore)
    found = recipe(name)
    return Chosen(
        found.filters if filters is None else filters,
        found.select if select is None else select,
        (*found.ignore, *(ignore or ())),
    )


def listing() -> str:
    """All recipes, explained."""
    made = []
    for found in map(recipe, names()):
        made += [f"{found.name}\n  {found.about}\n  {found.why}\n  --filters {','.join(found.filters)}"]
        made[-1] += f" --select {','.join(found.select)}" if found.select is not None else ""
        made[-1] += f" --ignore {','.join(found.ignore)}" if found.ignore else ""
    return "\n\n".join(made) + "\n"
