"""The laws of the whole pipeline, on texts that look for trouble."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import damaged, laws, texts
from texttool import audit, document, pipeline, rulebook

ALL = rulebook.rules()
FAMILIES = sorted({rule.code[:2] for rule in ALL})


@laws(2000)
@given(texts, st.sets(st.sampled_from(FAMILIES), min_size=1))
def test_law_clean_is_idempotent(text: str, families: set[str]) -> None:
    rules = [rule for rule in ALL if rule.code[:2] in families]
    once = pipeline.run(text, rules).text
    assert pipeline.run(once, rules).text == once


@laws(1000)
@given(texts)
def test_law_lint_agrees_with_clean(text: str) -> None:
    result = pipeline.run(text, ALL)
    fixable = [f for f in result.findings() if f.put != f.found and f.safe]
    assert bool(fixable) == (result.text != text)
    assert len(fixable) == len(list(result.changes()))


@laws(1000)
@given(st.one_of(texts, damaged))
def test_law_undo_restores_the_bytes(text: str) -> None:
    data = text.encode("utf-8", "surrogateescape")
    read = document.load(data)
    result = pipeline.run(read.text, ALL, unsafe=True)
    output = read.encode(result.text, "utf-8")
    assert audit.undo(list(audit.record(read, result, output, "utf-8")), output, "-") == data


@laws(1000)
@given(texts)
def test_law_a_kept_character_traces_to_an_equal_one(text: str) -> None:
    result = pipeline.run(text, ALL)
    edits = result.edits()
    assert edits.apply(text) == result.text
    at = 0
    for start, end, put in edits:
        at += len(put) - (end - start)
    assert len(result.text) == len(text) + at
    put_at: set[int] = set()
    shift = 0
    for start, end, put in edits:
        put_at.update(range(start + shift, start + shift + len(put)))
        shift += len(put) - (end - start)
    for i, char in enumerate(result.text):
        s, e = result.origin(i)
        assert i in put_at or text[s:e] == char


@laws(1000)
@given(st.binary(max_size=300))
def test_law_no_rules_no_change(data: bytes) -> None:
    read = document.load(data)
    assert pipeline.run(read.text, ()).text == read.text
    if read.exact:
        assert read.encode(read.text) == data


@laws(1000)
@given(texts)
def test_law_no_letter_or_digit_is_lost(text: str) -> None:
    def letters(value: str) -> list[str]:
        return [c for c in value if c.isalnum()]

    rules = [rule for rule in ALL if rule.code[:2] in ("LW", "PN", "ST")]
    assert letters(pipeline.run(text, rules).text) == letters(text)


# What no rule may touch, whatever stands around it.
WHOLE = (
    "https://example.com/a,b;c?x=1,2&y=(3)",
    "name.surname@mail.example.com",
    "3.14159",
    "1,234,567.89",
    "12:30:45",
    "192.168.0.1",
    "C:\\dir\\file.txt",
    "/usr/local/lib/a,b.so",
    "v1.2.3-rc.1",
    "`f(a, b);`",
)


@laws(1000)
@given(texts, st.sampled_from(WHOLE), texts)
def test_law_what_is_no_prose_survives(before: str, span: str, after: str) -> None:
    assert span in pipeline.run(f"{before}\n\n这里见 {span} 这一处。\n\n{after}", ALL).text
