"""What lint reports of one text."""

from __future__ import annotations

from collections.abc import Sequence

from texttool.guard import Guard
from texttool.pipeline import Finding, run
from texttool.rule import Rule, everything
from texttool.rulebook import every_rule


def findings(text: str, chosen: Sequence[Rule], *, unsafe: bool = False, guard: Guard | None = None) -> list[Finding]:
    """The findings of the chosen rules, in order of place (code points of ``text``).

    Rules that edit are run alone, as ``clean`` would run them. Rules that report read the text as the default rules
    leave it, chosen or not: a sentence that a line wrap cuts in two has not lost its end. What ``guard`` protects
    has no findings.
    """
    reports = {rule.code for rule in chosen if rule.keeps is everything or not (rule.safe or unsafe)}
    told = {rule.code: rule for rule in chosen}  # those for a layout or a locale that was told
    context = [told.get(rule.code, rule) for rule in every_rule() if rule.default or rule.code in reports]
    if not reports or {rule.code for rule in context} <= {rule.code for rule in chosen}:
        return run(text, chosen, unsafe=unsafe, guard=guard).findings()
    alone = run(text, [rule for rule in chosen if rule.code not in reports], unsafe=unsafe, guard=guard).findings()
    reported = [finding for finding in run(text, context, guard=guard).findings() if finding.code in reports]
    return sorted(alone + reported, key=lambda finding: (finding.start, finding.end, finding.code))
