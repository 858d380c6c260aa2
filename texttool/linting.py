"""What lint reports of one text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from texttool.finding import PLACE, Finding
from texttool.guard import Guard
from texttool.many import run_many
from texttool.pipeline import Result, grouped, run_groups
from texttool.rule import Rule, everything
from texttool.rulebook import every_rule


class Found(NamedTuple):
    """The first findings, and how many there are in all."""

    first: list[Finding]
    total: int


class Lint:
    """The lint of some rules: made once, and then asked about many texts.

    Rules that edit are run alone, as ``clean`` would run them. Rules that report read the text as the default rules
    leave it, chosen or not: a sentence that a line wrap cuts in two has not lost its end.
    """

    def __init__(self, chosen: Sequence[Rule], *, unsafe: bool = False) -> None:
        self.unsafe = unsafe
        self._reports = {rule.code for rule in chosen if rule.keeps is everything or not (rule.safe or unsafe)}
        told = {rule.code: rule for rule in chosen}  # those for a layout or a locale that was told
        every = every_rule() if self._reports else ()
        context = [told.get(rule.code, rule) for rule in every if rule.default or rule.code in self._reports]
        at_once = {rule.code for rule in context} <= told.keys()
        self._alone = grouped(chosen if at_once else [rule for rule in chosen if rule.code not in self._reports])
        self._context = None if at_once else grouped(context)

    def look(self, text: str, guard: Guard | None = None, most: int | None = None) -> Found:
        """The findings, in order of place (code points of ``text``), or the first ``most``; and how many there are.

        What ``guard`` protects has none.
        """
        alone = run_groups(text, self._alone, unsafe=self.unsafe, guard=guard)
        return self._found(text, alone, guard, most)

    def look_at_all(
        self, texts: Sequence[str], guards: Sequence[Guard | None], most: int | None = None
    ) -> list[Found | Exception]:
        """As ``look``, of many small texts, each with its guard: what is found in it, or what went wrong with it."""
        return [
            made if isinstance(made, Exception) else self._found(text, made, guard, most)
            for text, guard, made in zip(
                texts, guards, run_many(texts, self._alone, guards, unsafe=self.unsafe), strict=True
            )
        ]

    def _found(self, text: str, alone: Result, guard: Guard | None, most: int | None) -> Found:
        if self._context is None:
            return Found(alone.findings(most), alone.count())
        reported = run_groups(text, self._context, guard=guard)
        found = sorted(alone.findings(most) + reported.findings(most, self._reports), key=PLACE)
        return Found(found[:most], alone.count() + reported.count(self._reports))


def findings(text: str, chosen: Sequence[Rule], *, unsafe: bool = False, guard: Guard | None = None) -> list[Finding]:
    """The findings of the chosen rules in one text, as `Lint` has them."""
    return Lint(chosen, unsafe=unsafe).look(text, guard).first
