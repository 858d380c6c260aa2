"""Reports: short paragraphs below numbered headings, with lists and tables between: no margin made those breaks."""

from __future__ import annotations

import pytest

from tests.filters.test_unwrap import columns, wrap
from texttool import pipeline, rulebook

RULES = rulebook.rules_of("unwrap")
PARTS = [
    (
        "1.1 调查的由来",
        "去年秋天，水库下游的三个村子先后反映井水发浑，村民用纱布滤过以后才敢烧开来喝，县里因此派人去取了水样。",
        "取样前后共有4次，每次间隔半个月，水样当天送到化验室，由两个人分别做一遍，结果相差太大的重新取。",
    ),
    (
        "1.2 方法",
        "化验按照通行的办法进行，先测浑浊的程度，再测其中的铁和锰，最后看有没有从农田里带来的东西。",
        "所用的仪器在开始之前都校过一遍，读数由仪器自己记下来，不用人抄，免得在誊写的时候出错。",
    ),
    (
        "2.1 结果",
        "三个村子的水都比上游浑，离水库越近越明显，雨后的第二天最浑，过了一个星期又慢慢地清下去。",
        "铁的含量略微高一些，还不到需要处理的地步，锰则和往年差不多，农田里带来的东西没有查出来。",
    ),
]
LIST = "由此可以提出下面的建议:\n(1)清理引水渠;\n(2)加深水井;\n(3)每月取样一次。"
TABLE = (
    "表1 三个村的读数\n村子        第一次      第二次     第三次\n"
    "河口        8.52        1.13       5.21\n石桥        7.83        3.02       6.00"
)


def ends(width: int) -> list[int]:
    """Columns of the last line of each paragraph."""
    last = (wrap(text, width).rpartition("\n")[2] for _, *texts in PARTS for text in texts)
    return [sum(map(columns, line)) for line in last]


# Where a paragraph ends in a line that is full, nothing tells that it ends.
WIDTHS = [width for width in range(34, 70, 2) if max(ends(width)) < width - 4]


def report(width: int, between: str) -> str:
    """The parts, each paragraph broken at ``width`` columns (0: not at all), with a list and a table among them."""
    of = [[head, *(wrap(text, width) if width else text for text in texts)] for head, *texts in PARTS]
    lines = [*of[0], LIST, *of[1], *([""] if not between else []), TABLE, "", *of[2]]
    return ("\n" + between).join(lines) + "\n"


@pytest.mark.parametrize("between", ["", "\n"], ids=["lines", "blank lines"])
@pytest.mark.parametrize("width", WIDTHS)
def test_paragraphs_between_headings_lists_and_tables_are_joined(width: int, between: str) -> None:
    assert pipeline.run(report(width, between), RULES).text == report(0, between)


PAIRS = [
    ("一、归途", "周末和节假日不办公，逾期不补交的视为放弃"),
    ("二、一个人的午后 日子就这样过去了", "照片要一寸白底的，咨询电话见本页下方。"),
    ("三、雨巷 河水慢慢地流过去", "代办的还要带委托书，提交之后三天内会收到通知"),
    ("四、灯下 走了很远的路", "办理过程不收取任何费用，可以网上办理也可以到窗口办理"),
    ("五、夏夜 炊烟升起的时候", "备案的材料要一式两份，提交之后三天内会收到通知。"),
]


@pytest.mark.parametrize("between", ["\n", "\n\n"], ids=["lines", "blank lines"])
@pytest.mark.parametrize("first", range(len(PAIRS) - 1))
def test_headings_above_one_line_each_are_not_joined_to_it(first: int, between: str) -> None:
    text = between.join("\n".join(pair) for pair in PAIRS[first:]) + "\n"
    assert pipeline.run(text, RULES).text == text


def test_a_heading_below_short_lines_is_not_full() -> None:
    """The lines before it agree on a column as narrow as it is."""
    before = "　　由此可以提出下面的建议:\n　　(1)清理引水渠;\n　　(2)加深水井;\n　　(3)每月取样一次。\n"
    whole = "\n".join(f"{head}\n　　{texts[0]}\n　　{texts[1]}\n{before.rstrip()}" for head, *texts in PARTS) + "\n"
    lines = (wrap(line, 50) if len(line) > 25 else line for line in whole.splitlines())
    assert pipeline.run("\n".join(lines) + "\n", RULES).text == whole


HANGING = """\
    The club met four times in the course of the year, twice at the
mill and twice in the school hall, and the rooms were always full.
    The following stretches of the river were repaired in the summer:
  - the east bank from the bridge down to the ford, where a row of
    willows was planted and the whole of the path was raised again;
  - the landing below the mill;
  - the weir, which had lost eleven of its stones and which leaked
    badly in dry weather, so that the mill had to stand still often.
    A count was taken in May. Trout were found at 14 of 20 places in
all, against 9 in the year before; eels were seen again at three.
"""


def test_lines_of_an_item_hang_below_its_text() -> None:
    item = (
        "  - the weir, which had lost eleven of its stones and which leaked badly in dry weather, so that the mill had"
    )
    assert f"{item} to stand still often.\n" in pipeline.run(HANGING, RULES).text
    assert pipeline.run(HANGING, RULES).text.count("\n") == HANGING.count("\n") - 4
