"""Which recipe fits a text: the one that answers what was found and does the least besides."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from functools import cache

from texttool import recipes, rulebook
from texttool.recipes import Recipe


def fitting(codes: Mapping[str, int], edited: Collection[str], text: str) -> str | None:
    """The name of the recipe, given how many findings of each code there are, which edit, and the cleaned text.

    None where nothing was found, and where no recipe mends all that is mended without one. A recipe for one kind of
    text (it has a ``sign``) goes before all others where the text is of that kind: it knows which findings are none
    there. Elsewhere it is out of the question. Of the others that one is taken whose rules made most of the findings,
    of equals the one with the fewest rules.
    """
    if not codes:
        return None
    every = [one for one in map(recipes.recipe, recipes.names()) if mends(one.name, edited)]
    special = [one.name for one in every if one.sign and shows(one, text)]
    plain = [one for one in every if not one.sign]
    ranked = sorted(plain, key=lambda one: (-_answered(one, codes), len(_codes(one.name))))
    return next(iter((*special, *(one.name for one in ranked))), None)


def common(fits: Iterable[str | None], codes: Mapping[str, int], edited: Collection[str]) -> tuple[str | None, int]:
    """The recipe for several texts, given those that fit each, and what was found and edited in all of them.

    Gives its name and how many texts it is the one for: the most, of those that mend all that is mended without one.
    Where none of them does, it is the one that would fit a text with all of this, or None.
    """
    counts = Counter(fit for fit in fits if fit and mends(fit, edited))
    return counts.most_common(1)[0] if counts else (fitting(codes, edited, ""), 0)


def mends(name: str, edited: Collection[str]) -> bool:
    """Whether a recipe has all the rules that edit: then the text becomes what it becomes without a recipe."""
    return _codes(name).issuperset(edited)


def shows(recipe: Recipe, text: str) -> bool:
    """Whether so many lines of ``text`` show the sign of the recipe."""
    lines = sum(map(bool, map(str.strip, text.split("\n"))))
    return len(re.findall(recipe.sign, text, re.MULTILINE)) >= max(1, recipe.sign_share * lines)


def _answered(recipe: Recipe, codes: Mapping[str, int]) -> int:
    return sum(count for code, count in codes.items() if code in _codes(recipe.name))


@cache
def _codes(name: str) -> frozenset[str]:
    wanted = recipes.chosen(name, None, None, None)
    return frozenset(rule.code for rule in rulebook.rules(*wanted))
