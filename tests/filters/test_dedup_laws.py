"""Laws of dedup: every exact repeat is found, nothing is lost, edits are disjoint, a second pass finds less."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.strategies import texts
from texttool.edits import Edits
from texttool.filters.dedup import RULES, find_duplicates, rules_for, scan
from texttool.filters.dedup.cuts import cuts
from texttool.filters.dedup.fold import fold, folded_text
from texttool.filters.dedup.glance import _recurrent, _recurring, may_repeat
from texttool.filters.dedup.passages import candidates, passages_of
from texttool.filters.dedup.policy import DEFAULT
from texttool.filters.dedup.suspects import suspected
from texttool.pipeline import run

LEAST = 24
# Enough different characters for six of them to tell one place from another.
CHARS = "山水风云日月星辰花鸟鱼虫春夏秋冬东南西北人口手足"
GAPS = ["", "\n", "，", " ", "。\n\n", "——"]


@st.composite
def pasted(draw: st.DrawFn) -> list[str]:
    """Texts into which a few blocks were pasted again and again, whole, cut, or with a wrong character."""
    made = st.text(st.sampled_from(CHARS[: draw(st.sampled_from([6, 12, len(CHARS)]))]), min_size=4, max_size=70)
    blocks = draw(st.lists(made, min_size=1, max_size=4))
    pieces = []
    for _ in range(draw(st.integers(2, 10))):
        block = draw(st.sampled_from(blocks))
        at = draw(st.integers(0, len(block) - 1))
        kind = draw(st.sampled_from(["whole", "whole", "cut", "wrong", "turned", "fresh"]))
        pieces.append(
            {
                "whole": block,
                "cut": block[at:],
                "wrong": block[:at] + "错" + block[at + 1 :],
                "turned": block[at:] + block[:at],
                "fresh": draw(made) if kind == "fresh" else "",
            }[kind]
        )
        pieces.append(draw(st.sampled_from(GAPS)))
    cut = draw(st.integers(0, len(pieces)))
    return ["".join(pieces[:cut]), "".join(pieces[cut:])]


def repeats(codes: list[int], least: int) -> list[int]:
    """Where ``least`` characters begin that all stand in one earlier place: by brute force."""
    seen: set[tuple[int, ...]] = set()
    found = []
    for at in range(len(codes) - least + 1):
        gram = tuple(codes[at : at + least])
        if 0 not in gram:
            if gram in seen:
                found.append(at)
            seen.add(gram)
    return found


# A block that repeats with its own length, and by its one character nearly with shorter periods, which end earlier.
_NEARLY = "鸟" * 21 + "山" + "鸟" * 6 + "虫鸟足" + "鸟" * 24 + "云鸟口鸟"
# A run of one character stands in a longer repetition, whose period is a multiple of the run's.
_RUN_INSIDE = "夏" * 8 + "日" + "夏" * 21 + "日" + "夏" * 28 + "风"
# Seeds that all stand often: what they have in common is long only because a character is said again and again.
_OFTEN = "秋" * 19 + "冬" + "秋" * 12 + "辰" + "秋" * 8 + "东" + "秋" * 10 + "鱼口" + "秋" * 13


@settings(max_examples=500)
@given(pasted(), st.sampled_from([12, LEAST, 60]))
@example(["how should I presume? And I have known the eyes already, known them all, " * 2, ""], LEAST)
@example(["山水风云日月星辰花鸟鱼虫。春夏秋冬，山水风云日月星辰花鸟鱼虫", ""], LEAST)
def test_a_glance_tells_only_of_texts_in_which_nothing_is_found(documents, least):
    text = "".join(documents)
    if not may_repeat(folded_text(text), least):
        assert not cuts([text], DEFAULT._replace(report=least)).edits[0]


@settings(max_examples=500)
@given(pasted() | st.lists(st.text(max_size=30), min_size=1), st.sampled_from([12, LEAST, 60]))
@example(["天地玄黄，宇宙洪荒" * 2, "𠀀𠀁天地人" * 3], LEAST)
def test_a_glance_by_numpy_tells_the_same(documents, least):
    text = "".join(documents) * 2 if least == 60 else "".join(documents)
    *others, (folded, suspects) = suspected([*documents, text])
    for (beside, places), document in zip(others, documents, strict=True):
        assert beside == (folded_text(document) if places else "")
        assert {*places} >= {*suspected([document])[0][1]}  # a seed may seem to stand twice that leads into the next
    assert folded == (folded_text(text) if suspects else "")
    whole = folded_text(text)
    assert may_repeat(folded, least, suspects) == may_repeat(whole, least)
    assert list(_recurring(folded, suspects)) == list(_recurring(whole, _recurrent(whole)))


@settings(max_examples=300)
@given(pasted())
@example(["花日云云鸟" + _NEARLY * 2, ""])
@example([_RUN_INSIDE, ""])
@example(["".join(_OFTEN[at:] + "，" for at in (0, 40, 0, 0, 0, 0, 0, 0)), ""])
def test_every_exact_repeat_is_covered(monkeypatch_formula, documents):
    row = fold(documents)
    covered = bytearray(row.codes.size)
    for group in candidates(row, documents, LEAST, 0.75):
        for start, end in group.spans:
            covered[start:end] = b"\1" * (end - start)
    for at in repeats(row.codes.tolist(), LEAST):
        # Places that are nearly the same are one: where copies follow one another a few characters at a seam may go.
        assert covered.count(1, at, at + LEAST) >= LEAST - 3


@pytest.fixture(scope="module")
def monkeypatch_formula():
    """Without the guard for formulae: it is a judgement on what was found."""
    patch = pytest.MonkeyPatch()
    patch.setattr("texttool.filters.dedup.passages._FORMULA_LENGTH", 0)
    yield
    patch.undo()


@settings(max_examples=300)
@given(pasted())
def test_places_of_a_group_agree(documents):
    row = fold(documents)
    for passage in passages_of(row, documents, LEAST, 0.75):
        assert 0.75 <= passage.identity <= 1
        assert len(passage.spans) >= 2
        for (number, start, end), (low, high) in zip(passage.spans, passage.folded, strict=True):
            assert folded_text(documents[number][start:end]) == "".join(map(chr, row.codes[low:high]))


@settings(max_examples=300)
@given(pasted())
def test_what_is_removed_stands_earlier(documents):
    text = "".join(documents)
    for edits in scan(text).values():
        for start, end, put in edits:
            folded, before = folded_text(text[start:end]), folded_text(text[:end])
            assert put in ("", text[start:end])
            if not put:
                assert before.find(folded) < len(before) - len(folded)


@settings(max_examples=300)
@given(pasted())
def test_edits_are_disjoint_over_all_codes(documents):
    spans = sorted((start, end) for edits in scan("".join(documents)).values() for start, end, _ in edits)
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))


@settings(max_examples=300)
@given(pasted(), st.sampled_from(["first", "longest", "best"]), st.booleans())
def test_a_second_run_removes_nothing(documents, keep, mark):
    rules = rules_for(DEFAULT._replace(keep=keep, mark=mark, remove=LEAST))
    once = run("".join(documents), rules, unsafe=True)
    again = run(once.text, rules, unsafe=True)
    assert list(again.changes()) == []
    assert [stage for stage in once.stages if not stage.applied] == again.stages


@settings(max_examples=200)
@given(pasted())
def test_removal_can_be_undone(documents):
    text = "".join(documents)
    result = run(text, RULES, unsafe=True)
    done = result.edits()
    assert done.apply(text) == result.text
    assert done.inverse(text).apply(result.text) == text


@settings(max_examples=200)
@given(texts)
def test_any_text_is_survived(text):
    assert all(isinstance(edits, Edits) for edits in scan(text).values())
    assert run(text, RULES).text == text
    list(find_duplicates({"a": text, "b": text}))


@settings(max_examples=200)
@given(pasted())
def test_wraps_and_width_do_not_matter(documents):
    plain = "".join(documents)
    wrapped = "\n".join(plain[i : i + 7] for i in range(0, len(plain), 7))
    expected = [passage.folded for passage in candidates_of(plain)]
    assert [passage.folded for passage in candidates_of(wrapped)] == expected


def candidates_of(text: str):
    """Passages found whatever stands between the characters: those that are too long to be phrases."""
    text = folded_text(text)
    return passages_of(fold([text]), [text], LEAST, 0.75)
