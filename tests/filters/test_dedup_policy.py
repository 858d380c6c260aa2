"""Policies: which copy stays, what is left where one goes; whatever goes still stands somewhere in the end."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.filters.test_dedup_laws import pasted
from texttool.filters.dedup import find_duplicates, rules_for
from texttool.filters.dedup.copies import Copy
from texttool.filters.dedup.cuts import cuts
from texttool.filters.dedup.fold import fold, folded_text
from texttool.filters.dedup.policy import DEFAULT, KEEP, Policy, marker
from texttool.filters.dedup.survivors import LostTextError, with_survivors
from texttool.pipeline import Result, run

SAID = "粮站的老账本记着那年秋天每户交来的谷子，几斗几升都有，字迹工整，一笔不乱，连天气也写在旁边，今天读来还很清楚。"
WRAPPED = SAID.replace("，", "，\n")
OTHER = "这里说的是完全不同的一件事。"


def cleaned(text: str, **chosen: object) -> Result:
    return run(text, rules_for(DEFAULT._replace(**chosen)), unsafe=True)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("keep", "text", "result"),
    [
        ("first", WRAPPED + OTHER + SAID, WRAPPED + OTHER),
        ("best", WRAPPED + OTHER + SAID, OTHER + SAID),
        ("best", SAID + OTHER + WRAPPED, SAID + OTHER),
        ("best", SAID.replace("，", "\ufffd", 1) + OTHER + WRAPPED, OTHER + WRAPPED),
        ("none", WRAPPED + OTHER + SAID, WRAPPED + OTHER + SAID),
        ("longest", SAID + OTHER + SAID, SAID + OTHER),
    ],
)
def test_which_copy_stays(keep: str, text: str, result: str) -> None:
    assert cleaned(text, keep=keep).text == result


@pytest.mark.parametrize("keep", KEEP)
def test_every_policy_reports(keep: str) -> None:
    assert [f.code for f in cleaned(SAID + OTHER + WRAPPED, keep=keep).findings()] == ["DP101"]


def test_nothing_goes_without_being_asked_for() -> None:
    for keep in KEEP:
        text = SAID + OTHER + WRAPPED
        assert run(text, rules_for(Policy(keep=keep, mark=True))).text == text


def test_a_marker_names_the_line_where_the_other_copy_stands_in_the_end() -> None:
    before = "头一行。\n" + WRAPPED + OTHER + "\n" + SAID + "\n" + "再起一行，又讲一桩新的事。"
    first = cleaned(before, mark=True).text
    assert first == "头一行。\n" + WRAPPED + OTHER + "\n" + marker(2) + "\n" + "再起一行，又讲一桩新的事。"
    kept_later = cleaned(before, mark=True, keep="best").text
    assert kept_later == "头一行。\n" + marker(3) + OTHER + "\n" + SAID + "\n" + "再起一行，又讲一桩新的事。"
    assert kept_later.split("\n")[2] == SAID


def test_lengths_and_identity_are_those_asked_for() -> None:
    part = SAID[:30]
    text = f"{OTHER}{part}。{OTHER[:7]}又是别的。{part}。"
    assert cleaned(text, report=20, remove=20).text != text
    assert cleaned(text, report=40, remove=40).findings() == []
    wrong = SAID.replace("老", "考").replace("谷", "合").replace("迹", "跡迹")
    assert cleaned(SAID + OTHER + wrong).findings() != []
    assert cleaned(SAID + OTHER + wrong, identity=1.0).findings() == []


def test_find_duplicates_puts_the_one_to_keep_first() -> None:
    documents = {"a": OTHER + WRAPPED, "b": SAID}
    [first] = find_duplicates(documents, kinds=["span"])
    [best] = find_duplicates(documents, kinds=["span"], keep="best")
    assert [name for name, _, _ in first.spans] == ["a", "b"]
    assert [name for name, _, _ in best.spans] == ["b", "a"]
    with pytest.raises(ValueError, match="keep"):
        list(find_duplicates(documents, keep="worst"))


@settings(max_examples=300)
@given(pasted(), st.sampled_from(["first", "longest", "best"]), st.booleans())
def test_what_goes_still_stands_where_it_is_said_to(documents: list[str], keep: str, apart: bool) -> None:
    texts = documents if apart else ["\n\n".join(documents)]
    found = cuts(texts, DEFAULT._replace(keep=keep, remove=24))
    gone = [bytearray(len(text)) for text in texts]
    for (number, start, end), _ in found.removals:
        gone[number][start:end] = b"\1" * (end - start)
    for (number, start, end), (kept, low, high) in found.removals:
        said, there = folded_text(texts[number][start:end]), folded_text(texts[kept][low:high])
        assert there
        assert said == (there * len(said))[: len(said)]
        assert not gone[kept][low:high].count(1)
    removed = [(start, end) for edits in found.edits for of in edits.values() for start, end, put in of if not put]
    assert sorted(removed) == sorted(removal.gone[1:] for removal in found.removals)


def copy(start: int, end: int, first: int, code: str = "DP101") -> Copy:
    return Copy(code, (start, end), (first, first + end - start), (), removable=True)


def test_a_copy_of_what_went_in_part_goes_in_parts() -> None:
    """[A] ... [BCD] ... [A B] ... [AB CD]: of the second B went with A, and what the last copies of it is elsewhere."""
    policy = DEFAULT._replace(report=5, remove=10)
    a, b, c = ("".join(chr(0x4E00 + base + i) for i in range(20)) for base in (0, 100, 200))
    row = fold([a + b + "完" + b + c + "了" + a[-9:] + b + c])
    with_first = [copy(42, 62, 21), copy(83, 92, 12), copy(92, 132, 42)]
    found = with_survivors(row, with_first, policy)
    assert [(made.span, made.first, made.removable) for made in found] == [
        ((42, 62), (21, 41), True),
        ((83, 92), (12, 21), True),
        ((92, 112), (21, 41), True),
        ((112, 132), (62, 82), True),
    ]
    found = with_survivors(row, with_first, policy._replace(remove=21))
    assert [(made.span, made.removable) for made in found if made.span[0] >= 92] == [((92, 132), False)]


def test_nothing_goes_that_stands_nowhere() -> None:
    row = fold(["子丑寅卯辰巳午未申酉戌亥"])
    with pytest.raises(LostTextError):
        with_survivors(row, [copy(5, 9, 1)], DEFAULT)


@settings(max_examples=100)
@given(pasted())
def test_a_policy_without_a_choice_changes_nothing(documents: list[str]) -> None:
    text = "\n\n".join(documents)
    assert cleaned(text, keep="none").text == text
