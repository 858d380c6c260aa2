from __future__ import annotations

import pytest

import texttool

WRAPPED = "全年新建基层服务  \n站点46个,接待来  \n访职工2800人次,  \n满意率保持在98.  \n5%以上。\n"


def test_clean_gives_text_findings_edits_and_origins() -> None:
    result = texttool.clean(WRAPPED, filters=["punct", "unwrap"])
    assert result.text == "全年新建基层服务站点46个，接待来访职工2800人次，满意率保持在98.5%以上。\n"
    assert result.edits().apply(WRAPPED) == result.text
    assert {finding.code[:2] for finding in result.findings()} == {"LW", "PN"}
    at = result.text.index("站")
    assert result.origin(at) == (WRAPPED.index("站"), WRAPPED.index("站") + 1)


def test_select_and_ignore_choose_rules() -> None:
    assert texttool.clean("甲,乙:丙", select=["PN101"]).text == "甲，乙:丙"
    assert texttool.clean("甲,乙", ignore=["PN"]).text == "甲,乙"


def test_lint_lists_what_clean_would_do() -> None:
    assert [(f.code, f.start, f.found, f.put) for f in texttool.lint("甲,乙", filters=["punct"])] == [
        ("PN101", 1, ",", "，")
    ]


def test_a_report_reads_the_text_that_the_pipeline_leaves() -> None:
    wrapped = "全年新建基层服务\n站点四十六，接待\n来访职工两千八百\n人次，满意率保持\n九成八以上。\n"
    assert texttool.lint(wrapped, select=["ST"]) == []
    assert {f.code[:2] for f in texttool.lint(wrapped, select=["ST", "LW"])} == {"LW"}
    [finding] = texttool.lint(wrapped + "\n问题”没有开头。\n", select=["ST"])
    assert (finding.found, finding.start) == ("”", len(wrapped) + 3)


def test_detect_and_decode() -> None:
    assert texttool.detect("中文".encode()).encoding == "utf-8"
    read = texttool.decode("\ufeff甲\r\n".encode())
    assert (read.text, read.bom, read.newline) == ("甲\n", b"\xef\xbb\xbf", "\r\n")


def test_find_duplicates_across_documents() -> None:
    passage = "平台开设合同审查、工资核算和工伤认定三个窗口，职工用手机提交材料以后，当天就能收到律师的初步意见。"
    texts = {"a": f"甲处。{passage}又及。", "b": f"另有一事。{passage[:20]}\n{passage[20:]}"}
    groups = list(texttool.find_duplicates(texts))
    assert [group.kind for group in groups] == ["span"]
    assert [name for name, _, _ in groups[0].spans] == ["a", "b"]


@pytest.mark.parametrize("call", [{"filters": ["unwarp"]}, {"select": ["PX"]}])
def test_unknown_names_are_value_errors(call: dict[str, list[str]]) -> None:
    with pytest.raises(ValueError, match="unknown"):
        texttool.clean("甲", **call)  # type: ignore[arg-type]


def test_the_public_names_are_there() -> None:
    for name in texttool.__all__:
        assert getattr(texttool, name).__name__ == name
    with pytest.raises(AttributeError):
        texttool.cleanse  # type: ignore[attr-defined]  # noqa: B018
