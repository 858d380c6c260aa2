"""Which orders matter and which do not: rules that share one scan, and rules that only report, may run in any order."""

from __future__ import annotations

from itertools import groupby

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import SAMPLES
from tests.strategies import laws, texts
from texttool import document, pipeline, rulebook
from texttool.rule import Rule, everything

RULES = rulebook.rules()
TEXTS = [document.load((sample / "in.txt").read_bytes()).text for sample in SAMPLES]
SHARED = [
    made
    for _, group in groupby(enumerate(RULES), key=lambda item: item[1].scan or item[0])
    if len(made := [rule for _, rule in group]) > 1
]
REPORTING = [rule for rule in RULES if rule.keeps is everything]
EDITING = [rule for rule in RULES if rule.keeps is not everything]


def rows(result: pipeline.Result) -> list[tuple[object, ...]]:
    return sorted(finding[:5] for finding in result.findings())


@laws(300)
@given(st.one_of(texts, st.sampled_from(TEXTS)), st.sampled_from(SHARED), st.randoms(use_true_random=False))
def test_rules_of_one_scan_may_run_in_any_order(text: str, rules: list[Rule], chance: object) -> None:
    other = list(rules)
    chance.shuffle(other)  # type: ignore[attr-defined]
    one, two = (pipeline.run(text, order, unsafe=True) for order in (rules, other))
    assert two.text == one.text
    assert rows(two) == rows(one)


def test_there_are_such_rules() -> None:
    assert {rules[0].code[:2] for rules in SHARED} >= {"LW", "PN", "ST", "DP"}


@pytest.mark.parametrize("text", TEXTS, ids=[sample.name for sample in SAMPLES])
def test_rules_that_report_leave_the_text_to_the_others(text: str) -> None:
    made = pipeline.run(text, EDITING).text
    assert pipeline.run(text, RULES).text == made
    assert pipeline.run(text, [*REPORTING, *EDITING]).text == made
    assert pipeline.run(text, [*EDITING, *reversed(REPORTING)]).text == made
