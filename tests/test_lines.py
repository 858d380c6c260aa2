from __future__ import annotations

from hypothesis import given

from tests.strategies import texts
from texttool.lines import Lines


@given(texts)
def test_places_agree_with_counting(text: str) -> None:
    lines = Lines(text)
    for at in range(len(text) + 1):
        line, column = lines.place(at)
        assert line == text.count("\n", 0, at) + 1
        assert column == at - (text.rfind("\n", 0, at) + 1) + 1
        assert lines.number(at) == line - 1
