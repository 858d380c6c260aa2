"""Many small texts together: each comes out as it does alone, whatever stands beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import chain
from unittest.mock import patch

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.strategies import damaged, laws, texts
from tests.test_audit import RULES, rule
from texttool.edits import Span
from texttool.filters import _worth
from texttool.many import concerned, run_many
from texttool.pipeline import BrokenRule, Group, Result, Stage, grouped, run_group, run_groups
from texttool.rule import letters, swap
from texttool.rulebook import every_rule
from texttool.together import Together

GROUPS = grouped(every_rule())
SIEVED = [group for group in GROUPS if group.sieve]
EXAMPLES = sorted({text for rule in every_rule() for text in chain.from_iterable((*rule.examples, *rule.finds))})
# What stands at the edge of a text, or reaches over it where texts are one.
PIECES = (
    *EXAMPLES,
    "\n",
    "\n\n",
    "　",
    " ",
    "，",
    "“",
    "（",
    "```",
    "<pre",
    "</pre",
    "\\[",
    "\\]",
    "$$",
    "1,2,3\n",
    "化解",
)
pieces = st.lists(st.sampled_from(PIECES), max_size=4).map("".join)
CLEAN = "今年新建服务站46个，覆盖职工12.8万人。“有人么？”他问。\n\n二是用好平台——也就是网站……\n"


@contextmanager
def worth(characters: int) -> Iterator[None]:
    """So many characters have to be read before numpy, or a long pattern, is worth it."""
    with patch.object(_worth, "_WORTH", characters):
        yield


def missed(many: Sequence[str], group: Group) -> list[str]:
    """The texts that the group does not concern, and in which it finds something."""
    together = Together(many)
    others = set(range(len(many))).difference(concerned(together, group))
    return [many[i] for i in sorted(others) if found(many[i], group)]


def found(text: str, group: Group) -> bool:
    stages: list[Stage] = []
    return run_group(text, group, stages, unsafe=True, guard=None) != text or bool(stages)


@laws(300)
@given(st.lists(texts | damaged | pieces, min_size=4, max_size=7), st.sampled_from([0, 1 << 60]))
@example(
    ["他说，", "Hello world， again\n", "他说，\n", "Hello， my world"], 0
)  # not the line that the text before begins
@example(["<pre", "a，b</pre", "<pre>一，二</pre>", "“，”</pre"], 0)
@example(["```", "`a` 说```", "```说```", "`"], 0)
@example(["甲,乙,丙,丁", "a,1\nb,2\nc,3", "甲,乙\n丙,丁\n戊,己己己", "子,丑,寅\n卯,辰,巳\n午,未,申申"], 0)
@example(["\n要化解风险，就要化解解风险\n", "解解", "要化解风险，就要化解解风险", "化\n"], 0)
@example(["- 1 -", "1\n", "", "1"], 0)
@example(["一\n二", "\n\n", "第三条", "完"], 0)
@example(["这个问题说的是国家发展。\n這個問題說的是國家發展。", "說", "说", "體"], 0)
@example(["天地玄黄宇宙洪荒" * 6, "天地玄黄宇宙洪荒", "日月盈昃辰宿列张", "𠀀𠀁天地玄黄宇宙洪荒" * 6], 0)
def test_many_texts_come_out_as_each_does_alone(many: list[str], characters: int) -> None:
    with worth(characters):
        alone = [run_groups(text, GROUPS) for text in many]
        together = run_many(many, GROUPS, [None] * len(many))
    assert [list(result) for result in together if isinstance(result, Result)] == [list(result) for result in alone]


@pytest.mark.parametrize("characters", [0, 1 << 60])
@pytest.mark.parametrize("group", SIEVED, ids=lambda group: group.rules[0].code)
def test_no_example_is_missed(group: Group, characters: int) -> None:
    with worth(characters):
        for many in (EXAMPLES, [text.strip() for text in reversed(EXAMPLES)], [f"{text}\n" for text in EXAMPLES]):
            assert missed(many, group) == []


@laws(300)
@given(st.lists(texts | damaged | pieces, min_size=4, max_size=9), st.sampled_from([0, 1 << 60]))
def test_no_text_is_missed(many: list[str], characters: int) -> None:
    with worth(characters):
        assert {group.rules[0].code: missed(many, group) for group in SIEVED if missed(many, group)} == {}


@pytest.mark.parametrize("characters", [0, 1 << 60])
def test_texts_in_which_nothing_is_wrong_concern_hardly_any_rule(characters: int) -> None:
    """What makes many small texts cheap: rules that look at each of them are those that count items, and no others."""
    with worth(characters):
        asked = [group for group in GROUPS if list(concerned(Together([CLEAN] * 5), group))]
    defaults = [group.rules[0].code for group in asked if group.rules[0].default]
    assert defaults == ["ST101"]


def test_a_rule_is_asked_of_the_texts_that_its_sieve_names() -> None:
    only = replace(RULES[1], sieve=lambda together: together.with_any(["三"]))
    made = run_many(["一,", "三,", "二,", "三,"], grouped([only]), [None] * 4)
    assert [result.text for result in made if isinstance(result, Result)] == ["一,", "三，，", "二,", "三，，"]


def test_where_a_sieve_fails_every_text_is_asked() -> None:
    broken = replace(RULES[1], sieve=lambda together: [1 // len(together.text[:0])])
    made = run_many(["一,", "三,", "二", "三,"], grouped([broken]), [None] * 4)
    assert [result.text for result in made if isinstance(result, Result)] == ["一，，", "三，，", "二", "三，，"]


def test_what_goes_wrong_with_one_text_stays_with_it() -> None:
    broken = replace(rule("XX109", swap({"二": "三"}, "", "", {})), keeps=letters)
    first, second, third = run_many(["一,", "二,", ",,"], grouped([RULES[1], broken]), [None, None, None])
    assert isinstance(second, BrokenRule)
    assert [made.text for made in (first, third) if isinstance(made, Result)] == ["一，，", "，，，，"]


TOGETHER = Together(["甲乙", "", "丙\n"])


def test_texts_stand_apart() -> None:
    assert TOGETHER.text == "\n\n甲乙\n\n\n\n丙\n\n\n"
    assert [TOGETHER.text[at] for at in TOGETHER.starts[:-1]] == ["甲", "\n", "丙"]
    assert TOGETHER.starts[-1] == len(TOGETHER.text)
    assert Together([]).text == "\n\n"
    assert Together([]).holding([]) == []


@pytest.mark.parametrize(
    ("spans", "numbers"),
    [
        ([(2, 3)], [0]),
        ([(3, 4)], [0]),
        ([(5, 6)], [0]),  # the line ends behind it are those of the text before
        ([(0, 1)], []),
        ([(0, 3)], [0]),
        ([(3, 9)], [0, 1, 2]),
        ([(8, 9), (2, 3)], [0, 2]),
        ([(11, 12)], [2]),
        ([(12, 13)], []),  # where another one would begin
    ],
)
def test_which_texts_a_span_touches(spans: list[Span], numbers: list[int]) -> None:
    assert TOGETHER.touched(spans) == numbers
    if all(end == start + 1 for start, end in spans):
        assert TOGETHER.holding(start for start, _ in spans) == numbers


def test_texts_with_a_character() -> None:
    assert TOGETHER.with_any("丙丁") == [2]
    assert TOGETHER.with_any(["甲乙", "\n"]) == [0, 2]
    assert TOGETHER.with_any("丁") == []


def test_the_same_texts_are_not_joined_again() -> None:
    assert TOGETHER.of(list(TOGETHER.texts)) is TOGETHER
    assert TOGETHER.of(["甲", "", "丙\n"]).texts == ("甲", "", "丙\n")
