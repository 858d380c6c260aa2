"""Misread text is made whole, and text that reads well is left alone."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from texttool.filters.mojibake import RULES
from texttool.pipeline import run

LINES = {
    "zh-Hans": ["图书馆周末也开门，欢迎大家来看书。", "他把钥匙放在桌子上，然后出去了。"],
    "zh-Hant": ["圖書館週末也開門，歡迎大家來看書。", "他把鑰匙放在桌子上，然後出去了。"],
    "ja": ["図書館は週末も開いています。", "彼は鍵を机の上に置いて、出かけました。"],
    "ko": ["도서관은 주말에도 문을 엽니다.", "내일은 친구와 함께 바다에 갈 생각입니다."],
}
PAIRS = [
    ("gb18030", "utf-8", "zh-Hans"),
    ("gb18030", "cp950", "zh-Hant"),
    ("gb18030", "euc_jp", "ja"),
    ("gb18030", "cp932", "ja"),
    ("gbk", "euc_kr", "ko"),
    ("big5hkscs", "gbk", "zh-Hans"),
    ("cp949", "gb2312", "zh-Hans"),
    ("latin-1", "gbk", "zh-Hans"),
    ("latin-1", "utf-8", "zh-Hant"),
    ("latin-1", "euc_kr", "ko"),
    ("latin-1", "cp932", "ja"),
]
LEAVE = [
    "我们喜欢在春天去山里看花。",
    "犇骉鱻麤，都是三叠字。",
    "お嬢様、囁きの聲が聞こえますか。",
    "Größe, naïveté, Ærø, señor, façade, über",
    "Файл не найден; повторите попытку позже.",
    "Η βιβλιοθήκη είναι ανοιχτή.",
    "ห้องสมุดเปิดวันเสาร์",
    "┌──┬──┐ │ÄÖ│",
    "x² ± 3·y ≤ 10 µm, 20 °C",
    "😀👍 emoji 和汉字",
]


def clean(text: str) -> str:
    return run(text, RULES).text


def guess(text: str) -> str:
    return run(text, RULES, unsafe=True).text


@pytest.mark.parametrize(("wrong", "right", "language"), PAIRS)
@pytest.mark.parametrize("which", [0, 1])
def test_misread_text_is_made_whole(wrong: str, right: str, language: str, which: int) -> None:
    text = LINES[language][which]
    try:
        misread = text.encode(right).decode(wrong)
    except UnicodeDecodeError:
        pytest.skip("bytes are lost in this pair")
    assert misread != text
    assert clean(misread) == text
    assert clean(f"第一行\n{misread}\n第三行") == f"第一行\n{text}\n第三行"


@pytest.mark.parametrize("wrong", ["latin-1", "mac_roman", "cp437"])
def test_twice(wrong: str) -> None:
    text = "Déjà vu à Zürich, señor"
    once = text.encode().decode(wrong)
    assert clean(once) == text
    assert clean(once.encode().decode(wrong)) == text


@pytest.mark.parametrize("text", [*LEAVE, *(line for lines in LINES.values() for line in lines)])
def test_good_text_is_left_alone(text: str) -> None:
    assert clean(text) == text


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_examples(rule) -> None:
    for before, after in rule.examples:
        assert (clean if rule.safe else guess)(before) == after
        assert clean(after) == after
    for text, *found in rule.finds:
        assert [f.found for f in run(text, [rule]).findings()] == found


@given(
    st.text(
        alphabet=st.sampled_from("的一是我们天，。\n aeéüñ中鍏ㄩ儴å¥½ÎÒ㈠锟斤拷\ufffd\udc80\x85かなㄅ┌🀄"), max_size=60
    )
)
@settings(max_examples=300, deadline=None)
def test_once_is_enough_and_undo_is_exact(text: str) -> None:
    result = run(text, RULES)
    assert result.edits().inverse(text).apply(result.text) == text
    assert clean(clean(result.text)) == clean(result.text)


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant"])
@pytest.mark.parametrize("sign", ["\ufffd", "?"])
def test_a_guess_keeps_every_character_that_was_whole(language: str, sign: str) -> None:
    text = "".join(LINES[language])
    misread = text.encode().decode("gbk", "replace").replace("\ufffd", sign)
    assert sign in misread
    assert clean(misread) == misread
    out = guess(misread).rstrip("?\ufffd")
    assert len(out) == len(text)
    wrong = sum(was != now for was, now in zip(text, out, strict=True))
    assert wrong <= misread.count(sign)


@settings(max_examples=500)
@given(st.text("？?\ufffd锟斤拷好的浣犲嬪吗abé ", max_size=40))
def test_nothing_is_guessed_where_nothing_proves_the_code(text: str) -> None:
    assert guess(text) == clean(text)


def test_part_of_a_long_line_is_made_whole_where_it_proves_itself() -> None:
    good = LINES["zh-Hans"][0] * 70
    misread = "大家都喜欢去公园散步".encode().decode("gb18030")
    assert clean(good + misread + good) == good + "大家都喜欢去公园散步" + good
    short = "春天".encode().decode("gb18030")  # two characters: so much may be chance
    assert clean(good + short + good) == good + short + good


def test_a_frame_around_misread_text_stays_and_the_text_is_made_whole() -> None:
    misread = "我们明天再谈这件事吧。".encode("gb18030").decode("latin-1")
    page = "┌────────┐\n│ {} │\n└────────┘\n"
    assert clean(page.format(misread)) == page.format("我们明天再谈这件事吧。")
