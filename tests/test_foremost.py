"""The first findings of many are those that would stand first if all were made."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import laws
from texttool import foremost
from texttool.finding import PLACE
from texttool.foremost import foremost as first_of
from texttool.pipeline import Result, run
from texttool.rulebook import rules

# With what each finds: joined lines, marks, an item and a word twice, a mark with no other half, a passage twice.
FAULTY = (
    "各级工会组织职工在\n生产中开展劳动竞\n赛活动,取得了成绩\n",
    "三是安全,四是质量.\n\n",
    "二是加强领导。二是“落实责任。\n",
    "我们我们对于（职工的\u200b意见，都要答复!\n\n",
    "平常的一段话，没有什么可说。\n",
    "Ａ组的１２人...\n",
)


def all_of(result: Result, most: int, codes: set[str] | None) -> list[object]:
    """As plainly as can be."""
    return sorted(result.findings(codes=codes), key=PLACE)[:most]


@laws(150)
@given(
    st.lists(st.sampled_from(FAULTY), min_size=1, max_size=40),
    st.integers(1, 4),
    st.integers(1, 12),
    st.booleans(),
    st.none() | st.sets(st.sampled_from(["LW101", "PN101", "ST101", "ST202", "DP101", "DP301"])),
)
def test_they_are_those_of_all(parts: list[str], times: int, most: int, unsafe: bool, codes: set[str] | None) -> None:
    result = run("".join(parts) * times, rules(), unsafe=unsafe)
    assert result.findings(most, codes) == all_of(result, most, codes)


def test_few_more_are_made_than_are_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = list[int]()
    of_stage = foremost.of_stage
    monkeypatch.setattr(foremost, "of_stage", lambda *given: (asked.append(len(given[1])), of_stage(*given))[1])
    result = run("".join(FAULTY) * 100, rules())
    found = first_of(result, 20, None)
    assert found == all_of(result, 20, None)
    assert 20 <= sum(asked) < result.count() // 5


def test_findings_that_stand_at_the_end_are_found_by_the_plain_way() -> None:
    result = run("平常的一段话，没有什么可说。\n" * 200 + "一,二,三,四,五\n" * 3, rules(select=["PN"]))
    assert first_of(result, 10, None) is None
    assert result.findings(10) == result.findings()[:10] != []
