from __future__ import annotations

from collections.abc import Iterable, Mapping

import pytest
from hypothesis import given, settings

from tests.strategies import texts
from tests.test_audit import RULES, rule
from texttool.edits import Edit, Edits
from texttool.pipeline import BrokenRule, Pipeline, grouped, run
from texttool.rule import Rule, ink, letters, sub, swap


def test_stages_are_those_that_found_something() -> None:
    result = run("一,二\n三是", RULES)
    assert result.text == "一，，二三是"
    assert [(stage.rule.code, len(stage.edits), stage.applied) for stage in result.stages] == [
        ("XX101", 1, True),
        ("XX102", 1, True),
        ("XX105", 1, False),
    ]
    assert run("一二", RULES).stages == []


def test_rules_that_come_again_are_grouped_once() -> None:
    rules = tuple(RULES)
    groups = grouped(rules)
    assert grouped(rules) is groups
    assert [group.rules for group in grouped(list(rules[:2]))] == [(rules[0],), (rules[1],)]
    growing = list(rules[:1])
    assert len(grouped(growing)) == 1
    growing.append(rules[1])
    assert len(grouped(growing)) == 2


def test_findings_stand_in_the_source() -> None:
    result = run("一,\n二,是ab", RULES)
    assert [(f.code, f.start, f.end, f.found, f.put, f.safe) for f in result.findings()] == [
        ("XX102", 1, 2, ",", "，，", True),
        ("XX101", 2, 3, "\n", "", True),
        ("XX102", 4, 5, ",", "，，", True),
        ("XX103", 4, 6, ",是", "，…", True),  # half of what was put, and 是: widened to the comma it came from
        ("XX104", 6, 8, "ab", "", True),
    ]


@settings(max_examples=2000)
@given(texts)
def test_edits_origin_and_findings_agree_with_the_text(text: str) -> None:
    result = run(text, RULES)
    edits = result.edits()
    assert edits.apply(text) == result.text
    for finding in result.findings():
        assert text[finding.start : finding.end] == finding.found
    assert result.count() == len(result.findings())
    assert result.findings(3) == result.findings()[:3]
    put = {c for *_, t in edits for c in t}
    for at, char in enumerate(result.text):
        start, end = result.origin(at)
        assert 0 <= start <= end <= len(text)
        assert text[start:end] == char or char in put


def test_an_unsafe_rule_edits_only_when_asked() -> None:
    assert run("是", RULES).text == "是"
    with pytest.raises(BrokenRule):  # the rule of the test says it keeps everything, and it does not
        run("是", RULES, unsafe=True)


def test_a_rule_that_breaks_its_word_is_stopped() -> None:
    bad = Rule("XX901", "eats-a-digit", sub("[0-9]", ""), "", (), letters)
    with pytest.raises(BrokenRule, match="XX901 eats-a-digit changes what it must keep, near character 1"):
        run("一2", [bad])
    assert Pipeline((bad,)).run("一二").text == "一二"


def test_rules_of_one_scan_read_the_same_text() -> None:
    seen: list[str] = []

    def scan(text: str) -> Mapping[str, Iterable[Edit]]:
        seen.append(text)
        spaces = [i for i, c in enumerate(text) if c == " "]
        report = Edits.of([(len(text) - 1, len(text), text[-1])])
        report.related = {0: ((0, 1),)}
        return {
            "XX201": [(i, i + 1, "") for i in spaces[::2]],
            "XX202": [(i, i + 1, "  ") for i in spaces[1::2]],
            "XX203": report,
        }

    made = [
        Rule(code, code, lambda text, code=code: scan(text)[code], "", (), ink, scan=scan)  # type: ignore[misc]
        for code in ("XX201", "XX202", "XX203")
    ]
    result = run("a b c d e", made)
    assert result.text == "ab  cd  e"
    assert seen == ["a b c d e"]
    last = result.findings()[-1]
    assert (last.code, last.start, last.end, last.found, last.related) == ("XX203", 8, 9, "e", ((0, 1),))


def test_needs_spare_the_search() -> None:
    def never(_: str) -> Iterable[Edit]:
        raise AssertionError("searched though nothing it needs is there")

    needy = Rule("XX301", "n", never, "", (), ink, needs=",;")
    assert run("一二", [needy]).text == "一二"
    with pytest.raises(AssertionError):
        run("一;二", [needy])


def test_messages_show_what_was_found_and_what_is_put() -> None:
    made = rule("XX401", swap({",": "，"}, "", "", {}))
    told = Rule(made.code, made.name, made.find, "", (), made.keeps, message="{found} where {put} belongs")
    assert run("一,", [told]).findings()[0].message == ", where ， belongs"
    assert run("一,", [made]).findings()[0].message == "test-rule"
