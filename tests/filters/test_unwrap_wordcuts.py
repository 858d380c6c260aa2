"""Korean in lines that were cut at any character: whether a space stood there, by how the text writes its words."""

from __future__ import annotations

import pytest

from texttool.filters.unwrap.wordcuts import stood

# The pieces are words of their own more often than they are one word; but never one behind the other.
INSTALLED = " 새로 설치할 것이 많고 설치 전에 할 말이 있고 설치 후에 할 일도 있고 설치 때에 할 셈도 있다 "


@pytest.mark.parametrize(
    ("written", "front", "behind", "space"),
    [
        (INSTALLED, "먼저 설치", "할 수는 없다", False),
        (" 강가에 가서 책을 읽다가 강가에 앉아 책을 본다 강가에 앉아 쉬다 ", "우리는 강가에", "앉아 있다", True),
        (" 도서관에 가면 도서관에 책이 있다 ", "마을의 도서", "관에는 아무도 없다", False),
        (" 문을 닫고 창을 닫고 공책을 들고 ", "이제 뚜껑을", "열고 본다", True),  # 을 ends words
    ],
)
def test_the_words_of_the_text_decide_on_spaces(written: str, front: str, behind: str, space: bool) -> None:
    text = f"{written}\n{front}\n{behind}\n"
    cut = text.index(front) + len(front)
    assert stood(text, [(cut, cut + 1)]) == [space]


def test_nothing_is_told_of_a_cut_beside_a_mark() -> None:
    assert stood("갑)\n을", [(2, 3)]) == [False]
