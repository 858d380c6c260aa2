"""What is not Han, by the code points of Unicode, whatever a text is made of."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from texttool.han import only_han_differs, other_than_han

# First and last of each range: radicals, 々〆〇, Extension A, the unified ideographs, compatibility, planes 2 and 3.
RANGES = ((0x2E80, 0x2FDF), (0x3005, 0x3007), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x33FFF))
EDGES = "".join(chr(code) for first, last in RANGES for code in (first - 1, first, last, last + 1))
CHARS = EDGES + "一二丁的，。ab 0\n\udc80\U0001f600"


def by_hand(text: str) -> str:
    return "".join(char for char in text if not any(first <= ord(char) <= last for first, last in RANGES))


def test_every_character_alone_and_between_others() -> None:
    every = [chr(code) for code in range(0x110000) if not 0xD800 <= code < 0xDC00]
    for text in ("".join(every), "".join(f"一{char}a" for char in every)):
        assert other_than_han(text) == by_hand(text)


@settings(max_examples=1000)
@given(st.text(st.sampled_from(CHARS), max_size=30), st.data())
def test_where_only_han_differs_the_rest_is_the_same(old: str, data: st.DataObject) -> None:
    new = "".join(data.draw(st.one_of(st.just(char), st.sampled_from(CHARS))) for char in old)
    assert other_than_han(old) == by_hand(old)
    if only_han_differs(old, new):
        assert by_hand(old) == by_hand(new)
    elif not set(old + new) & set(EDGES):  # those of the blocks that are not Han as a whole are compared as others are
        assert any(a != b and by_hand(a + b) for a, b in zip(old, new, strict=True))


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        ("头发，干燥。a", "頭髮，乾燥。a", True),
        ("头发，", "頭髮。", False),
        ("头a发", "頭髮a", False),
        ("头发", "頭髮的", False),
        ("一，丁", "丁，一", True),
        ("aa", "ab", False),
        ("的" * 70_000 + "，", "地" * 70_000 + "，", True),
        ("的" * 70_000 + "，", "地" * 70_000 + "、", False),
        ("的，" + "的" * 70_000, "的，" + "地" * 70_000, True),
        ("，的" + "的" * 70_000, "、的" + "的" * 70_000, False),
    ],
)
def test_by_hand(old: str, new: str, same: bool) -> None:
    assert only_han_differs(old, new) is same
