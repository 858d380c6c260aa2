"""Every rule's own examples are its tests: in the table they are its documentation."""

from __future__ import annotations

import pytest

from texttool.pipeline import run
from texttool.rule import Rule
from texttool.rulebook import every_rule

CHANGES = [(rule, before, after) for rule in every_rule() for before, after in rule.examples]
REPORTS = [(rule, text, found) for rule in every_rule() for text, *found in rule.finds]


def label(value: object) -> str:
    return value.code if isinstance(value, Rule) else ""


@pytest.mark.parametrize(("rule", "before", "after"), CHANGES, ids=label)
def test_an_example_holds(rule: Rule, before: str, after: str) -> None:
    result = run(before, [rule], unsafe=True)
    assert result.text == after
    assert run(after, [rule], unsafe=True).text == after
    if before == after:
        assert result.findings() == []


@pytest.mark.parametrize(("rule", "before", "after"), CHANGES, ids=label)
def test_an_unsafe_rule_only_reports(rule: Rule, before: str, after: str) -> None:
    if not rule.safe:
        result = run(before, [rule])
        assert result.text == before
        assert bool(result.findings()) == (before != after)


@pytest.mark.parametrize(("rule", "text", "found"), REPORTS, ids=label)
def test_a_report_holds(rule: Rule, text: str, found: list[str]) -> None:
    result = run(text, [rule])
    assert [finding.found for finding in result.findings()] == found
    if rule.safe:
        assert result.text == text
