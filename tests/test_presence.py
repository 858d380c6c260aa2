"""What is found by one look is what a look for each character finds; what is kept is that of the text asked for."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from texttool import presence
from texttool.last import SMALL, Last
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
    presence._plain = Last(presence._plain._of)  # an example before this one may have carried the same text
    holds(before, ",")
    after = before.replace(gone, put, 1) if gone else before + put
    carry(before, after, [put])
    assert set(after).intersection(chars) <= set(held(after, chars))
    # A line feed alone is looked for in the text itself.
    assert holds_any(after, chars) == (chars in after if chars == "\n" else bool(held(after, chars)))


@given(CHARS, st.data())
def test_what_is_counted_is_right_behind_an_edit_that_says_what_it_takes(before: str, data: st.DataObject) -> None:
    presence._plain = Last(presence._plain._of)
    start, end = sorted(data.draw(st.tuples(*[st.integers(0, len(before))] * 2)))
    put, told = data.draw(CHARS), data.draw(st.booleans())
    holds(before, ",")
    after = before[:start] + put + before[end:]
    carry(before, after, [put], before[start:end] if told else None)
    assert [presence.count(after, char) for char in "\n ,;，a"] == [after.count(char) for char in "\n ,;，a"]


WORDS = st.text(st.sampled_from("ab :;)一é"), max_size=8)


@given(WORDS, WORDS, WORDS, WORDS, st.sampled_from([":[)]", "a b", "ab", "[ab];"]))
def test_what_is_missed_is_not_there(first: str, gone: str, last: str, put: str, pattern: str) -> None:
    presence._plain = Last(presence._plain._of)
    before, after = first + gone + last, first + put + last
    for text in (before, after):
        assert not (presence.misses(text, re.compile(pattern)) and re.search(pattern, text))
        assert presence.holds_run(text, ":)") or ":)" not in text
        assert presence.holds_run(text, ")é") or ")é" not in text
        assert presence.holds_small(text) or not re.search("[a-z]", text)
        carry(before, after, [put], gone)


SHORT, LONG = 1, SMALL + 1  # code points


@pytest.mark.parametrize(("size", "again"), [(SHORT, []), (LONG, ["甲"])])
def test_a_value_is_found_once_for_the_same_text(size: int, again: list[str]) -> None:
    asked: list[str] = []
    length = Last(lambda text: asked.append(text[0]) or len(text))
    text = "甲" * size
    assert [length(text), length("".join(["甲"] * size)), length("丙" * 2 * size), length(text)] == [
        size,
        size,
        2 * size,
        size,
    ]
    assert asked == ["甲", "丙", *again]  # of long texts only the last is kept


def test_what_is_kept_of_small_texts_has_an_end() -> None:
    asked: list[str] = []
    length = Last(lambda text: asked.append(text) or len(text))
    texts = ["甲" * n for n in range(1000)]
    assert list(map(length, texts)) == list(range(1000))
    assert list(map(length, texts)) == list(range(1000))
    assert len(asked) > 1500


@pytest.mark.parametrize("size", [SHORT, LONG])
def test_a_value_is_carried_from_the_last_text_only(size: int) -> None:
    length = Last(len)
    last, other = "甲乙" * size, "丙" * size
    length(last)
    length.carry(other, "丁丁丁", lambda value: -value)
    assert length("丁丁丁") == 3
    kept = "己己"
    length(kept)
    length.carry(kept, "庚", lambda value: -value)
    assert length("庚") == -2
