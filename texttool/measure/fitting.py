"""Which recipe fits a text: the one that answers what was found and does the least besides."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from functools import cache

from texttool import recipes, rulebook
from texttool.recipes import Recipe


def fitting(codes: Mapping[str, int], text: str) -> str | None:
    """The name of the recipe, given how many findings of each code there are, and the cleaned text.

    None where nothing was found. A recipe for one kind of text (it has a ``sign``) goes before all others where the
    text is of that kind, if it mends all that is safe to mend: it knows which findings are none there. Elsewhere it is
    out of the question. Of the others that one is taken whose rules made most of the findings, of equals the one with
    the fewest rules.
    """
    if not codes:
        return None
    every = [recipes.recipe(name) for name in recipes.names()]
    special = [one for one in every if one.sign and shows(one, text)]
    for one in special:
        if set(_edits(codes)) <= _codes(one.name):
            return one.name
    plain = [one for one in every if not one.sign]
    return max(plain, key=lambda one: (_answered(one, codes), -len(_codes(one.name)))).name


def shows(recipe: Recipe, text: str) -> bool:
    """Whether so many lines of ``text`` show the sign of the recipe."""
    lines = sum(map(bool, map(str.strip, text.split("\n"))))
    return len(re.findall(recipe.sign, text, re.MULTILINE)) >= max(1, recipe.sign_share * lines)


def _answered(recipe: Recipe, codes: Mapping[str, int]) -> int:
    return sum(count for code, count in codes.items() if code in _codes(recipe.name))


def _edits(codes: Mapping[str, int]) -> Counter[str]:
    """Those of safe rules that edit."""
    edit = {rule.code for rule in rulebook.every_rule() if rule.safe and rule.keeps.__name__ != "everything"}
    return Counter({code: count for code, count in codes.items() if code in edit})


@cache
def _codes(name: str) -> frozenset[str]:
    wanted = recipes.chosen(name, None, None, None)
    return frozenset(rule.code for rule in rulebook.rules(*wanted))
