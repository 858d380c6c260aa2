"""The structure filter: what it reports, where it points, and that it edits nothing."""

from __future__ import annotations

from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from texttool.filters import _units
from texttool.filters.structure.doubled import doubled
from texttool.filters.structure.enumeration import items, number
from texttool.filters.structure.pairs import unpaired
from texttool.filters.structure.repeated import repeated
from texttool.pipeline import run
from texttool.rulebook import rules_of

RULES = rules_of("structure")
PIECES = [
    "一是",
    "二是",
    "（一）",
    "（二）",
    "第三条 ",
    "1. ",
    "①",
    "\n",
    "\n\n",
    "。",
    "，",
    "“",
    "”",
    "（",
    "）",
    "《",
    "》",
    "化解解风险",
    "化解风险",
    "天天",
    "首先",
    "其次，",
    "第二，",
    "（）",
    "的的",
    "我们",
    "——",
    "a",
]


def found(text: str) -> list[tuple[str, str]]:
    return [(finding.code, finding.found) for finding in run(text, RULES).findings()]


def explained(text: str) -> list[tuple[str, ...]]:
    return [tuple(text[s:e] for s, e in finding.related) for finding in run(text, RULES).findings()]


@pytest.mark.parametrize(("rule", "text"), [(rule, before) for rule in RULES for before, _ in rule.examples])
def test_an_example_is_left_alone_by_the_whole_filter(rule, text):
    assert found(text) == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_every_rule_shows_what_it_finds_and_what_it_leaves(rule):
    assert rule.finds and rule.examples


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("一是看。\n二是想。\n二是做。", [("二是",)]),
        ("（一）看\n（二）想\n（四）做", [("（二）",)]),
        ("建立“甲乙”丙丁”平台。", [("“",)]),
        ("今年开了会。各地都来讨论新\n\n万人。明年再开。", [("万人。",)]),
        ("有效化解解风险。排查化解风险。", [("化解风险",)]),
        ("“没有完。\n\n另一段。", [()]),
    ],
)
def test_a_finding_points_at_the_other_place(text, places):
    assert explained(text) == places


REPORTS = [
    ("第一，看。第二，想。第二，做。", [("ST101", "第二")]),
    ("第一，看。第二，想。\n\n第一，问。第二，答。", []),
    ("首先看。其次，想。再次，做。再次，问。", [("ST101", "再次")]),
    ("首先看。其次，想。" + "又说了许多话。" * 200 + "其次，做。", []),
    ("（一）首先看。其次，想。\n（二）其次，做。", []),
    ("第一名和第二名，第二名和第二天。", []),
    ("甲乙（）丙。", [("ST203", "（）")]),
    ("他说（）“（）”。", [("ST203", "（）")]),
    ("运行`甲()`。", []),
    ("因为因为下雨，所以没来。", [("ST402", "因为因为")]),
    ("眼中钉\n的的确确。", []),
    ("甲乙。\n    ——《故乡》\n\n丙丁。", []),
    ("甲乙。——丙\n\n丁戊。", []),
    ("甲乙。\n第二章 丙\n\n丁戊。", []),
    ("甲乙？丙丁\n戊己\n\n庚辛。", []),
    ("甲乙。丙丁，\n\n“戊己。”", []),
    ("甲乙，\n丙丁。\n甲乙，\n丙丁。\n甲乙。", []),
    ("1. 甲\n\n\u00a0\u00a02. 乙\n\n3. 丙", []),
    ("１。", []),
    ("第一章 甲\n第一节 子\n第二节 丑\n第二章 乙\n第一节 寅\n第二节 卯\n第四节 辰", [("ST102", "第四节")]),
    ("一、甲\n（一）子\n（二）丑\n二、乙\n（一）寅\n（二）卯\n（三）辰\n三、丙", []),
    ("第一章 甲\n第一条 子\n第二条 丑\n第二章 乙\n第四条 寅", [("ST102", "第四条")]),
    ("一是看。\n二是想；一是子；二是丑；三是寅。\n三是做。", []),
    ("一是看。\n二是想；三是做。\n四是行。", []),
    ("一是看；二是想；四是做。", [("ST102", "四是")]),
    ("①甲\n②乙\n②丙", [("ST101", "②")]),
    ("（（甲）乙。", [("ST202", "（")]),
    ("“甲（乙”丙。", [("ST202", "（")]),
    ("他说“甲\n\n乙”了。", []),
    ("er sagte „ja“ und ging", []),
    ("甲乙。丙丁，\n\n戊己。", [("ST301", "丙丁，")]),
    ("甲乙。\n\n丙丁\n\n戊己。", []),
    ("国家安全全面加强。安全面临考验。全面推进。安全第一。", []),
    ("", []),
    ("\n\n\n", []),
]


@pytest.mark.parametrize(("text", "expected"), REPORTS)
def test_reports(text, expected):
    assert found(text) == expected


@pytest.mark.parametrize(
    ("marker", "value"),
    [
        ("一", 1),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("九十九", 99),
        ("一百零一", 101),
        ("（3）", 3),
        ("⑳", 20),
        ("第12条", 12),
    ],
)
def test_number(marker, value):
    assert number(marker) == value


def test_items_are_found_in_order_with_their_spans():
    text = "（一）甲\n1. 乙\n一是丙；二是丁"
    assert [(text[slice(*item.span)], item.number) for item in items(text)] == [
        ("（一）", 1),
        ("1.", 1),
        ("一是", 1),
        ("二是", 2),
    ]


@settings(max_examples=2000, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=16).map("".join))
def test_nothing_is_edited_and_findings_lie_in_the_text(text):
    result = run(text, RULES)
    assert result.text == text
    for finding in result.findings():
        assert 0 <= finding.start < finding.end <= len(text)
        assert finding.put == finding.found == text[finding.start : finding.end]
        assert all(0 <= s < e <= len(text) for s, e in finding.related)


@settings(max_examples=500, deadline=None)
@given(st.text(max_size=60))
def test_any_text_survives(text):
    assert run(text, RULES).text == text


@pytest.mark.parametrize(
    "piece",
    [
        "（",
        "）",
        "“",
        "《（",
        "“\n\n",
        "解解",
        "一是。",
        "二是\n",
        "\n",
        "甲乙。丙\n\n",
        "，",
        " ",
        "首先",
        "。其次，",
        "第一，",
        "（）",
        "的的",
        "——",
        "甲——\n",
    ],
)
def test_long_runs_are_read_once(piece):
    """A run of 200,000 is read in about a second when the work is linear, and in hours when it is not."""
    text = piece * 200_000
    assert run(text, RULES).text == text


SERIES = [
    ("一是学习。\n\n三是整改。\n\n三是总结。", ["ST102", "ST101"]),
    ("（五）甲\n（二）乙\n（四）丙\n（一）丁\n（三）戊\n（二）己", []),
    ("（三）甲\n（四）乙\n（五）丙\n（七）丁", ["ST102"]),
    ("（三）甲\n（五）乙", []),
    ("7、甲\n3、乙\n1、丙\n5、丁\n2、戊\n1、己\n2、庚\n6、辛\n3、壬\n8、癸", []),
]


@pytest.mark.parametrize(("text", "codes"), SERIES)
def test_a_series_counts_only_where_somebody_counted(text, codes):
    assert [code for code, _ in found(text)] == codes


@pytest.mark.parametrize(
    "text",
    [
        "天天试试，人人看看，刚刚妈妈说，李冰冰来了。",
        "谢谢谢谢大家，研究研究再说。",
        "爸爸爸爸叫你。刘家家长常常见面。",
    ],
)
def test_words_that_do_double_are_no_fault(text):
    assert found(text) == []


# Besides: a blank line that is not empty, white space at the edges of pieces, characters that take two units.
LARGE = [
    *PIECES,
    "\n \u3000\n",
    "\n　",
    " ",
    "我们我们",
    "但是但是",
    "是",
    "\U00020000",
    "\udc80",
    "\uffff",
    "(",
    "»",
    "“\n\n”",
]


@settings(max_examples=400)
@given(st.lists(st.sampled_from(LARGE), max_size=60).map("".join), st.sampled_from((5, 64)))
def test_a_large_text_is_read_as_a_small_one_is(text, piece):
    def found():
        scans = (unpaired, repeated, doubled)
        return [{code: (list(edits), edits.related) for code, edits in scan(text).items()} for scan in scans]

    small = found()
    with patch.object(_units, "LARGE", 0), patch.object(_units, "PIECE", piece):
        assert found() == small


def test_what_stands_where_pieces_meet_is_found_once():
    text = "，，，，，，是我们我们，“（好）。化解风险化解解风险，，，"
    with patch.object(_units, "LARGE", 0), patch.object(_units, "PIECE", 8):
        found = [list(edits) for scan in (repeated, unpaired, doubled) for edits in scan(text).values()]
    assert found == [[(7, 11, "我们我们")], [(12, 13, "“")], [(22, 24, "解解")]]
