from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given

import texttool
from tests.conftest import SAMPLES
from tests.strategies import laws, texts
from texttool import recipes
from texttool.lines import Lines
from texttool.measure.fitting import fitting, shows
from texttool.measure.page import page_of
from texttool.measure.passage import around, most_changed, passage
from texttool.measure.portrait import Portrait, portrait, troubles
from texttool.rulebook import every_rule, load

# The codes of rules that make edits unasked.
EDITS = {rule.code for rule in every_rule() if rule.safe and rule.keeps.__name__ != "everything"}
NARROW = "山脚下的小镇每到秋天就\n会飘起桂花的香气，老人\n们坐在巷口下棋，一直坐\n到天黑。\n"


def portrait_of(data: bytes) -> Portrait:
    document = texttool.decode(data)
    result = texttool.clean(document.text)
    return portrait(document, texttool.detect(data), result, result.findings())


def test_the_page_of_a_narrow_column() -> None:
    page = page_of(NARROW)
    assert (page.wrapped, page.lines, page.joined, page.wide) == (True, 4, 3, True)
    assert page.ends() == (11, 11)
    assert page.share == 1
    assert page.numbers == (1, 2, 3)


@pytest.mark.parametrize("text", ["", "\n\n", "一行。", "一行。\n"])
def test_the_page_of_next_to_nothing(text: str) -> None:
    page = page_of(text)
    assert (page.wrapped, page.share, page.profile(10), page.ends()) == (False, 0, [], (0, 0))


def test_a_profile_has_no_more_points_than_lines() -> None:
    assert page_of(NARROW).profile(40) == [22, 22, 22]
    assert page_of(NARROW).profile(2) == [22, 22]


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.name)
def test_the_recipe_that_fits_a_sample_gives_its_clean_text(sample: Path) -> None:
    found = portrait_of((sample / "in.txt").read_bytes())
    text = texttool.decode((sample / "in.txt").read_bytes()).text
    assert texttool.clean(text, recipe=found.recipe).text == (sample / "out.txt").read_text("utf-8")


@pytest.mark.parametrize(
    ("codes", "text", "recipe"),
    [
        ({}, "", None),
        ({"EN103": 1}, "", "legacy-encoding"),
        ({"PN101": 3, "UN201": 1}, "", "web"),
        ({"LW101": 9, "PN101": 3, "DP101": 1}, "", "ocr-report"),
        ({"LW101": 9, "UN201": 3}, "", "training-data"),
        ({"LW101": 9, "PN101": 3, "DP101": 1, "EN103": 1}, "第一章 渡口\n“船来了。”\n他说。\n", "ebook"),
        ({"LW101": 9, "PN101": 3}, "他说“船来了”，没有人听见。\n", "ocr-report"),
    ],
)
def test_the_recipe_that_fits(codes: dict[str, int], text: str, recipe: str | None) -> None:
    assert fitting(codes, EDITS & codes.keys(), text) == recipe


def test_a_sign_is_shown_by_one_line_in_ten() -> None:
    ebook = recipes.recipe("ebook")
    assert shows(ebook, "“来了。”\n" + "他走了。\n" * 9)
    assert not shows(ebook, "“来了。”\n" + "他走了。\n" * 10)
    assert not shows(ebook, "")


def test_every_finding_is_some_kind_of_trouble() -> None:
    for rule in every_rule():
        assert sum(troubles(Counter({rule.code: 1})).values()) == 1, rule.code
    assert len(load("tables/troubles")) == 9


def test_a_portrait_of_gbk_shows_what_else_it_could_be() -> None:
    found = portrait_of("渡口的船工起得很早，先看水，再看天。\n".encode("gbk"))
    best = found.encoding["candidates"][0]
    assert found.encoding["encoding"] == best["encoding"] == "gb18030"
    assert best["preview"] == "渡口的船工起得很早，先看水，再看天。⏎"
    assert found.size == 37


def test_passages_show_before_and_after() -> None:
    result = texttool.clean("全年新建服务  \n站46个,覆盖职工。\n\n另有一段,没有换行。\n")
    [first, *_] = most_changed(result, 3)
    assert first.line == 1
    assert "".join(part.put for part in first.parts if part.put != part.found) == "，"
    assert first.after == "全年新建服务站46个，覆盖职工。"


@given(texts)
@laws(150)
def test_the_parts_of_a_passage_are_the_text_before_and_after(text: str) -> None:
    result = texttool.clean(text)
    whole = passage(text, result.edits(), 0, len(text), Lines(text))
    assert (whole.before, whole.after) == (text, result.text)
    for one in most_changed(result, 3):
        assert one.before == text[one.start : one.end]
        assert one.after in result.text
        assert one.before != one.after


@given(texts)
@laws(60)
def test_what_is_shown_of_a_finding_holds_it(text: str) -> None:
    lines = Lines(text)
    result = texttool.clean(text)
    for finding in result.findings():
        start, end = around(text, finding.start, finding.end)
        assert start <= finding.start <= finding.end <= end
        assert finding.found in passage(text, result.edits(), start, end, lines).before


def test_the_real_report(seed: Path) -> None:
    found = portrait_of((seed / "report.txt").read_bytes())
    first, last = found.page.ends()
    assert 14 <= first <= 17
    assert 3 <= last <= 4
    assert found.page.cuts == 4
    assert found.encoding["encoding"] == "utf-8"
    assert found.recipe == "ocr-report"
    assert found.tally.group("half")[","] > 300
    [copied, _] = sorted(found.of("DP"), key=lambda finding: finding.start - finding.end)
    assert Lines(found.text).place(copied.start)[0] == 1143
