from __future__ import annotations

from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import texts
from texttool import lines as module
from texttool.lines import Lines


@given(texts)
def test_places_agree_with_counting(text: str) -> None:
    lines = Lines(text)
    for at in range(len(text) + 1):
        line, column = lines.place(at)
        assert line == text.count("\n", 0, at) + 1
        assert column == at - (text.rfind("\n", 0, at) + 1) + 1
        assert lines.number(at) == line - 1


@given(texts, st.lists(st.integers(0, 130), max_size=4))
def test_no_more_is_read_than_is_asked_for(text: str, places: list[int]) -> None:
    with patch.object(module, "_BLOCK", 3):
        lines = Lines(text)
        for at in (place for place in places if place <= len(text)):
            assert lines.number(at) == text.count("\n", 0, at)
        assert list(lines.starts) == [0, *(at + 1 for at, char in enumerate(text) if char == "\n")]
