"""Short texts among indented lines: a wrap or two are undone, and lists among paragraphs are left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.filters.test_unwrap import unwrapped
from tests.filters.test_unwrap_few import joins
from tests.strategies import laws
from texttool.filters import unwrap
from texttool.filters.unwrap import rounds
from texttool.filters.unwrap.runson import Breaks

# A column of twenty ideographs; paragraphs that fit into a line, and such as do not.
SHORT = (
    "老屋的门锁已经生了锈。",
    "院子里的枣树还在，叶子落了一地。",
    "邻居说去年有人来看过。",
    "井水仍旧是甜的。",
    "墙上挂着一顶草帽和一把镰刀。",
)
LONG = (
    "祖父把钥匙放在窗台下面的花盆里，多少年来从没有换过地方。",
    "灶台是他亲手砌的，砖缝里还看得出当年抹泥时留下的指印来。",
    "堂屋正中的方桌缺了一条腿，用两块砖头垫着，居然还很稳当，放得下一家人的碗筷和一盏油灯。",
)
HEADINGS = ("一、老屋", "二、院子", "三、堂屋")


def column(paragraphs: list[str], indent: str = "　　", width: int = 20) -> str:
    """The paragraphs in lines of ``width`` ideographs, those that are no headings with an indented first line."""
    whole = [paragraph if paragraph in HEADINGS else indent + paragraph for paragraph in paragraphs]
    return "".join(p[at : at + width] + "\n" for p in whole for at in range(0, len(p), width))


PAGES = [
    [*SHORT[:4], LONG[0], *SHORT[2:]],  # one wrap
    [HEADINGS[0], *SHORT[:3], HEADINGS[1], LONG[1], SHORT[3], HEADINGS[2], SHORT[4], SHORT[0]],  # one, under a heading
    [HEADINGS[0], *SHORT[:3], LONG[0], HEADINGS[1], *SHORT[1:4], HEADINGS[2], LONG[1], *SHORT[3:]],  # two
    [*SHORT, LONG[2], *SHORT[:4], HEADINGS[2], *SHORT[1:]],  # two, in one paragraph
]


@pytest.mark.parametrize("paragraphs", PAGES)
def test_a_wrap_among_indented_lines_is_undone(paragraphs: list[str]) -> None:
    made = "".join((p if p in HEADINGS else "　　" + p) + "\n" for p in paragraphs)
    assert unwrapped(column(paragraphs)) == made
    assert column(paragraphs) != made
    apart = "\n" + column(list(SHORT))  # a blank line, at which no sentence runs on
    assert unwrapped(column(paragraphs) + apart) == made + apart


LIST = "修补后院的围墙，换掉断裂的砖\n清理屋顶的杂草，补上缺少的瓦\n疏通门前的水沟，搬走堆着的土。\n"
MORE = (
    "他说小时候没有书看，如今有了书，总得有个像样的地方放好。",
    "梯子靠在墙边，绳子不见了，只剩一个铁钩。",
    "窗纸破了。",
)


@pytest.mark.parametrize("lead", ["", "　　老人列了一张单子：\n", "　　老人列了一张单子\n"])
def test_lines_of_a_list_among_indented_paragraphs_stay(lead: str) -> None:
    """Though its lines are as long as each other, and end and begin as those of a paragraph do."""
    before, behind = (column(list(some), width=40) for some in ((MORE[0], *SHORT, MORE[1], SHORT[3], *MORE), SHORT[:2]))
    page = before + lead + LIST + behind
    assert unwrapped(page) == page


indents = st.sampled_from(["", "", "　　", "　　", "  ", "    ", "　　　　", "\t", "\f"])
OPENING = ["问：果园是什么时候开始种的？", "答：种了三十年", "（一）果园", "1. 南坡上的梨树是父亲种的"]
odd = st.lists(
    st.tuples(indents, st.sampled_from([*SHORT, *LONG, *HEADINGS, *OPENING, "老人列了单子", "，还有枣树"])), max_size=16
)
cut = st.lists(st.sampled_from([*SHORT, *SHORT, *SHORT, *LONG, *HEADINGS, *OPENING]), min_size=2, max_size=16)
texts = st.builds(column, cut, indents, st.integers(12, 24)) | odd.map(
    lambda some: "".join(f"{a}{b}\n" for a, b in some)
)
several = st.lists(texts, min_size=1, max_size=3).flatmap(
    lambda some: st.sampled_from(["".join(some), "\n".join(some)])
)


@laws(600)
@given(several)
def test_what_is_told_without_numpy_is_what_is_measured(text: str) -> None:
    assert not (joins(text) and unwrap._plainly_unwrapped(text))


@laws(600)
@given(several)
def test_a_round_that_is_not_run_would_undo_nothing(text: str) -> None:
    assert joins(text) == joins(text, (rounds, "_may_be_wrapped", True), (rounds, "_may_be_full", True))


WITHIN = [
    # (indents of lines, lines that run on to the next, whether those are often enough inside paragraphs)
    (["　　", "　　", "　　", ""], [2], True),
    (["　　", "　　", "　　", "　　"], [2], False),  # in front of a paragraph
    (["", "", "　　", ""], [2], False),  # one indent parts no paragraphs
    (["　　", "　　　　", "　　　　", "　　"], [2], True),  # all lines are indented, first ones more
    (["\t", "　　", "　　", ""], [2], True),
    (["　　", "　　", *[""] * 12], [2], False),  # one in eleven
    (["　　", "　　", *[""] * 11], [2], False),
]


@pytest.mark.parametrize(("lefts", "on", "often"), WITHIN)
def test_breaks_inside_paragraphs(lefts: list[str], on: list[int], often: bool) -> None:
    assert Breaks([f"{left}山" for left in lefts], on).often_within_paragraphs() == often


TALK = """\
问：请您谈谈这片果园是怎么种起来的。
答：种了三十年吧。开始的时候只有一面南坡，父亲在坡上种了
梨树，我不知道为什么要种梨，也不知道能不能活。
后来慢慢地才有了别的。
问：卖不卖得掉是一早就想好的吗？
答：不是。头几年都送了人。
问：镇上的人对这片果园有不同的看法，有人觉得占了路，您怎么
看待这样的说法？
答：别人当然可以有自己的看法。
"""
WHOLE = TALK.replace("种了\n", "种了").replace("怎么\n", "怎么")


def test_turns_of_a_talk_are_no_breaks_where_a_sentence_could_run_on() -> None:
    assert unwrapped(TALK) == WHOLE
