from __future__ import annotations

import pytest

from texttool.edits import Edits
from texttool.rule import KEEPS, letters, sub, swap, unhyphenated, via

CLASSES = {"han": "一-鿿", "close": "”）", "newline": "\n"}


@pytest.mark.parametrize(
    ("left", "right", "before", "after"),
    [
        ("han", "han", "一,二 a,b ,二 一,", "一，二 a,b ,二 一,"),
        ("han|close", "han|newline", "”,二 一,\n ,", "”，二 一，\n ,"),
        ("han", "newline|end", "一,", "一，"),
        ("start|han", "", ",一,,", "，一，,"),
        ("", "", ",,", "，，"),
    ],
)
def test_swap_looks_at_both_neighbours(left: str, right: str, before: str, after: str) -> None:
    assert Edits.of(swap({",": "，"}, left, right, CLASSES)(before)).apply(before) == after


def test_swap_prefers_the_longer_key() -> None:
    find = swap({"--": "——", "-": "－"}, "han", "han", CLASSES)
    assert Edits.of(find("一--二-三")).apply("一--二-三") == "一——二－三"


def test_an_unknown_class_is_an_error() -> None:
    with pytest.raises(KeyError):
        list(swap({",": "，"}, "hna", "", CLASSES)("一,"))


def test_sub_expands_its_template_line_by_line() -> None:
    assert Edits.of(sub(r"^(\d+)\.", r"\1、")("1.a\n2.b")).apply("1.a\n2.b") == "1、a\n2、b"


def test_via_turns_a_function_into_edits() -> None:
    assert list(via(lambda text: text.replace("软件", "軟體"))("用软件做")) == [(1, 3, "軟體")]


@pytest.mark.parametrize(
    ("name", "text", "kept"),
    [
        ("ink", " 一\t二\n", "一二"),
        ("unhyphenated", "modifica-\ntion", "modification"),
        ("other_than_han", "一\U00020000，a\U0001f600豈⼀\n", "，a\U0001f600\n"),
        ("letters", "一,2。b_é 、", "一2bé"),
        ("letters_of_any_width", "Ａ１，a1", "A1a1"),
        ("everything", "一\n", "一\n"),
        ("nothing", "一\n", ""),
    ],
)
def test_projections(name: str, text: str, kept: str) -> None:
    assert KEEPS[name](text) == kept


def test_letters_are_those_of_every_script() -> None:
    assert letters("々〇ぁー한é٣ⅷ½") == "々〇ぁー한é٣ⅷ½"
    assert letters("，。、“”《》〔〕…—·-−_ \n　") == ""
    assert unhyphenated("a‐b\u00adc-d") == "abcd"
