from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.strategies import texts
from texttool import runs
from texttool.align import Aligned, align
from texttool.edits import Edits
from texttool.han import other_than_han


@settings(max_examples=2000)
@given(texts, texts)
def test_the_edits_make_the_target(source: str, target: str) -> None:
    assert align(source, target).apply(source) == target


@settings(max_examples=2000)
@given(texts, st.data())
def test_equal_length_changes_only_what_differs(source: str, data: st.DataObject) -> None:
    target = "".join(data.draw(st.sampled_from([c, "x"])) for c in source)
    edits = align(source, target)
    changed = {at for start, end, _ in edits for at in range(start, end)}
    assert changed == {at for at, (a, b) in enumerate(zip(source, target, strict=True)) if a != b}


@pytest.mark.parametrize(
    ("source", "target", "edits"),
    [
        ("头发\n发现", "頭髮\n發現", [(0, 2, "頭髮"), (3, 5, "發現")]),
        ("用鼠标点击", "用滑鼠點擊", [(1, 3, "滑鼠"), (3, 5, "點擊")]),
        ("同\n一行软件包\n末", "同\n一行軟體包裹\n末", None),
        ("", "新", [(0, 0, "新")]),
        # A line that grows by as much as another shrinks: what is between them stays.
        ("内存\n同一行\n程序员\n", "記憶體\n同一行\n程式\n", [(0, 2, "記憶體"), (8, 10, "式")]),
        # Marks pair clauses: 建 of one and 建 of the other word are not one character that moved.
        ("内存，创建。", "記憶體，建立。", [(0, 2, "記憶體"), (3, 5, "建立")]),
        # What is the same before and behind a difference stays out of it, clause by clause.
        ("上互联网线路，", "上網際網路線路，", [(1, 5, "網際網路線")]),
        ("\U00020000a\udc80b", "\U00020001a\udc81c", [(0, 1, "\U00020001"), (2, 4, "\udc81c")]),
    ],
)
def test_by_hand(source: str, target: str, edits: list[tuple[int, int, str]] | None) -> None:
    made = align(source, target)
    assert made.apply(source) == target
    if edits == [(1, 3, "滑鼠"), (3, 5, "點擊")]:  # neighbours may come as one run
        edits = [(1, 5, "滑鼠點擊")]
    if edits is not None:
        assert list(made) == edits
    else:  # nothing outside the line that differs
        assert all(start >= 2 and end <= 7 for start, end, _ in made)


def test_a_long_difference_of_unequal_length_is_one_edit() -> None:
    assert list(align("a" + "b" * 5000 + "z", "a" + "c" * 5001 + "z")) == [(1, 5001, "c" * 5001)]


@settings(max_examples=500)
@given(texts, texts)
def test_edits_are_counted_as_they_are_made(source: str, target: str) -> None:
    for other in (target, (target + source)[: len(source)], source.replace("的", "地").replace("一", "\U0001f600")):
        assert len(Aligned(source, other)) == len(align(source, other))


@settings(max_examples=500)
@given(st.text(max_size=40), st.data())
def test_differing_characters_are_told_whatever_they_are(old: str, data: st.DataObject) -> None:
    new = "".join(data.draw(st.one_of(st.just(char), st.characters())) for char in old)
    told = runs.differing(old, new)
    assert [byte == ord("x") for byte in told] == [a != b for a, b in zip(old, new, strict=True)]
    assert runs.count(told) == len(runs.spans(told))


def test_a_run_over_the_edge_of_two_pieces_is_one() -> None:
    size = runs._SIZE
    old = "一" * (2 * size + 3)
    new = old[: size - 1] + "二二" + old[size + 1 : -1] + "三"
    assert runs.spans(runs.differing(old, new)) == [(size - 1, size + 1), (2 * size + 2, 2 * size + 3)]


def test_many_lines_are_aligned_as_few_are() -> None:
    source = "头发与发现\n同\n" * 20_000
    target = source.replace("头发", "頭髮").replace("发现", "發現")
    assert list(align(source, target)) == [
        edit for at in range(0, len(source), 8) for edit in ((at, at + 2, "頭髮"), (at + 3, at + 5, "發現"))
    ]


words = st.text("内存程序ab， ", max_size=6)
HAN = "内存程序"
as_long = words.flatmap(lambda word: st.tuples(st.just(word), st.text(HAN, min_size=len(word), max_size=len(word))))


def same_places(made: Aligned, plain: Edits, places: range) -> bool:
    return all(made.destination(at) == plain.destination(at) and made.until(at) == plain.until(at) for at in places)


@settings(max_examples=1000)
@given(st.lists(st.tuples(words, words) | as_long | words.map(lambda word: (word, word)), min_size=1, max_size=6))
@example([("内存", "程序"), ("ab", "xab")])  # something is put at the very start of a line
@example([("内存", "内存程"), ("", "")])
@example([("", "内"), ("", "存")])
def test_places_are_told_as_by_the_edits_themselves(lines: list[tuple[str, str]]) -> None:
    source, target = ("\n".join(side) for side in zip(*lines, strict=True))
    plain, places = align(source, target), range(len(source) + 1)
    made = Aligned(source, target)
    assert same_places(made, plain, places)
    made.keep(other_than_han, source)  # now more may be known of the two
    assert same_places(made, plain, places)
    assert len(made) == len(plain)
    assert list(made) == list(plain)
    assert same_places(made, plain, places)  # and now all of it


@pytest.mark.parametrize(
    ("source", "target"), [("头发，\n\n发现。", "頭髮，\n\n發現。"), ("内存，\n软件", "記憶體，\n軟體")]
)
def test_what_is_kept_tells_where_lines_are_as_long(source: str, target: str) -> None:
    made = Aligned(source, target)
    assert made.keep(other_than_han, source)
    assert made._even == (len(source) == len(target))
