"""Furniture: page numbers and running heads go, what only looks like them stays."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from texttool import pipeline
from texttool.filters import furniture, unwrap
from texttool.filters.furniture.numerals import value
from texttool.filters.furniture.pageblocks import LONGEST
from texttool.filters.furniture.pagenumbers import may_be_numbered
from texttool.rulebook import load

STORY = (
    "渡口的老船工姓何，撑了四十年的船。河上架桥的那一年，他把船卖给了下游的砖窑，自己搬到桥头的小屋里住，替人看守过桥的牛羊。"
    "每天傍晚，他都要到河边走一趟，看看水涨了没有。有人问他：桥都架好了，还看水做什么？他说，水认得路，人也要认得水。"
    "后来发大水，桥墩冲歪了一个，是他头一个看见的，连夜跑了十里路去报信，一桥的人都没有出事。"
)


def paged(number: str, head: str = "", pages: int = 4, lines: int = 10, first: int = 7) -> tuple[str, str]:
    """A story of ``pages`` pages of ``lines`` lines, with and without the furniture."""
    text = STORY * (pages * lines * 20 // len(STORY) + 1)
    rows = [text[at : at + 20] for at in range(0, pages * lines * 20, 20)]
    bodies = ["\n".join(rows[at : at + lines]) for at in range(0, len(rows), lines)]
    foot = ["\n\n" + number.format(n) + "\n\n" + (head + "\n\n" if head else "") for n in range(first, first + pages)]
    return "".join(map("".join, zip(bodies, foot, strict=True))), "\n\n".join(bodies) + "\n\n"


def cleaned(text: str) -> str:
    return pipeline.run(text, furniture.RULES, unsafe=True).text


@pytest.mark.parametrize("rule", furniture.RULES, ids=lambda rule: rule.code)
def test_examples(rule):
    for before, after in rule.examples:
        assert pipeline.run(before, [rule], unsafe=True).text == after
    for text, *found in rule.finds:
        result = pipeline.run(text, [rule], unsafe=True)
        assert [finding.found for finding in result.findings()] == found
        assert result.text == text


@pytest.mark.parametrize(
    "number",
    [
        "{}",
        "- {} -",
        "— {} —",
        "－{}－",
        "〜 {} 〜",
        "[{}]",
        "第{}页",
        "第 {} 页 共 20 页",
        "Page {}",
        "{} / 20",
        "·{}·",
    ],
)
@pytest.mark.parametrize("head", ["", "渡口旧事", "第三章　桥"])
def test_pages(number, head):
    page, text = paged(number, head)
    assert cleaned(page).rstrip() == text.rstrip()


NUMERALS = [
    ("12", 12),
    ("１２", 12),
    ("iv", 4),
    ("xlviii", 48),
    ("XC", 90),
    ("iiii", None),
    ("vx", None),
    ("civil", None),
    ("十二", 12),
    ("二十", 20),
    ("一百零五", 105),
    ("三七", 37),
]


@pytest.mark.parametrize(("numeral", "number"), NUMERALS)
def test_numerals(numeral, number):
    assert value(numeral) == number


def dressed(numbers, pages=6, lines=10):
    """The pages of ``paged`` with the given lines under them instead."""
    page, text = paged("{}", pages=pages, lines=lines, first=700)
    for n, line in enumerate(numbers):
        page = page.replace(str(700 + n), line)
    return page, text


SERIES = {
    "roman": ["ix", "x", "xi", "xii", "xiii", "xiv"],
    "chinese": ["第九页", "第十页", "第十一页", "第十二页", "第十三页", "第十四页"],
    "numbers beside heads": [f"{n}    渡口旧事" if n % 2 else f"第三章　桥    {n}" for n in range(9, 15)],
    "heads that change": [f"{n} | {'渡口旧事' if n < 12 else '桥头'}" for n in range(9, 15)],
}


@pytest.mark.parametrize("series", SERIES.values(), ids=SERIES)
def test_numbers_of_other_kinds(series):
    page, text = dressed(series)
    assert cleaned(page).rstrip() == text.rstrip()


def test_heads_cut_short_differ_from_page_to_page():
    heads = ["4.1. WAS DAS WASSER …", "4.2. WIE DAS RAD …", "4.3. WARUM DER DAMM …", "4.4. WO DIE STRASSE …"]
    page, text = dressed(["9", "10", "11", "12"], pages=4)
    for number, head in zip(("9", "10", "11", "12"), heads, strict=True):
        page = page.replace(f"\n\n{number}\n\n", f"\n\n{number}\n\n\f{head}\n\n")
    assert cleaned(page).rstrip() == text.rstrip()


def test_sentences_close_over_the_page():
    page, text = paged("- {} -", "渡口旧事")
    rules = (*furniture.RULES, *unwrap.RULES)
    assert pipeline.run(page, rules, unsafe=True).text == "".join(text.split()) + "\n"


def test_heads_at_form_feeds():
    page, text = paged("- {} -", "渡口旧事")
    fed = page.replace(" -\n\n", " -\n\f")
    assert cleaned(fed).rstrip() == text.rstrip()


# A chapter fills ten lines, as a page does, but ends with its last sentence.
CHAPTER = "\n".join(STORY[at : at + 16] for at in range(0, len(STORY), 16))
STAYS = {
    "chapters": "".join(f"{n}\n\n{CHAPTER}\n\n" for n in range(1, 6)),
    "sections": "".join(f"{n}.1\n\n{CHAPTER}\n\n" for n in range(1, 6)),
    "numbered headings": "".join(f"第{n}章\n\n{CHAPTER}\n\n" for n in range(1, 6)),
    "cells": "\n\n".join(map(str, range(1, 30))),
    "years": "".join(f"{n}\n\n{CHAPTER}\n\n" for n in (1998, 2003, 2010, 2014)),
    "subtitles": "".join(f"{n}\n00:00:0{n},000 --> 00:00:0{n},900\n你好\n\n" for n in range(1, 9)),
    "refrain": "".join(f"{STORY[at : at + 30]}\n\n啊，渡口\n\n" for at in range(0, 90, 30)),
    "chapters on pages": "\f".join(f"Chapter {n}\n\n{CHAPTER}\n" for n in range(1, 5)),
    "roman chapters": "".join(f"{n}\n\n{CHAPTER}\n\n" for n in ("I", "II", "III", "IV")),
    "verse without marks": "".join(f"{n}\n\n" + "窗外的雨\n一直下到天亮\n" * 6 + "\n" for n in range(1, 6)),
    "contents": "".join(f"Chapter {n}    {n + 2}\n\n" for n in range(1, 6)),
    "one page": paged("- {} -", pages=1)[0],
    "list": "".join(f"({n})\n{STORY[:30]}\n" for n in range(1, 9)),
}


@pytest.mark.parametrize("text", STAYS.values(), ids=STAYS)
def test_what_only_looks_like_furniture_stays(text):
    assert cleaned(text) == text.replace("\f", "")


def test_sections_that_begin_on_two_pages_far_apart_are_no_heads():
    page, text = paged("- {} -", pages=12)
    for number in (9, 16):
        page = page.replace(f"- {number} -\n\n", f"- {number} -\n\n备注\n\n")
    assert cleaned(page).count("备注") == 2
    assert cleaned(page).replace("备注\n\n", "").rstrip() == text.rstrip()


def test_numbers_between_numbers():
    page, _ = paged("- {} -", pages=6)
    odd = page.replace("- 9 -", "- 90 -")
    once = cleaned(odd)
    assert cleaned(once) == once
    assert "- 90 -" in once


lines = st.sampled_from([STORY[:20], STORY[20:36], "1", "2", "3", "- 1 -", "- 2 -", "第3页", "渡口", "\f", "", "", " "])


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.lists(lines, max_size=4).map("\n".join) | st.just("\n".join([STORY[:20]] * 9)), max_size=12).map(
        "\n".join
    )
)
def test_once_is_enough(text):
    once = cleaned(text)
    assert cleaned(once) == once
    safely = pipeline.run(text, furniture.RULES).text
    assert pipeline.run(safely, furniture.RULES).text == safely


@settings(max_examples=200, deadline=None)
@given(st.text("字，。\n\f 12-第页", max_size=60))
def test_only_short_lines_go(text):
    kept = pipeline.run(text, furniture.RULES)
    assert all(len(finding.found.split()) <= 40 for finding in kept.findings())
    assert kept.edits().inverse(text).apply(kept.text) == text


HOSTILE = {
    "one line": "字" * 300_000,
    "empty lines": "\n" * 300_000,
    "feeds": "\f" * 100_000,
    "spaces": (" " * 500 + "\n") * 600,
    "numbers": "7\n\n" * 30_000,
    "dashes": "-" * 200_000,
    "paragraphs": "字\n\n" * 50_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_input_is_left_alone(text):
    assert "".join(cleaned(text).split()) == "".join(text.split())


def test_a_head_on_each_of_many_pages():
    body = STORY[:20] + "\n" + STORY[20:40] + "\n"
    assert cleaned(f"渡口\n\n{body}\n\f" * 5_000).split() == ["渡口", *body.split() * 5_000]  # the first is the title


FORMS = [form for kind in ("dressed", "bare", "headed") for form in load("tables/furniture-pages")[kind]]


@given(st.sampled_from(FORMS).flatmap(lambda form: st.from_regex(form, fullmatch=True)))
def test_a_line_of_any_form_is_told_by_what_it_begins_and_ends_with(line: str) -> None:
    assert may_be_numbered(f"雨还在下。\n\n {line}\n\n桥上没有人。") or len(line.strip()) > LONGEST or "\n" in line
