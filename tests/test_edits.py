from __future__ import annotations

from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import edits_of, laws, texts, two_steps
from texttool.edits import Edits

Steps = tuple[str, Edits, str, Edits]
LAWS = laws(2000)


@LAWS
@given(texts.flatmap(lambda text: st.tuples(st.just(text), edits_of(text))))
def test_inverse_restores_the_source(case: tuple[str, Edits]) -> None:
    source, edits = case
    output = edits.apply(source)
    assert edits.inverse(source).apply(output) == source
    assert edits.undoing(list(edits.found(source))).apply(output) == source


@LAWS
@given(two_steps())
def test_then_equals_one_after_the_other(case: Steps) -> None:
    source, first, middle, later = case
    both = first.then(later, middle)
    assert both.apply(source) == later.apply(middle)
    assert both.inverse(source).apply(later.apply(middle)) == source


@LAWS
@given(two_steps())
def test_every_kept_character_traces_to_an_equal_one(case: Steps) -> None:
    source, first, middle, later = case
    for edits in (first, first.then(later, middle)):
        output = edits.apply(source)
        put = {i for i, at in enumerate(_put_marks(edits, source)) if at}
        for at, char in enumerate(output):
            start, end = edits.origin(at)
            if at in put:
                assert (start, end) in set(zip(edits.start, edits.end, strict=True))
            else:
                assert source[start:end] == char


def _put_marks(edits: Edits, source: str) -> list[bool]:
    """For each output character, whether an edit put it: worked out by writing the output piece by piece."""
    marks: list[bool] = []
    at = 0
    for start, end, put in edits:
        marks += [False] * (start - at) + [True] * len(put)
        at = end
    return marks + [False] * (len(source) - at)


@LAWS
@given(two_steps())
def test_a_lifted_edit_is_one_over_the_source(case: Steps) -> None:
    source, first, _, later = case
    for start, end, put in later:
        s, e, lifted = first.lift(start, end, put)
        if any(a == b and a in (s, e) for a, b, _ in first):
            continue  # an insertion at the very edge of the span: either side of it is right
        left = Edits.of(edit for edit in first if edit[1] <= s and edit[0] < s)
        right = Edits.of((a - e, b - e, t) for a, b, t in first if a >= e and b > e)
        made = left.apply(source[:s]) + lifted + right.apply(source[e:])
        assert made == Edits.of([(start, end, put)]).apply(first.apply(source))


def test_origin_and_lift_by_hand() -> None:
    # source "ab\ncd, e" -> "abcd， e": the newline goes, the comma is replaced
    edits = Edits.of([(2, 3, ""), (5, 6, "，")])
    assert edits.apply("ab\ncd, e") == "abcd， e"
    assert edits.origin(1) == (1, 2)
    assert edits.origin(2) == (3, 4)
    assert edits.origin(4) == (5, 6)
    assert edits.lift(1, 3, "X") == (1, 4, "X")  # "bc" of the output is "b\nc" of the source
    assert edits.lift(2, 2, "X") == (3, 3, "X")
    longer = Edits.of([(1, 2, "……")])  # "a.b" -> "a……b"
    assert longer.lift(2, 3, "!") == (1, 2, "…!")  # half of what was put is widened to all of it
    assert longer.lift(2, 2, "!") == (1, 2, "…!…")
    with pytest.raises(IndexError):
        longer.origin(-1)


def test_behind_shifts_by_what_was_done_before() -> None:
    done = Edits.of([(0, 1, ""), (4, 4, "xyz"), (8, 9, "")])
    edits = Edits.of([(1, 2, "a"), (4, 6, "b"), (10, 10, "c")])
    edits.related = {1: ((0, 1), (9, 10))}
    moved = edits.behind(done)
    assert list(moved) == [(0, 1, "a"), (6, 8, "b"), (11, 11, "c")]
    assert moved.related[1][1] == (10, 11)


def test_an_edit_that_changes_nothing_is_told_apart() -> None:
    edits = Edits.of([(0, 1, "a"), (1, 2, "x")])
    edits.related = {0: ((1, 2),), 1: ((0, 1),)}
    reports, changes = edits.parted("ab")
    assert (list(reports), reports.related) == ([(0, 1, "a")], {0: ((1, 2),)})
    assert (list(changes), changes.related) == ([(1, 2, "x")], {0: ((0, 1),)})
    assert [len(part) for part in Edits.of([(0, 1, "a")]).parted("a")] == [1, 0]
    assert [len(part) for part in Edits.of([(0, 1, "b")]).parted("a")] == [0, 1]


@pytest.mark.parametrize(
    "bad", [[(1, 0, "")], [(0, 2, ""), (1, 3, "")], [(2, 3, ""), (0, 1, "")], [(1, 1, "a"), (1, 1, "b")]]
)
def test_edits_that_overlap_or_go_back_are_refused(bad: list[tuple[int, int, str]]) -> None:
    with pytest.raises(ValueError, match="ascending and disjoint"):
        Edits.of(bad)


def test_columns_take_numpy_arrays_and_share_their_strings() -> None:
    import numpy as np

    made = Edits.columns(np.array([0, 4]), np.array([1, 5], np.int32), np.array([1, 0]), ("", "z"))
    assert list(made) == [(0, 1, "z"), (4, 5, "")]
    assert np.frombuffer(made.start, np.int64).tolist() == [0, 4]
    assert isinstance(made.put, array)
    assert made.put.typecode == "I"


def test_halves_of_a_pair_stay_apart() -> None:
    source = "a\ud83d\udc4da"
    assert Edits.of([(0, 1, "甲"), (3, 4, "乙")]).apply(source) == "甲\ud83d\udc4d乙"


def test_marks_are_put_beside_characters_beyond_the_first_plane() -> None:
    assert Edits.of([(1, 2, "，")]).apply("😀,𠀀") == "😀，𠀀"
