"""What punct takes for notation and leaves alone, and what only looks like it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from texttool.filters import _notation, _records
from texttool.filters._tables import rows
from texttool.pipeline import run
from texttool.rule import letters
from texttool.rulebook import rules

RULES = rules(["punct"])


def clean(text: str) -> str:
    return run(text, RULES).text


ALONE = [
    "def 求积(甲, 乙):\n    return 甲 * 乙",
    "总价 = 求积(单价, '三,四')",
    'if [ -f "清单" ]; then\n  echo "有,就读"\nfi',
    "SELECT 书名, 价格\nFROM 书目\nWHERE 价格 > 10;",
    'const 名 = "甲,乙", 数 = 3;',
    'title: "春,夏"\nauthor: 甲,乙',
    "[main]\n名称 = 甲,乙",
    '{\n  "名": "甲,乙",\n  "数": 2\n}',
    "java.io.IOException: 读不到:甲,乙\n\tat cn.例.写(写手.java:42)",
    "2024-03-05 10:00:01 启动,完成!",
    "Subject: 例会,改期(下周)",
    "\\section{绪论,一}",
    "<script>\nvar 甲 = '乙,丙';\n说(甲, 乙);\n</script>",
    "甲,1,北京\n乙,22,上海\n丙丙,3,广州",
    '名,"甲,乙",北京\n丁,"丙,丙丙",上海\n戊己,"庚,辛",广州',
    "存在C:\\用户\\甲,乙\\丙.txt",
    "打开/数据/甲,乙.txt",
    "在http://www.example.com/甲,乙.html上",
    "The city of Beijing (北京), the capital",
    "<<甲>>与乙>>丙",
    "长. . .短",
    "在(0,1]与[2,3)上",
    '"第一段没有完。\n\n"第二段也没有完。\n\n"第三段完了。"',
]


@pytest.mark.parametrize("text", ALONE)
def test_notation_is_left_alone(text: str) -> None:
    assert clean(text) == text


PROSE = [
    ("如果 a = b,就停下.", "如果 a = b，就停下。"),
    ("x = 3,所以y等于4.", "x = 3，所以y等于4。"),
    ("print(x) 会输出结果,很方便.", "print(x) 会输出结果，很方便。"),
    ("return 语句返回值,很重要.", "return 语句返回值，很重要。"),
    ("SELECT 语句用于查询,很常用.", "SELECT 语句用于查询，很常用。"),
    ("git 很好,大家都用.", "git 很好，大家都用。"),
    ("API(应用程序接口)", "API（应用程序接口）"),
    ("Tom: 你好,吗?\nJerry: 我很好.", "Tom: 你好，吗？\nJerry: 我很好。"),
    ("苹果,梨,桃.\n牛肉,羊肉,鱼.\n青菜,白菜,笋.", "苹果，梨，桃。\n牛肉，羊肉，鱼。\n青菜，白菜，笋。"),
    ("东边日出,西边雨\n南边花开,北边雪\n前面有山,后面水", "东边日出，西边雨\n南边花开，北边雪\n前面有山，后面水"),
    ("附件:1.营业执照 2.身份证", "附件：1.营业执照 2.身份证"),
    ("他读《史记．项羽本纪》,很慢.", "他读《史记·项羽本纪》，很慢。"),
    ("print(x, 1)\n\n上面打印甲,再换行.", "print(x, 1)\n\n上面打印甲，再换行。"),
]


@pytest.mark.parametrize(("before", "after"), PROSE)
def test_prose_that_mentions_notation_is_set_right(before: str, after: str) -> None:
    assert clean(before) == after
    assert clean(after) == after


@pytest.mark.parametrize("table", ["punct_lines", "punct_joined", "punct_regions", "punct_parts"])
def test_every_row_is_whole(table: str) -> None:
    wide = {"punct_parts": 2, "punct_regions": 4}.get(table, 3)
    assert all(len(row) == wide and all(row) for row in rows(table))


def test_lines_are_joined_to_those_beside_them() -> None:
    text = "说明\n甲 = 1\nreturn 甲\n说明"
    assert [text[start:end] for start, end in _notation.lines(text)] == ["甲 = 1\nreturn 甲"]


def test_a_region_that_nothing_closes_is_none() -> None:
    assert list(_notation.regions("<script>甲,乙")) == []
    assert list(_notation.regions("甲<pre>乙</pre>")) == [(1, 12)]


def test_two_rows_are_no_table() -> None:
    assert list(_records.rows("甲,1\n乙,2")) == []
    assert list(_records.rows("甲,1\n乙,2\n丙,3")) == [(0, 11)]


ROWS = st.lists(
    st.sampled_from(["\n", "\n\n", "\n \n", "\u3000", "甲,乙,丙\n", "甲乙,丙;", "1,2\n", "甲"]), max_size=20
).map("".join)


@given(ROWS)
def test_tables_are_the_same_where_separators_are_few(text: str) -> None:
    """Rows are looked for from each separator where those are few, and behind each blank line where not."""
    seldom = text + "\n\n" + "甲。\n" * 2000
    often = text + "\n\n" + "甲。\n" * 2000 + "\n，,\n" * 40
    assert [*_records.rows(seldom)] == [span for span in _records.rows(often) if span[1] <= len(text)]


def test_a_table_below_a_blank_line_among_prose() -> None:
    table = "甲乙,丙,丁\n甲,丙丁,戊\n甲乙丙,丁,戊己庚\n"
    text = "说了许多话。\n" * 300 + "\n" + table + "\n" + "说了许多话。\n" * 300
    at = text.index(table)
    assert list(_records.rows(text)) == [(at, at + len(table) - 1)]


def test_a_line_with_few_separators_is_read_once() -> None:
    assert list(_records.rows("\n".join(["", "", ("甲" * 500 + ",") * 20_000, ""]))) == []


@pytest.mark.parametrize(
    "piece",
    [
        "a(",
        "a((",
        'a = "',
        "a = '",
        "甲 = (",
        "甲 = 乙,\n",
        "\\a{",
        "\\a{{",
        "$_",
        "<pre",
        "\\[",
        "/甲",
        "/a,",
        ":\\甲",
        "://a/甲,",
        "甲,1\n",
        '"甲,\n',
        "def a(\n ",
        "select ",
        "a.",
        "a:\n",
        "《甲.",
        "if a",
        "[1,",
        "(1,",
        "5'1",
    ],
)
def test_long_runs_are_read_once(piece: str) -> None:
    """100,000 are read at once when the work is linear, and in hours when it is not."""
    text = "x = " + piece * 100_000 + ",中,"
    assert letters(clean(text)) == letters(text)
