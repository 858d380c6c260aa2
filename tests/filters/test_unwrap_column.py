"""What makes a column: lines that share a margin with their neighbours, and sentences that could run on across it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.filters.test_unwrap import VILLAGE, unwrapped, wrap
from texttool.filters.unwrap.bits import places
from texttool.filters.unwrap.edges import edges
from texttool.filters.unwrap.evenness import is_even, uneven
from texttool.filters.unwrap.fit import fit
from texttool.filters.unwrap.linetable import code_points, measure
from texttool.filters.unwrap.prose import is_running_text

LIST = "茶叶两斤\n红糖，要老的\n粗盐\n火柴十盒，受潮的不要\n灯芯\n"


def judged(text: str) -> tuple[list[int], bool]:
    """The rows of the uneven breaks of ``text``, and whether it is even."""
    table = measure(text, code_points(text))
    e = edges(table)
    f = fit(table, e, "auto")
    return places(uneven(e, f, len(e)), len(e)).tolist(), is_even(table, e, f)


def lines(*lengths: int) -> str:
    """Lines of so many ideographs."""
    return "\n".join("山" * length for length in lengths) + "\n"


UNEVEN = [
    # (ideographs of each line, rows of the breaks where the next token would have fitted)
    ((9, 9, 9, 4), []),
    ((9, 8, 9, 8, 9), []),  # one ideograph less: a mark or a half-width sign may have taken its place
    ((9, 5, 9, 9), [1]),
    ((9, 9, 5), []),  # a last line is as short as it likes
    ((9, 9, 5, 5), [2]),
    ((6, 9, 9), [0]),
    ((14, 12, 10, 8, 6, 4), []),  # a column that narrows
    ((4, 6, 8, 10, 12), [0]),  # and one that widens, which its first line cannot know
    ((6, 14, 6, 14, 6), [0, 2]),
    ((9, 3, 9, 4, 9, 3), [1, 3]),
]


@pytest.mark.parametrize(("lengths", "rows"), UNEVEN)
def test_breaks_that_no_margin_made(lengths: tuple[int, ...], rows: list[int]) -> None:
    assert judged(lines(*lengths))[0] == rows


EVEN = [
    ((9, 9, 9, 9, 9, 4), True),
    ((3, 9, 9, 9, 9, 4), True),  # one heading is an accident
    ((9, 5, 9, 4, 9, 5), False),
    ((9, 5, 9, 4, *[9] * 20), True),  # two among many
    ((9, 5) * 40, True),  # in a long text half may be
    ((9, 5, 10, 4, 9, 3, 8) * 40, True),
]


@pytest.mark.parametrize(("lengths", "even"), EVEN)
def test_few_may_be_uneven(lengths: tuple[int, ...], even: bool) -> None:
    assert judged(lines(*lengths))[1] == even


def test_verse_beside_a_column_does_not_speak_for_it() -> None:
    assert judged(f"{lines(9, 9, 9, 9, 9, 9, 9)}\n{lines(9, 3, 9, 4, 9, 3)}")[1]
    assert not judged(f"{lines(9, 9)}\n{lines(9, 3, 9, 4, 9, 3)}")[1]


PROSE = [
    ("门前有河，河上有桥\n桥那边是村子。\n", True),
    ("门前有河，河上有桥\n桥那边是村子\n", False),  # no sentence ends
    ("门前有河\n河上有桥\n桥那边是村子。\n", False),  # marks at line ends alone
    ("1. 门前的河，1998\n2. 河上的桥，2003\n", False),  # the stops number items
    ("见 main.py，或者\nlib.util.name，都行\n", False),  # the stops are in names
    ("见 main.py，或者\n问别人，都行. 也好\n", True),
    ("The river is wide here\nand the ferry is slow.\n", True),  # a sentence may be long in Latin
    ("the river is wide, here\nthe ferry is slow\n", False),
]


@pytest.mark.parametrize(("text", "running"), PROSE)
def test_what_is_punctuated_as_prose(text: str, running: bool) -> None:
    table = measure(text, code_points(text))
    assert is_running_text(table, edges(table)) == running


@pytest.mark.parametrize("width", range(14, 25, 2))
@pytest.mark.parametrize("paragraph", VILLAGE[1:])
def test_one_paragraph_is_enough_of_a_column(paragraph: str, width: int) -> None:
    assert unwrapped(wrap(paragraph, width) + "\n") == paragraph + "\n"


LIBRARY = (
    "一、基本情况",
    "镇里把旧粮库改成了图书馆,三层楼里放了两万多册书,周末来看书的人从早到晚没有断过。",
    "二、主要做法",
    "馆里只有3名管理员,她们轮流值班,还要给孩子们讲故事;每月办一次读书会,请附近中学的老师来谈自己读过的好书。",
    "到6月底,借出的书一共有3260册,其中一半是小说,科技类的只占12.5%。",
    "三、下一步打算",
    "把地下室收拾出来做成放电影的地方,座位不用多,40个就够,收入全部用来买新书。",
)


@pytest.mark.parametrize("width", range(16, 37, 2))
def test_headings_over_short_paragraphs_are_no_uneven_lines(width: int) -> None:
    """Paragraphs are a few lines of so many characters, some of them half as wide, and indented as headings are."""
    whole = ["　　" + paragraph for paragraph in LIBRARY]
    page = "\n".join(p[at : at + width] for p in whole for at in range(0, len(p), width)) + "\n"
    assert unwrapped(page) == "\n".join(whole) + "\n"


TITLED = {
    "verse": "　　河边\n清晨雨过，路还斜着\n小女低头，数着落霞\n　　灯下\n夜半风来，灯还未灭\n老人独坐，听着溪水。\n",
    "lists": "　　要带的东西\n身份证的原件和复印件\n户口本，要原件。\n　　要办的事\n先在一楼的窗口取号\n再去交表格。\n",
    "sentences": "　　早上\n他六点起床，先去河边走一圈。\n回来时路过市场，买了豆腐。\n　　中午\n太阳大，他搬到树下。\n",
    "paragraphs": "".join(f"　　{p}\n" for p in LIBRARY),
}


@pytest.mark.parametrize("text", TITLED.values(), ids=TITLED)
def test_headings_over_lines_that_are_not_wrapped(text: str) -> None:
    assert unwrapped(text) == text


@pytest.mark.parametrize("width", [24, 40, 52, 60])
def test_a_list_among_wrapped_paragraphs_stays(width: int) -> None:
    page = "\n\n".join([wrap(VILLAGE[1], width), LIST.rstrip("\n"), wrap(VILLAGE[2], width)]) + "\n"
    assert unwrapped(page) == "\n\n".join([VILLAGE[1], LIST.rstrip("\n"), VILLAGE[2]]) + "\n"


@settings(max_examples=200, deadline=None)
@given(st.lists(st.text("山水村桥，、“”（）12 ab-\n", max_size=30), max_size=12).map("\n".join))
def test_where_no_sentence_ends_none_runs_on(text: str) -> None:
    assert unwrapped(text) == text


CELLS = (
    "软件包\n流行度\n大小\n说明\ntarball-kit\nV:21, I:93\n1882\n打包与解包\nnetwatch\nV:3, I:17\n640\n看网络流量\n"
    "fontlister\nI:4\n77\n列出字体\nmailsort\nV:12, I:40\n2210\n给邮件分类\npdfjoiner\nI:9\n518\n拼接文档\n"
)


@pytest.mark.parametrize(("above", "below"), [(80, 60), (72, 56), (60, 80)])
def test_cells_below_each_other_are_no_column_of_their_own(above: int, below: int) -> None:
    """They fill the width of their like, in a text whose columns are four times as wide."""
    page = "".join(wrap("".join(VILLAGE), width) + "\n" + between for width, between in ((above, CELLS), (below, "")))
    assert unwrapped(page) == "".join(VILLAGE) + "\n" + CELLS + "".join(VILLAGE) + "\n"


def test_a_last_line_as_long_as_the_lines_behind_it_stays_a_last_line() -> None:
    page = (
        "$ cp -a /srv/old/system/etc /srv/new/etc\n# mount /dev/sdb1 /srv/old/system\n大半的问题就已经解决了。\n"
        "每一章先讲道理。用 /usr/local/bin/restore 可以把系统恢复到出厂时的样子。用\n"
        "journalctl 可以看到它写下的日志。\n照着做一遍。\n"
        "# mkdir -p /srv/old/system/data\n# mount /dev/sdb1 /srv/old/system\n"
        "# chroot /srv/old/system /bin/bash\n# mkdir -p /srv/old/system/data\n"
        "$ cp -a /srv/old/system/etc /srv/new/etc\n"
        "用 systemctl 可以看到它的状态。抄之前请先看清楚自己用的是哪一种。装好系统以后。照着\n"
        "做一遍。看不懂 NetworkManager 的道理也不要紧。用 /usr/local/bin/restore 可以把系统恢\n"
        "复到出厂时的样子。Display-Manager 会自己启动。\n"
    )
    lines = unwrapped(page).split("\n")
    assert "照着做一遍。" in lines
    assert len(lines) < page.count("\n")


def test_a_column_that_narrows_to_a_few_ideographs_is_one() -> None:
    """As where type runs around a picture. Where it is two ideographs wide a comma is half of a line: some stay."""
    widths = [*[24] * 8, *range(24, 2, -1), *[4] * 4, *range(4, 24), *[24] * 8]
    text, lines = "".join(VILLAGE) * 3, list[str]()
    for width in widths:
        lines.append(wrap(text, width).split("\n")[0])
        text = text[len(lines[-1]) :]
    assert unwrapped("\n".join(lines) + "\n").count("\n") < len(widths) // 8
