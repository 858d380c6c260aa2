"""The punct filter: its rules together, its laws, and what it leaves alone."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import texttool
from texttool.filters import LOCALES
from texttool.pipeline import run
from texttool.rule import letters, letters_of_any_width
from texttool.rulebook import rules, rules_of

RULES = rules(["punct"])
TOLD_RULES = {locale: rules(["punct"], locale=locale) for locale in LOCALES}
SPACING = [rule for rule in rules_of("punct") if rule not in RULES]
EXAMPLES = [(rule, before, after) for rule in RULES for before, after in rule.examples]

MARKS = ",.;:?!()\"'…—-。，；：？！（）“”‘’《》「」、·．•－３Ａ \n"
biased = st.text(st.one_of(st.sampled_from(MARKS), st.sampled_from("汉字天地這克思あの한Ab1")), max_size=40)


def clean(text: str, *, unsafe: bool = False) -> str:
    return run(text, RULES, unsafe=unsafe).text


@pytest.mark.parametrize(("rule", "before", "after"), EXAMPLES)
def test_example_in_the_whole_filter(rule, before, after):
    assert clean(before, unsafe=True) == after
    assert clean(after, unsafe=True) == after


@pytest.mark.parametrize(("rule", "before", "after"), [(r, *example) for r in SPACING for example in r.examples])
def test_example_of_spacing(rule, before, after):
    assert run(before, [rule]).text == after
    assert run(after, [rule]).text == after


def test_spacing_runs_only_when_it_is_selected():
    assert {rule.code[:2] for rule in SPACING} == {"SP"}
    assert {rule.code[:2] for rule in RULES} == {"PN"}


@pytest.mark.parametrize("rule", rules_of("punct"), ids=lambda rule: rule.code)
def test_every_rule_shows_what_it_changes_and_what_it_leaves(rule):
    assert any(before != after for before, after in rule.examples)
    assert any(before == after for before, after in rule.examples)


TOGETHER = [
    ('他问:"真的吗?!"我说:"真的."', "他问：“真的吗？！”我说：“真的。”"),
    ("\"什么叫'静'?\"他说.", "“什么叫‘静’？”他说。"),
    ("他想了想...(没说话)--走了.", "他想了想……（没说话）——走了。"),
    ("全省(区,市)共1,024个,同比增长3.5%;其中:甲2个.", "全省（区，市）共1,024个，同比增长3.5%；其中：甲2个。"),
    ("看了(上),\n(下)没有看.", "看了（上），\n（下）没有看。"),
    ('一是"甲乙","丙丁",二是"戊己".', "一是“甲乙”，“丙丁”，二是“戊己”。"),
    ("国办发〔2018〕59号,自2018.5.1起施行.", "国办发〔2018〕59号，自2018.5.1起施行。"),
    ("增长了28.\n67%,很快.", "增长了28.\n67%，很快。"),
    ('他说："我来了。\n\n"你呢？"她问。', '他说："我来了。\n\n“你呢？”她问。'),
    ("他读卡尔.马克思的书.我读列夫.托尔斯泰的.", "他读卡尔·马克思的书。我读列夫·托尔斯泰的。"),
    ("(甲)乙\n(丙丁\n\n戊)己(庚)", "（甲）乙\n(丙丁\n\n戊)己（庚）"),
    ("他来了,真的!\n好,走;\n,再见:\n(完).", "他来了，真的！\n好，走；\n，再见：\n（完）。"),
]


@pytest.mark.parametrize(("before", "after"), TOGETHER)
def test_together(before, after):
    assert clean(before) == after


ALONE = [
    "价格1,299.00元，时间12:30:05，比例16:9，版本v1.2.3，日期2024.05.01",
    "见 https://example.org/a?b=1,2;c(d)!e 和 name@example.org",
    "路径/usr/local/lib/a.b,c与C:\\temp\\a.txt",
    "见[[页面,别名]]与[链接](a,b.html)",
    "运行`print('你好,世界!')`即可",
    "```\n你好,世界!\n```",
    '<p class="甲,乙">见此</p>',
    "今天好开心:)还有(^_^)和;)",
    "1. 苹果\n2. 梨\n10. 桃",
    "他写道 The quick, brown fox; it jumped! 然后停笔",
    'Hello, world. (It\'s "fine"...) Really?',
    'He said: "你好" twice, then left.',
    "设f(x)=2,g(x)=3",
    "项目 A.I. 与 U.S. 的 e.g. 说明",
    '{"名": "值,甲", "乙": [1, 2]}',
    "见手册的这一节（名为\nUsing the shell”）。",
    "他读作Deb'-ee-en，也作ee'-en。",
    "",
    "\n\n",
    ",.;:?!()\"'",
]


@pytest.mark.parametrize("text", ALONE)
def test_left_alone(text):
    assert clean(text) == text


SHOWN = [
    ('他說:"你們為什麼不來?"', "他說：「你們為什麼不來？」"),
    ("她說:“沒有‘時間’”,就走了.", "她說：“沒有‘時間’”，就走了。"),
    ("他說:「沒有'時間'」.", "他說：「沒有『時間』」。"),
    ('他说:"你们为什么不来?"', "他说：“你们为什么不来？”"),
    ("これは,まだ本ではない...(と思う)", "これは、まだ本ではない……（と思う）"),
    ('彼は"行こう"と言った.--それから,出た!', "彼は「行こう」と言った。――それから、出た！"),
    ("そう…なのか。列夫・トルストイの１９８０年", "そう…なのか。列夫・トルストイの１９８０年"),
    ('他問:"真的嗎?"', "他問：「真的嗎？」"),
    ("이것은 (漢字) 책이다...", "이것은 (漢字) 책이다..."),
    (
        "听说《となりのトトロ》这部电影重新上映了,很好看,我们全家昨天晚上都去看了.",
        "听说《となりのトトロ》这部电影重新上映了，很好看，我们全家昨天晚上都去看了。",
    ),
]


@pytest.mark.parametrize(("before", "after"), SHOWN)
def test_the_marks_are_those_of_the_language_of_the_text(before, after):
    assert clean(before) == after
    assert clean(after) == after


TOLD = [
    ("zh-CN", "他说：\"甲'乙'\",走了.", "他说：“甲‘乙’”，走了。"),
    ("zh-TW", "他说：\"甲'乙'\",走了.", "他说：「甲『乙』」，走了。"),
    ("zh-HK", "他说：\"甲'乙'\",走了.", "他说：「甲『乙』」，走了。"),
    ("ja", "他说:\"甲'乙'\",走了.", "他说：「甲『乙』」、走了。"),
    ("zh-TW", '他说“好”,又说"走".', "他说“好”，又说「走」。"),
    ("zh-CN", '他說「好」,又說"走".', "他說「好」，又說“走”。"),
    ("zh-CN", "これは,本です.", "これは，本です。"),
    ("zh-TW", "列夫•托尔斯泰(俄)", "列夫‧托尔斯泰（俄）"),
    ("ja", "生于１９８０年,走", "生于１９８０年、走"),
]


@pytest.mark.parametrize(("locale", "before", "after"), TOLD)
def test_a_locale_that_is_told_decides(locale, before, after):
    assert texttool.clean(before, ["punct"], locale=locale).text == after
    assert texttool.clean(after, ["punct"], locale=locale).text == after
    findings = texttool.lint(before, select=["PN"], locale=locale)
    assert bool(findings) == (before != after)


def test_an_unknown_locale_is_an_error():
    with pytest.raises(ValueError, match="did you mean 'zh-TW'"):
        texttool.clean("", locale="zh-TV")


@settings(max_examples=2000, deadline=None)
@given(biased, st.sampled_from(LOCALES))
@example("汉'\"汉\"'", "auto")
@example("汉(?!)汉", "auto")
@example('"(”"“あ', "zh-TW")
@example('」．の".」', "auto")
def test_idempotent(text, locale):
    for unsafe in (False, True):
        once = run(text, TOLD_RULES[locale], unsafe=unsafe).text
        assert run(once, TOLD_RULES[locale], unsafe=unsafe).text == once


@settings(max_examples=2000, deadline=None)
@given(biased)
def test_keeps_letters_and_digits_and_makes_no_space(text):
    chinese = [rule for rule in RULES if rule.code != "PN601"]  # that one sets the spaces of Latin text
    got = run(text, chinese).text
    assert letters_of_any_width(got) == letters_of_any_width(text)
    assert sum(map(str.isspace, got)) <= sum(map(str.isspace, text))


@settings(max_examples=500, deadline=None)
@given(st.text(max_size=60))
def test_any_text_survives(text):
    assert letters_of_any_width(clean(text)) == letters_of_any_width(text)


@pytest.mark.parametrize(
    "piece",
    [
        "(",
        ")",
        '"',
        "'",
        "“",
        "”",
        "...",
        ".",
        "--",
        '中"',
        "中'",
        "中(",
        "中,",
        "`",
        "[[",
        '\n\n"',
        "<a",
        "$",
        "://.",
        "马克.",
        "《",
        "A，\n",
        "甲(\n",
    ],
)
def test_long_runs_are_read_once(piece):
    """A run of 200,000 is read in well under a second when the work is linear, and in hours when it is not."""
    text = piece * 200_000
    assert letters(clean(text)) == letters(text)


def test_import_is_light():
    code = "import sys, texttool.filters.punct; print({'numpy', 'chardet', 'rich'} & set(sys.modules))"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "set()"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            '左括号用（")表示。他说"好"。',
            '左括号用（"）表示。他说“好”。',
        ),  # a mention once both halves are of one width
        ("甲说(见 a/b.txt)乙,丙.", "甲说（见 a/b.txt）乙，丙。"),  # a path ends where the bracket stands
        ("a = f(甲,乙)\n他说(好),走.", "a = f(甲,乙)\n他说（好），走。"),  # notation of one line, brackets of the next
    ],
)
def test_protected_spans_hold_when_brackets_have_become_wide(before: str, after: str) -> None:
    assert run(before, rules(["punct"])).text == after
    assert run(after, rules(["punct"])).text == after
