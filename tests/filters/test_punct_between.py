"""Marks between Latin words and numbers, which are Chinese only where others beside them were flattened."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from texttool.filters._tables import rows
from texttool.pipeline import run
from texttool.rule import letters, letters_of_any_width
from texttool.rulebook import rules

RULES = rules(["punct"])
# What the table speaks of, and what stands around it.
MARKS = [*list(",;:?!.，。：；、（）“” \n"), "\n\n"]
WORDS = ["汉", "字", "A", "AB", "Yes", "ok", "b=2", "x", "5", "12", " cm", "%", "3:2", "QQ", "E-mail", "2005", "a.b"]
mixed = st.lists(st.sampled_from([*MARKS, *WORDS, "“a,b”", "`a,b`", "(x)"]), max_size=14).map("".join)


def clean(text: str) -> str:
    return run(text, RULES).text


FLATTENED = [
    ("若a>b,b>c,则a>c;若a=b,则b=c.", "若a>b，b>c，则a>c；若a=b，则b=c。"),
    ("内存不一,要8 GB;Windows要16 GB,Mac用户要12 GB.", "内存不一，要8 GB；Windows要16 GB，Mac用户要12 GB。"),
    ("来信请寄王五,E-mail:wang@example.org.", "来信请寄王五，E-mail：wang@example.org。"),
    ("先做A组;B组后做,C组不做.", "先做A组；B组后做，C组不做。"),
    ("血压高,BP 130/85 mmHg.", "血压高，BP 130/85 mmHg。"),
]


@pytest.mark.parametrize(("before", "after"), FLATTENED)
def test_flattened_marks_are_set_right_together(before: str, after: str) -> None:
    assert clean(before) == after
    assert clean(after) == after


ALONE = [
    "若a>b,b>c，则a>c；若a=b，则b=c。",
    "内存8 GB;Windows用户要16 GB，Mac用户要12 GB。",
    "来信请寄王五，E-mail:wang@example.org。",
    "我们去，OK?",
    "地址是localhost:8080，比分是3:2。",
]


@pytest.mark.parametrize("text", ALONE)
def test_a_text_as_it_was_set_is_left_alone(text: str) -> None:
    assert clean(text) == text


def test_a_mark_in_another_paragraph_says_nothing() -> None:
    assert clean("好,走。\n\n若a>b,b>c，则a>c。") == "好，走。\n\n若a>b,b>c，则a>c。"
    assert clean("好,走。\n若a>b,b>c，则a>c。") == "好，走。\n若a>b，b>c，则a>c。"


def test_every_row_is_whole() -> None:
    assert all(len(row) == 4 and all(row) and row[0] in ",;:?!." for row in rows("punct_between"))


@settings(max_examples=1000, deadline=None)
@given(mixed)
def test_idempotent(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert letters_of_any_width(once) == letters_of_any_width(text)


@pytest.mark.parametrize("piece", ["A1,", "好,A=1,B=2;", "“a,", "(a,", "5 a;B", "A.\n", "QQ:"])
def test_long_runs_are_read_once(piece: str) -> None:
    """50,000 are read at once when the work is linear, and in hours when it is not."""
    text = "好,走" + piece * 50_000
    assert letters(clean(text)) == letters(text)
