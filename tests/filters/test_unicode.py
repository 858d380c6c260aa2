"""Characters that look right and are not; and those that must stay as they are."""

import re
import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from texttool.filters import unicode
from texttool.filters.unicode import RULES, invisible
from texttool.filters.unicode.invisible import BIDI, CONTROL, SOFT_HYPHEN, SPACE, ZERO_WIDTH
from texttool.filters.unicode.plain import strange
from texttool.pipeline import run
from texttool.rulebook import rules_dir

KEEP = [
    "，：；（）！？～％＋",
    "①㎡㈱²³½ﬁ℃Ⅳ",
    "\u3000\u3000缩进的段落",
    "葛\U000e0100城",
    "👨\u200d👩\u200d👧 ❤\ufe0f",
    "می\u200cخواهم",
    "क्\u200dष",
    "豈更車",
    "\x1b[31m红\x1b[0m\x07\t\r\n",
    "שלום \u200f公园",
]


@pytest.mark.parametrize("text", KEEP)
def test_left_alone(text: str) -> None:
    assert run(text, RULES).text == text


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_examples(rule) -> None:
    for before, after in rule.examples:
        assert run(before, [rule], unsafe=True).text == after
        assert run(before, RULES, unsafe=True).text == after
        assert run(after, RULES, unsafe=True).text == after
    for text, *found in rule.finds:
        assert [finding.found for finding in run(text, [rule]).findings()] == found


@pytest.mark.parametrize(
    "char", ["\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad", "\x00", "\x7f", "\u200e", "\u202e"]
)
def test_invisible_characters_go_beside_han_only(char: str) -> None:
    assert run(f"公{char}园", RULES).text == "公园"
    assert run(f"a{char}b", RULES).text == f"a{char}b"


def test_radicals_are_a_sane_table() -> None:
    lines = (rules_dir() / "tables" / "unicode_radicals.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    assert [row[0] for row in rows] == sorted({row[0] for row in rows})
    for radical, ideograph in rows:
        assert 0x2E80 <= ord(radical) <= 0x2FDF
        assert re.fullmatch("[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U000323af]", ideograph)
        assert run(f"中{radical}", RULES).text == f"中{ideograph}"


ODD = "中国一か\u3099e\u0301⼭⻓ab \n\u3000אמ👩\ue000\u1112\u1161\u11ab\uf90a，"
HIDDEN = "\u200b\u200d\ufeff\u00ad\x01\u200f\u202a\u00a0\u2009"
TAKEN = re.compile(f"[{ZERO_WIDTH}{SOFT_HYPHEN}{CONTROL}{BIDI}{SPACE} ]")


@example("a\u3099\u0301\x01")
@example("か\u3099\x01")
@given(st.text(alphabet=st.sampled_from(ODD + HIDDEN), max_size=40))
@settings(max_examples=500, deadline=None)
def test_laws(text: str) -> None:
    result = run(text, RULES)
    assert run(result.text, RULES).text == result.text
    assert result.edits().inverse(text).apply(result.text) == text
    # Nothing that shows is lost: with the radicals replaced and the pieces composed on both sides, the rest is equal.
    before, after = (TAKEN.sub("", each).replace("⼭", "山").replace("⻓", "长") for each in (text, result.text))
    assert unicodedata.normalize("NFC", before) == unicodedata.normalize("NFC", after)


def test_what_counts_as_plain_is_nothing_that_a_rule_looks_for() -> None:
    looked_for = [unicode._MARKS, unicode._RADICAL, unicode._COMPATIBILITY, unicode._PRIVATE, invisible.RUN]
    every = "".join(map(chr, [*range(0xD800), *range(0xE000, 0x110000)]))
    kept = set(strange(every))
    for pattern in looked_for:
        found = set("".join(pattern.findall(every)))
        assert found
        assert found <= kept
    assert strange("他说：“好，just 3 câfé…”\n한국어 кофе") == ""
