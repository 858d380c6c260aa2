"""A text cleaned in pieces is the text cleaned at once."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import ROOT
from texttool import rulebook
from texttool.filters.convert import conversions
from texttool.pieces import cleaned
from texttool.pipeline import Pipeline

SENTENCES = [
    "他说:“好,走吧。”",
    "共3,500元.",
    "第一行没有完",
    "然后...走了",
    "(见附件)",
    "a,b and c.",
    "\n",
    "\n\n",
    "　",
]
SAMPLE = (ROOT / "samples" / "work-report" / "in.txt").read_text("utf-8")


def in_pieces(text: str, pipeline: Pipeline, size: int, margin: int, chunk: int = 1000) -> tuple[str, int]:
    chunks = (text[at : at + chunk] for at in range(0, len(text), chunk))
    pieces = [piece for piece, _ in cleaned(chunks, pipeline.run, size, margin)]
    return "".join(pieces), len(pieces)


@settings(max_examples=100)
@given(st.lists(st.sampled_from(SENTENCES), max_size=60), st.integers(5, 60))
def test_rules_that_change_nothing_lose_nothing(parts: list[str], size: int) -> None:
    text = "".join(parts)
    assert in_pieces(text, Pipeline(()), size, 10, 7)[0] == text


@settings(max_examples=200)
@given(st.lists(st.sampled_from(SENTENCES), max_size=200), st.integers(30, 200))
def test_punctuation_in_pieces(parts: list[str], size: int) -> None:
    """With a margin of some lines: quotes and sentences reach no further than their paragraph."""
    text = "\n".join(parts)
    pipeline = Pipeline(rulebook.rules(["punct"], ["PN1", "PN2", "PN4"], None, "zh-CN"))
    assert in_pieces(text, pipeline, size, 400)[0] == pipeline.run(text).text


@pytest.mark.parametrize("filters", [["punct"], ["furniture", "unwrap"], ["unicode", "unwrap", "punct"]])
def test_a_sample_many_times_over(filters: list[str]) -> None:
    text = SAMPLE * 40
    pipeline = Pipeline(rulebook.rules(filters))
    output, pieces = in_pieces(text, pipeline, 20_000, 4000)
    assert pieces > 1
    assert output == pipeline.run(text).text


def test_a_line_longer_than_a_piece_stays_whole() -> None:
    text = "甲,乙" * 1000 + "\n丙,丁"
    output, _ = in_pieces(text, Pipeline(rulebook.rules(["punct"])), 100, 10)
    assert output == text.replace(",", "，")


@pytest.mark.parametrize("config", ["s2t", "s2twp"])
def test_edits_of_a_conversion_are_counted_piece_by_piece(config: str) -> None:
    """With words that change their length, at the start of a line too; and no more than that where nobody asks."""
    text = "内存与软件。\n程序员写的默认值\n\na，b\n" * 200
    rules = Pipeline(rulebook.rules(["convert"], [conversions()[config]]))
    chunks = [text[at : at + 500] for at in range(0, len(text), 500)]
    pieces = list(cleaned(chunks, rules.run, 300, 50))
    whole = rules.run(text)
    assert len(pieces) > 5
    assert "".join(piece for piece, _ in pieces) == whole.text
    assert sum((made for _, made in pieces), Counter()).total() == whole.count()
    assert list(cleaned(chunks, rules.run, 300, 50, counted=False)) == [(piece, Counter()) for piece, _ in pieces]
