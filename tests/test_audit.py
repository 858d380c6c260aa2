from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.strategies import damaged, texts
from texttool import audit, document, pipeline
from texttool.errors import Failure
from texttool.rule import Rule, everything, nothing, sub, swap


def rule(code: str, find: object, *, safe: bool = True) -> Rule:
    return Rule(code, "test-rule", find, "", (), nothing if safe else everything, safe)  # type: ignore[arg-type]


# Rules that touch and cross each other's edits: joins, a mark that is doubled, a deletion, a report.
RULES = (
    rule("XX101", sub("\n", "")),
    rule("XX102", swap({",": "，，"}, "", "", {})),
    rule("XX103", sub("，[的一是]", "…")),
    rule("XX104", sub("[a-c]+", "")),
    rule("XX105", sub("是", "X"), safe=False),
)


def trail(read: document.Document, to: str = "utf-8") -> tuple[bytes, list[bytes]]:
    result = pipeline.run(read.text, RULES)
    output = read.encode(result.text, to)
    return output, list(audit.record(read, result, output, to))


@settings(max_examples=2000)
@given(st.one_of(texts, damaged))
def test_undo_gives_the_bytes_back(text: str) -> None:
    data = text.encode("utf-8", "surrogateescape")
    output, lines = trail(document.load(data, encoding="utf-8"))
    assert audit.undo(lines, output, "-") == data


@pytest.mark.parametrize("encoding", ["gb18030", "big5", "utf-16-le", "shift_jis"])
def test_undo_gives_the_encoding_back(encoding: str) -> None:
    data = "一日,二日\r\n三日\r\n".encode(encoding)
    output, lines = trail(document.load(data, encoding=encoding))
    assert output == "一日，，二日三日".encode()
    assert audit.undo(lines, output, "-") == data


def test_bytes_that_no_codec_gives_back_are_kept_in_the_trail() -> None:
    data = b"\xa1\xfe,\n\xa1\xfe"
    output, lines = trail(document.load(data, encoding="big5"))
    assert audit.undo(lines, output, "-") == data


def test_records_name_code_and_place_in_the_source() -> None:
    _, (head, *edits) = trail(document.load("一,\n二,是".encode(), "a.txt"))
    assert json.loads(head)["path"] == "a.txt"
    assert [(e["code"], e["line"], e["column"], e["found"], e["put"]) for e in map(json.loads, edits)] == [
        ("XX101", 1, 3, "\n", ""),
        ("XX102", 1, 2, ",", "，，"),
        ("XX102", 2, 2, ",", "，，"),
        ("XX103", 2, 2, "，是", "…"),
    ]


def test_a_trail_of_many_documents_finds_the_right_one() -> None:
    one, lines = trail(document.load(b"a,\nb", "1"))
    two, more = trail(document.load(b"c,\nd,", "2"))
    assert audit.undo(lines + more, two, "2") == b"c,\nd,"
    assert audit.undo(lines + more, one, "1") == b"a,\nb"


def test_what_does_not_fit_is_refused() -> None:
    output, lines = trail(document.load(b"a,\nb", "1"))
    with pytest.raises(Failure, match="knows no output"):
        audit.undo(lines, output + b"!", "1")
    with pytest.raises(Failure, match=r"line 2 .* is not a record"):
        audit.undo([lines[0], b"{broken", *lines[1:]], output, "1")
    forged = [lines[0], lines[1].replace(b'"found":"\\n"', b'"found":"?"'), *lines[2:]]
    with pytest.raises(Failure, match="does not lead back"):
        audit.undo(forged, output, "1")


def test_a_second_run_does_not_hide_the_first() -> None:
    output, lines = trail(document.load(b"a,\nb", "1"))
    again, more = trail(document.load(output, "1"))
    twice = [line for line in more if b'"type":"document"' in line]
    assert again != output or audit.undo(lines + twice, output, "1") == b"a,\nb"
    same = document.load("好".encode(), "1")
    result = pipeline.run(same.text, ())
    unchanged = list(audit.record(same, result, same.data, "utf-8"))
    before = document.load("好\n".encode(), "1")
    changed = pipeline.run(before.text, (rule("XX101", sub("\n", "")),))
    first = list(audit.record(before, changed, same.data, "utf-8"))
    assert audit.undo(first + unchanged, same.data, "1") == before.data


def test_two_sources_with_one_output_are_told_apart_by_their_paths() -> None:
    join = (rule("XX101", sub("\n", "")),)
    lines = []
    for path, text in (("a.txt", "甲\n乙"), ("b.txt", "甲乙\n")):
        read = document.load(text.encode(), path)
        lines += audit.record(read, pipeline.run(read.text, join), "甲乙".encode(), "utf-8")
    assert audit.undo(lines, "甲乙".encode(), "a.txt").decode() == "甲\n乙"
    assert audit.undo(lines, "甲乙".encode(), "b.txt").decode() == "甲乙\n"
    with pytest.raises(Failure, match="several documents"):
        audit.undo(lines, "甲乙".encode(), "c.txt")


@pytest.mark.parametrize("to", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "utf-32", "utf-7", "gb18030"])
def test_undo_knows_the_mark_of_the_output(to: str) -> None:
    read = document.load("\ufeff甲,\n乙".encode(), "a.txt")
    result = pipeline.run(read.text, RULES)
    output = read.encode(result.text, to)
    assert audit.undo(list(audit.record(read, result, output, to)), output, "a.txt") == read.data


@pytest.mark.parametrize("line", [b'{"type":"document"}', b'{"type":"edit"}', b"[]", b"7"])
def test_a_record_that_lacks_fields_is_refused(line: bytes) -> None:
    output, lines = trail(document.load(b"a,\nb", "1"))
    with pytest.raises(Failure):
        audit.undo([lines[0], line], output, "1")
    with pytest.raises(Failure):
        audit.undo([line], output, "1")
