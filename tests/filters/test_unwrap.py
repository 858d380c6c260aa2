"""Unwrap: every layout comes back as it was before it was wrapped, and what is not wrapped stays as it is."""

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from texttool import pipeline
from texttool.edits import Edits
from texttool.filters.unwrap import LAYOUTS, RULES, explain, scan
from texttool.filters.unwrap.settle import settle
from texttool.rule import unhyphenated

VILLAGE = (
    "河湾村的人都记得那一年的大水。雨从五月下到七月，田里的秧苗淹了三回，村口的石桥只剩下半截桥墩。",
    "水退以后，老支书把各家各户叫到祠堂里，说：“桥要修，路也要修，可是钱从哪里来？”大家你看看我，我看看你，谁也没有作声。",
    "后来是在外面做木匠的周师傅先开了口。他说自己攒下的两万三千元可以先拿出来，木料也由他去找，只要村里每户出一个劳力，入冬以前一定能把桥架起来。",
    "那座桥今天还在。桥头立着一块青石碑，上面刻着一百一十七户人家的名字，最后一行写着：同心所筑，风雨不移。",
)
VALLEY = (
    "The weather station stands at the upper end of the valley, where two streams meet below the glacier.",
    "Every morning at seven the warden reads the instruments and writes the figures into a ledger with a green cover; "
    "the oldest volume on the shelf is from the year the railway came.",
    "When the snow melts early, as it did last spring, the lower bridge is closed for a week or two.",
)


def columns(char: str) -> int:
    return 2 if ord(char) > 0x2E80 or char in "“”" else 1


def wrap(text: str, width: int, indent: str = "") -> str:
    """``text`` broken at ``width`` columns: between any two ideographs, at spaces in Latin."""
    if text.isascii():
        lines, line = [], indent
        for word in text.split():
            if len(line) + 1 + len(word) > width and line.strip():
                lines.append(line)
                line = word
            else:
                line = f"{line} {word}" if line.strip() else line + word
        return "\n".join([*lines, line])
    lines, line = [], indent
    for char in text:
        if sum(map(columns, line)) + columns(char) > width:
            lines.append(line)
            line = ""
        line += char
    return "\n".join([*lines, line])


def unwrapped(text: str) -> str:
    return pipeline.run(text, RULES).text


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_examples(rule):
    for before, after in rule.examples:
        assert pipeline.run(before, [rule], unsafe=True).text == after


@pytest.mark.parametrize("width", [16, 24, 38, 60])
@pytest.mark.parametrize("end", ["", "  "])
def test_blank_lines_part_paragraphs(width, end):
    page = "\n\n".join(wrap(p, width) for p in VILLAGE).replace("\n", end + "\n") + "\n"
    assert unwrapped(page) == "\n\n".join(VILLAGE) + "\n"


@pytest.mark.parametrize("width", [20, 24, 38, 60])
def test_indents_part_paragraphs(width):
    page = "\n".join(wrap(p, width, "　　") for p in VILLAGE) + "\n"
    assert unwrapped(page) == "\n".join("　　" + p for p in VILLAGE) + "\n"


@pytest.mark.parametrize("width", [30, 44, 72])
def test_latin_words_take_a_space(width):
    page = "\n\n".join(wrap(p, width) for p in VALLEY) + "\n"
    assert unwrapped(page) == "\n\n".join(VALLEY) + "\n"


def test_columns_that_narrow():
    page = "\n\n".join(wrap(p, width) for p, width in zip(VILLAGE, (40, 30, 20, 12), strict=True)) + "\n"
    assert unwrapped(page) == "\n\n".join(VILLAGE) + "\n"


def test_double_spaced_lines():
    page = "\n\n".join("\n".join(wrap(p, 40, "　　") for p in VILLAGE).split("\n")) + "\n"
    assert unwrapped(page).replace("\n\n", "\n") == "\n".join("　　" + p for p in VILLAGE) + "\n"


def test_whole_block_is_indented():
    page = "\n\n".join(wrap(p, 40).replace("\n", "\n    ") for p in ["    " + p for p in VILLAGE]) + "\n"
    assert unwrapped(page) == "\n\n".join("    " + p for p in VILLAGE) + "\n"


CRLF = "\n\n".join(wrap(p, 24) for p in VILLAGE) + "\n"


@pytest.mark.parametrize("page", [CRLF, CRLF.replace("\n", "\r\n")])
def test_returns_belong_to_the_line_end(page):
    newline = "\r\n" if "\r" in page else "\n"
    assert unwrapped(page) == (newline * 2).join(VILLAGE) + newline


LEFT_ALONE = {
    "paragraphs": "\n\n".join(VILLAGE) + "\n",
    "paragraphs with indent": "\n".join("　　" + p for p in VILLAGE) + "\n",
    "trailing spaces": "  \n\n".join(VILLAGE) + "  \n",
    "verse": "江边一树垂垂发，\n朝夕催人自白头。\n莫道桑榆天色晚，\n归舟犹载一船秋。\n",
    "verse without marks": "窗外的雨\n一直下到天亮\n没有人来\n只有灯\n照着空空的长廊\n",
    "form": "品名：青瓷茶杯\n产地：龙溪\n数量：二十四只\n单价：三十五元\n备注：轻拿轻放\n",
    "log": "2031-04-02 08:00:01 INFO service started\n2031-04-02 08:00:03 WARN slow disk on host four\n"
    "2031-04-02 08:00:09 INFO request served in 3 ms\n",
    "table": "| 月份 | 雨量 |\n|------|------|\n| 五月 | 210  |\n| 六月 | 340  |\n",
    "code": "def area(w, h):\n    if w < 0:\n        raise ValueError(w)\n    return w * h\n",
    "names": "王海生\n李秋桐\n赵一鸣\n欧阳静\n孙小圣\n",
    "contents": "第一章 起源........1\n第二章 河流........17\n第三章 石桥........42\n",
    "subtitles": "1\n00:00:01,000 --> 00:00:03,000\n你来了。\n\n2\n00:00:04,000 --> 00:00:06,500\n路上还好吗？\n",
    "fenced code": "\n\n".join(wrap(p, 24) for p in VILLAGE[:2]).replace("\n", "")
    + "\n\n```\ntar -cf backup.tar \\\n    /srv/data, /srv/home\nls -l backup.tar\n```\n",
    "series": "三月四日 晴\n三月五日 阴转小雨\n三月六日 大风\n三月七日 晴，去了一趟县城\n三月八日 休息\n",
    "chat": "小李 10:21\n早上好，今天的会改到下午了吗\n老王 10:22\n是的，改到三点\n小李 10:22\n好的收到\n",
    "references": "[1] 王立. 标点的历史[M]. 北京: 山水出版社, 1998.\n[2] 张宏. 断句研究[J]. 文丛, 2003(2): 12-18.\n",
    "settings": "host = 127.0.0.1\nport = 8080\ntimeout = 30\nlog_level = debug\n",
    "headings": "第一章 总则\n第一节 目的\n第二节 范围\n第二章 组织\n第一节 机构\n",
    "program": '"""Reads the ledger of the station and prints the mean of each month, which the\n'
    "warden used to work out by hand in the evening, by the light of the lamp, with a\n"
    'pencil that was never sharp, and which was wrong as often as not."""\n\nimport re\nimport sys\n'
    "from pathlib import Path\n\n\ndef mean(values):\n"
    "    # The instruments are read three times a day, and sometimes not at all: a day\n"
    "    # that has no figure has no share in the mean, and a month that has no day is\n"
    "    # left out of the table.\n    known = [value for value in values if value]\n"
    "    return sum(known) / len(known)\n\n\nfor line in Path(sys.argv[1]).open():\n"
    "    print(mean(map(float, line.split())))\n",
    "header": "/* This file is part of the ledger. You may give it to whom you like and change it\n   as you like, if "
    "you say so where you do. */\n\n#ifndef LEDGER_H\n#define LEDGER_H 1\n\n#include <stddef.h>\n\nstruct entry\n{\n"
    "  int day;\n  double value;\n};\n\nextern double mean (const struct entry *first, size_t count)\n"
    "     __attribute__ ((pure));\n\n#endif\n",
    "trace": 'Exception in thread "main" java.lang.IllegalStateException: the ledger ends before its last line\n'
    "\tat org.station.Ledger.next(Ledger.java:118)\n\tat org.station.Ledger.read(Ledger.java:64)\n"
    "\tat org.station.Main.main(Main.java:12)\nCaused by: java.io.EOFException: stream ended\n\t... 3 more\n",
    "csv": "id,name,city\n1,Ada,London\n2,Grace,New York\n3,Linus,Helsinki\n",
}


@pytest.mark.parametrize("text", LEFT_ALONE.values(), ids=LEFT_ALONE)
def test_what_is_not_wrapped_keeps_its_bytes(text):
    assert unwrapped(text) == text


# (end of a line, start of the next, what they make): in a page of wrapped Chinese text, or of Latin
GLUE = [
    ("合计1", "2350吨", "合计12350吨"),
    ("增长28.", "67%", "增长28.67%"),
    ("大家都说“", "不急”，", "大家都说“不急”，"),
    ("一共有三个村(镇)", "参加，", "一共有三个村(镇)参加，"),
]


@pytest.mark.parametrize(("end", "start", "whole"), GLUE)
def test_glue_in_chinese(end, start, whole):
    front = VILLAGE[0][: 20 - (sum(map(columns, end)) + 1) // 2]
    page = f"{wrap(VILLAGE[1], 40)}\n\n{front}{end}\n{start}{VILLAGE[2][:12]}。\n\n{wrap(VILLAGE[3], 40)}\n"
    assert whole in unwrapped(page)


HYPHENS = [
    ("the instru-", "ments were read", "the instruments were read"),  # the text has the word whole
    ("a well-", "known warden", "a well-known warden"),  # the text has the compound
]


@pytest.mark.parametrize(("end", "start", "whole"), HYPHENS)
def test_the_words_of_the_text_decide_on_hyphens(end, start, whole):
    text = "The instruments are old. The warden is well-known in the valley, as are the instruments."
    fill = "It was on the first morning of the year that"
    page = f"{wrap(VALLEY[1], 56)}\n\n{wrap(text, 56)}\n\n{fill} {end}\n{start} by candle light.\n"
    assert whole in unwrapped(page)


CODE = (
    "    from station import Ledger\n    ledger = Ledger(path, strict=True, encoding=latin)\n    for entry in ledger:\n"
    "        print(entry.day, entry.value, entry.wind)\n"
)


LED = {
    "letter": "> 上周我们试了新的版本，第二个阶段总是失败，提示说缺少头文件，\n"
    "> 不知道别人是不是也遇到过，还是只有我的机器这样\n>\n> > 用的是哪个编译器\n",
    "letter without blanks": ">上周我们试了新的版本，第二个阶段总是失败，提示说缺少头文件，\n"
    ">不知道别人是不是也遇到过，还是只有我的机器这样\n",
    "comment": "# 下面的设置只在第一次启动时读取，以后再改也不起作用，除非把缓存的\n# 文件夹整个删掉，再重新启动一次\n",
    "comment of a program": "// 下面的设置只在第一次启动时读取，以后再改也不起作用，除非把缓存的\n// 文件夹整个删掉\n",
}


@pytest.mark.parametrize("text", LED.values(), ids=LED)
def test_lines_that_a_mark_leads_stay_among_wrapped_ones(text):
    page = "\n\n".join([*(wrap(paragraph, 60) for paragraph in VILLAGE), text])
    assert unwrapped(page) == "\n\n".join([*VILLAGE, text])


@pytest.mark.parametrize("code", [CODE, CODE.replace("    ", "")])
def test_code_between_paragraphs_stays(code):
    page = f"{wrap(VALLEY[0], 52)}\n\n{code}\n{wrap(VALLEY[1], 52)}\n"
    assert unwrapped(page) == f"{VALLEY[0]}\n\n{code}\n{VALLEY[1]}\n"


def test_full_lines_that_begin_alike_are_no_series():
    law = "法律援助机构负责受理和审查公民的法律援助申请并且指派或者安排律师法律援助人员办理各种法律援助事项。"
    page = "\n\n".join(wrap(p, 32) for p in (law, VILLAGE[1], VILLAGE[2])) + "\n"
    assert law in unwrapped(page)


def test_scripts_keep_the_spaces_they_have():
    spaced = "安装 rsync 以后运行 make 命令，再用 diff 比较两个目录，如果没有差别，就可以把旧的 backup 目录删除了。" * 2
    for text in (spaced, spaced.replace(" ", "")):
        page = "\n\n".join(wrap(p, 30) for p in (text, text[:50]))
        lines = [line.rstrip() for line in page.split("\n")]
        assert unwrapped("\n".join(lines)) == f"{text}\n\n{text[:50].rstrip()}\n"


PAGE_CUTS = [
    # (end of the block in front, start of the block behind, whether they belong together)
    ("这批新茶的合格率达", "98.6%，比去年高出两个百分点。", True),  # the rest of a number
    ("大家都在议论“春耕", "互助队”的事，连孩子也不例外。", True),  # a quotation that is still open
    ("村里的合作", "社今年又添了两台机器。", True),  # written together elsewhere
    ("会计又把账目对了一遍", "亩产。第二天一早大家就下地了。", False),  # nothing speaks for it
    ("会计又把账目对了一遍。", "第二天一早大家就下地了。", False),
    ("会计把账目对了又对，", "— 3 —", False),  # a page number is not what it goes on with
]


@pytest.mark.parametrize(("end", "start", "together"), PAGE_CUTS)
def test_page_cuts(end, start, together):
    front = "春耕开始以后，合作社的人每天天不亮就到地里去，中午也不休息。" + end
    page = f"{wrap(front, 22)}\n\n{wrap(start, 22)}\n\n{wrap(VILLAGE[2], 22)}\n"
    assert (end + start in unwrapped(page)) == together


def test_paragraphs_indented_and_apart():
    page = "\n\n".join(wrap(p, 40, "　　") for p in VILLAGE) + "\n"
    assert unwrapped(page) == "\n\n".join("　　" + p for p in VILLAGE) + "\n"


# (end of the paragraph in front, the lines behind): none of them goes on from a full line
APART = [
    ("立了块碑。", "碑文"),  # a heading: far from full, and it ends without a stop
    ("立了块碑。", "却说邻村也想有一座桥，几个后生便来问他怎么架，木料从哪里来。"),
    ("立了块碑。", "（3）邻村也想有一座桥，几个后生便来问他怎么架，木料从哪里来。"),
]


@pytest.mark.parametrize(("end", "behind"), APART)
def test_what_opens_something_stays_behind_a_full_line(end, behind):
    front = (VILLAGE[2] * 2)[: 60 - len(end)] + end
    lines = [wrap(p, 40) for p in (VILLAGE[1], front, behind, VILLAGE[3])]
    out = unwrapped("\n".join(lines) + "\n").split("\n")
    assert behind in out
    assert out[out.index(behind) - 1].endswith(end)


NAMES = [
    (
        "Die Einstellungen stehen in der Datei\n.profile im eigenen Verzeichnis, das jeder\nhat, der sich anmeldet.\n",
        True,
    ),
    (".profile wird gelesen, wenn sich jemand\nanmeldet, und danach nicht mehr, solange er\narbeitet.\n", False),
]


@pytest.mark.parametrize(("lines", "together"), NAMES)
def test_a_dot_in_front_of_a_name_is_no_stop(lines, together):
    front = (
        "Wer etwas ändern will, sucht zuerst nach dem\nrichtigen Ort; es gibt ihrer drei, und jeder hat\nseinen Sinn.\n"
    )
    page = front + ("" if together else "\n") + lines
    assert ("\n.profile" not in unwrapped(page)) == together


def test_explain_names_the_evidence_for_every_break():
    page = "\n\n".join(wrap(p, 24) for p in VILLAGE[:2])
    judged = list(explain(page))
    lines = page.split("\n")
    assert [j.line for j in judged] == [i for i, line in enumerate(lines, 1) if line][:-1]
    assert [j.line for j in judged if not j.join] == [lines.index("")]
    assert all(j.evidence and 0 < j.confidence <= 1 for j in judged)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_layouts_overrule(layout):
    page = "\n\n".join(wrap(p, 24) for p in VILLAGE) + "\n"
    assert bool(scan(page, layout)) == (layout != "none")


pages = st.lists(
    st.text("山水村桥，。“”：（）12a b-\n\n\n 　\t\r\f", max_size=40)
    | st.sampled_from([wrap(p, 24) for p in VILLAGE + VALLEY]),
    max_size=6,
).map("\n".join)


@settings(max_examples=300, deadline=None)
@given(pages)
def test_once_is_enough(page):
    once = unwrapped(page)
    assert unwrapped(once) == once


@settings(max_examples=300, deadline=None)
@given(pages)
def test_only_white_space_and_hyphens_go(page):
    assert unhyphenated(unwrapped(page)) == unhyphenated(page)


@settings(max_examples=150, deadline=None)
@given(pages)
def test_edits_of_all_codes_are_disjoint(page):
    Edits.of(sorted(edit for edits in scan(page).values() for edit in edits))


@settings(max_examples=300, deadline=None)
@given(pages | st.text("山a。\n\n \t", max_size=40))
def test_what_is_told_without_numpy_is_what_it_would_tell(page):
    settled = settle(page)
    joins = settled is not None and settled.join > 0
    assert bool(any(map(len, scan(page).values()))) == joins


HOSTILE = {
    "one line": "山" * 300_000,
    "one line of spaces": " " * 300_000 + "山\n" + "水" * 30,
    "empty lines": "\n" * 300_000,
    "spaces between lines": ("山" + " " * 400 + "\n") * 700,
    "feeds": "\f\n" * 5_000,
    "tabs": "\t\n\t\t\n" * 5_000,
    "returns": "\r\r\n\r" * 5_000,
    "right to left": "שלום עולם\nמה שלומך היום\n" * 400,
    "surrogates": "\ud800\n\udfff山\n" * 400,
    "hyphens": "-\n" * 20_000,
    "openers": "（" * 50_000 + "\n" + "（\n" * 20_000,
    "quotes": "山“\n\n" * 5_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_input_loses_nothing(text):
    assert unhyphenated(unwrapped(text)) == unhyphenated(text)


def test_small_clean_text_does_not_load_numpy():
    program = (
        "import sys; from texttool.filters.unwrap import scan;"
        f"assert scan({LEFT_ALONE['paragraphs']!r}) == {{}};"
        "assert 'numpy' not in sys.modules"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
