"""What dedup reports, what it removes and what it leaves."""

import subprocess
import sys
from itertools import pairwise

import pytest

from texttool.filters.dedup import RULES, find_duplicates, scan
from texttool.pipeline import run

BOAT = "清晨的渡口起了雾，老船工把缆绳解开，招呼等在岸边的人上船，船头挂着一盏旧马灯，灯光照不到五步以外的水面。"
MILL = "磨坊的轮子整夜没有停，水从闸口冲下来，把石槽磨得发亮，看磨的孩子靠着粮袋睡着了。"
ROAD = "修路的队伍在山口扎了营，工棚的烟囱冒着白烟，炊事员敲着铁桶喊人吃饭。"
BETWEEN = "到了对岸天已经大亮，集市上卖菜的正在支起摊子。"


def found(text):
    """(code, found, put) of every finding."""
    return [(f.code, f.found, f.put) for f in run(text, RULES).findings()]


def wrapped(text, width):
    return "\n".join(text[i : i + width] for i in range(0, len(text), width))


PLACES = {
    "no marks at all": (
        "".join(map(chr, range(0x4E00, 0x4EA0))) + "".join(map(chr, range(0x4E20, 0x4E3C))) + "完",
        [("DP101", "".join(map(chr, range(0x4E20, 0x4E3C))))],
    ),
    "at once": (BOAT + BOAT, [("DP301", BOAT)]),
    "apart": (BOAT + BETWEEN + BOAT, [("DP101", BOAT)]),
    "apart with other neighbours": (MILL + BOAT + ROAD + BETWEEN + BOAT + "完。", [("DP101", BOAT)]),
    "wrapped in one place": (BOAT + BETWEEN + wrapped(BOAT, 11), [("DP101", wrapped(BOAT, 11))]),
    "width of marks": (BOAT + BETWEEN + BOAT.replace("，", ","), [("DP101", BOAT.replace("，", ","))]),
    "traditional script": (
        MILL + BETWEEN + "磨坊的輪子整夜沒有停，水從閘口衝下來，把石槽磨得發亮，看磨的孩子靠著糧袋睡著了。",
        [("DP101", "磨坊的輪子整夜沒有停，水從閘口衝下來，把石槽磨得發亮，看磨的孩子靠著糧袋睡著了。")],
    ),
    "a wrong character": (
        MILL + BETWEEN + MILL.replace("石槽", "石糟"),
        [("DP201", MILL.replace("石槽", "石糟"))],
    ),
    "a lost character": (MILL + BETWEEN + MILL.replace("整夜", "夜"), [("DP201", MILL.replace("整夜", "夜"))]),
    "title set twice": ("柜里有《江南园林志》《江南园林志》和旧图。", [("DP301", "《江南园林志》")]),
    "a line scanned twice": (
        "队里今年一共修好了七条机耕\n路和两座过水的石桥还没有算\n路和两座过水的石桥还没有算\n上村口那一段。",
        [("DP301", "路和两座过水的石桥还没有算\n")],
    ),
    "a sentence in English": (
        "The ferry leaves at dawn, when the fog is still on the river. Nobody waits. "
        "The ferry leaves at dawn, when the fog is still on the river.",
        [("DP101", "The ferry leaves at dawn, when the fog is still on the river.")],
    ),
    "title set twice, wrapped": ("柜里有《江南园\n林志》《江南\n园林志》和旧图。", [("DP301", "《江南\n园林志》")]),
}
LEFT = {
    "prose": BOAT + MILL + ROAD + BETWEEN,
    "reduplication": "大家商量商量，研究研究，高高兴兴地回去了。",
    "emphasis": "等一等我们吧，等一等我们吧！谁也没有回头。",
    "a line of a song": "月亮走我也走\n月亮走我也走\n我送阿哥到村口",
    "laughter": "他笑了起来：哈哈哈哈哈哈哈哈哈哈哈哈！",
    "a column of noughts": "0.00 0.00 0.00 0.00 0.00 0.00 0.00 0.00 0.00 0.00 0.00 0.00",
    "a turn of speech in English": (
        "On the other hand, the number of boats has grown. Nobody counted, on the other hand, the number of people."
    ),
    "idiom said twice": "恭喜发财恭喜发财，里面请。",
    "name in sentences": (
        "这件事由全国青少年乡土历史文化研究与推广工作委员会秘书处负责，年底前做完。"
        "会后记者又去问全国青少年乡土历史文化研究与推广工作委员会秘书处的人，没有问到。"
    ),
    "slogan": (
        "全镇上下要牢记种好每一亩田地，管好每一条水渠，把春耕的事办好。"
        "会议指出，各村仍要种好每一亩田地，管好每一条水渠，不误农时。"
    ),
    "formula": "".join(
        name + "一案，当事人如有不服，可以在十五日之内向本院提出书面申诉。" + filler
        for name, filler in zip("甲乙丙丁", (BOAT, MILL, ROAD, BETWEEN), strict=True)
    ),
    "nothing": "",
    "spaces": " \n" * 50,
    "marks": "，。！" * 50,
}


@pytest.mark.parametrize(("text", "expected"), PLACES.values(), ids=PLACES)
def test_reports(text, expected):
    assert [(code, was) for code, was, _ in found(text)] == expected


@pytest.mark.parametrize("text", LEFT.values(), ids=LEFT)
def test_leaves(text):
    assert found(text) == []


def test_names_the_other_places():
    (finding,) = run(MILL + BETWEEN + MILL, RULES).findings()
    assert finding.related == ((0, len(MILL) - 1),)
    assert not finding.safe


def test_is_one_finding_a_copy():
    text = BOAT + MILL + BETWEEN + BOAT + MILL + ROAD + BOAT + MILL
    copies = [finding for finding in run(text, RULES).findings() if finding.code == "DP101"]
    assert len(copies) == 2
    assert all(finding.related[0] == (0, len(BOAT + MILL) - 1) for finding in copies)


def test_removes_only_when_asked():
    text = BOAT + BETWEEN + BOAT
    assert run(text, RULES).text == text
    assert run(text, RULES, unsafe=True).text == BOAT + BETWEEN


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("他说，马灯旧了，要换玻璃罩。", None),
        (BOAT + BETWEEN + BOAT.replace("老船工", "老船土"), None),  # which of the two reads right is not known
        (BOAT[:34] + "。" + BETWEEN + BOAT[:34] + "。", None),  # too short to go
        ("柜里有《江南园林志》《江南园林志》和旧图。", "柜里有《江南园林志》和旧图。"),
        ("柜里有江南园林图江南园林图。", "柜里有江南园林图。"),
        (BOAT + "\n" + BOAT + "\n" + BOAT + "\n" + MILL, BOAT + "\n" + MILL),
    ],
)
def test_what_may_go(text, after):
    assert run(text, RULES, unsafe=True).text == (text if after is None else after)


def test_a_run_is_one_finding():
    for text in ("甲" * 5000, "一行话\n" * 2000, "ab" * 5000, BOAT * 20):
        assert [code for code, _, _ in found(text)] == ["DP301"]


def test_find_duplicates_across_documents():
    groups = list(find_duplicates({"a": MILL + BOAT, "b": ROAD + wrapped(BOAT, 9) + BETWEEN, "c": BETWEEN + "。"}))
    (group,) = [g for g in groups if g.kind == "span"]
    assert [(name, start) for name, start, _ in group.spans] == [("a", len(MILL)), ("b", len(ROAD))]
    assert group.identity == 1


def test_find_duplicates_does_not_join_documents():
    assert list(find_duplicates({"a": MILL, "b": BOAT, "c": MILL[-10:] + "又" + BOAT[:10]})) == []


def test_short_texts_need_no_numpy():
    code = (
        "import sys; from texttool.filters.dedup import scan; scan(sys.argv[1]); "
        "assert not {'numpy', 'chardet', 'rich'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code, BOAT + MILL], check=True)


def test_scan_gives_disjoint_edits_over_all_codes():
    text = (BOAT + MILL + BETWEEN) * 2 + "《江南园林志》《江南园林志》" + MILL.replace("发亮", "光滑") + BOAT
    spans = sorted((start, end) for edits in scan(text).values() for start, end, _ in edits)
    assert len(spans) > 2
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))
