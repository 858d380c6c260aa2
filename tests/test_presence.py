"""What is found by one look is what a look for each character finds; what is kept is that of the text asked for."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from texttool.last import Last
from texttool.presence import carry, held, holds, holds_any

CHARS = st.text(st.sampled_from("\t\n ,;\x7f\x80é，。一𠀀\ud800"), max_size=6)


@given(st.text(max_size=9) | CHARS, CHARS)
def test_present_is_what_stands_in_the_text(text: str, chars: str) -> None:
    text += "."  # no text that was carried over
    assert held(text, chars) == [char for char in chars if char in text]
    assert holds_any(text, chars) == any(char in text for char in chars)
    assert all(holds(text, char) == (char in text) for char in chars)


@given(CHARS, CHARS, CHARS, CHARS)
def test_what_an_edit_leaves_is_found_without_another_look(before: str, gone: str, put: str, chars: str) -> None:
    holds(before, ",")
    after = before.replace(gone, put, 1) if gone else before + put
    carry(before, after, [put])
    assert set(after).intersection(chars) <= set(held(after, chars))
    assert holds_any(after, chars) == bool(held(after, chars))


def test_a_value_is_found_once_for_the_same_text() -> None:
    asked: list[str] = []
    length = Last(lambda text: asked.append(text) or len(text))
    text = "甲乙"
    assert [length(text), length("".join(["甲", "乙"])), length("丙"), length(text)] == [2, 2, 1, 2]
    assert asked == ["甲乙", "丙", "甲乙"]


def test_a_value_is_carried_from_the_last_text_only() -> None:
    length = Last(len)
    last, other = "甲乙", "丙"
    length(last)
    length.carry(other, "丁丁丁", lambda value: -value)
    assert length("丁丁丁") == 3
    kept = "己己"
    length(kept)
    length.carry(kept, "庚", lambda value: -value)
    assert length("庚") == -2
