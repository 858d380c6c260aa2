"""What lint reports of one text."""

from __future__ import annotations

from collections.abc import Sequence

from texttool.pipeline import Finding, run
from texttool.rule import Rule, everything
from texttool.rulebook import every_rule


def findings(text: str, chosen: Sequence[Rule], *, unsafe: bool = False) -> list[Finding]:
    """The findings of the chosen rules, in order of place (code points of ``text``).

    Rules that edit are run alone, as ``clean`` would run them. Rules that report read the text as the default rules
    leave it, chosen or not: a sentence that a line wrap cuts in two has not lost its end.
    """
    reports = {rule.code for rule in chosen if rule.keeps is everything or not (rule.safe or unsafe)}
    told = {rule.code: rule for rule in chosen}  # those for a layout or a locale that was told
    context = [told.get(rule.code, rule) for rule in every_rule() if rule.default or rule.code in reports]
    if not reports or {rule.code for rule in context} <= {rule.code for rule in chosen}:
        return run(text, chosen, unsafe=unsafe).findings()
    alone = run(text, [rule for rule in chosen if rule.code not in reports], unsafe=unsafe).findings()
    reported = [finding for finding in run(text, context).findings() if finding.code in reports]
    return sorted(alone + reported, key=lambda finding: (finding.start, finding.end, finding.code))
