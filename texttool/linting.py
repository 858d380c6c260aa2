"""What lint reports of one text."""

from __future__ import annotations

from collections.abc import Sequence

from texttool.guard import Guard
from texttool.pipeline import Finding, grouped, run_groups
from texttool.rule import Rule, everything
from texttool.rulebook import every_rule


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

    def findings(self, text: str, guard: Guard | None = None) -> list[Finding]:
        """The findings, in order of place (code points of ``text``). What ``guard`` protects has none."""
        found = run_groups(text, self._alone, unsafe=self.unsafe, guard=guard).findings()
        if self._context is None:
            return found
        reported = run_groups(text, self._context, guard=guard).findings()
        found += [finding for finding in reported if finding.code in self._reports]
        return sorted(found, key=lambda finding: (finding.start, finding.end, finding.code))


def findings(text: str, chosen: Sequence[Rule], *, unsafe: bool = False, guard: Guard | None = None) -> list[Finding]:
    """The findings of the chosen rules in one text, as `Lint` has them."""
    return Lint(chosen, unsafe=unsafe).findings(text, guard)
