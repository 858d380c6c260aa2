"""Swaps are what plain edits are, whoever asks first and for what."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import damaged, laws, texts
from texttool.edits import Edits
from texttool.rule import everything, letters
from texttool.swaps import Swaps, swaps

LAWS = laws(500)
TABLE = {",": "，", "(": "（"}


@st.composite
def cases(draw: st.DrawFn) -> tuple[str, list[int]]:
    """A text, and some of the places where it has one of the marks."""
    source = draw(st.one_of(texts, damaged, st.text("a中,(\n", max_size=30)))
    places = [i for i, char in enumerate(source) if char in TABLE]
    return source, [at for at in places if draw(st.booleans())]


def plain(source: str, kept: list[int]) -> Edits:
    return Edits.of((i, i + 1, TABLE[c]) for i, c in enumerate(source) if c in TABLE and i not in kept)


@LAWS
@given(cases())
def test_they_make_the_same_text_before_and_after_their_columns(case: tuple[str, list[int]]) -> None:
    source, kept = case
    edits, made = plain(source, kept), Swaps(source, TABLE, kept)
    assert (len(made), bool(made)) == (len(edits), bool(edits))
    assert made.apply(source) == edits.apply(source)
    assert made == edits
    assert made.apply(source) == edits.apply(source)
    assert swaps(source, TABLE, kept) == edits


@LAWS
@given(cases())
def test_they_are_parted_kept_and_turned_back_alike(case: tuple[str, list[int]]) -> None:
    source, kept = case
    edits = plain(source, kept)
    reports, changes = Swaps(source, TABLE, kept).parted(source)
    assert not reports
    assert changes == edits
    assert changes.keep(letters, source)
    assert changes.keep(everything, source) is not bool(edits)
    assert list(Swaps(source, TABLE, kept).found(source)) == list(edits.found(source))
    assert Swaps(source, TABLE, kept).inverse(source) == edits.inverse(source)


@LAWS
@given(cases(), st.sampled_from(["；", "", "--", ","]))
def test_behind_other_edits_they_stand_where_plain_ones_do(case: tuple[str, list[int]], put: str) -> None:
    source, kept = case
    done = Edits.of((i, i + 1, put) for i, char in enumerate(source) if char == "a" and put != char)
    after = done.apply(source)
    edits, made = plain(source, kept).behind(done), Swaps(source, TABLE, kept).behind(done)
    assert made.apply(after) == edits.apply(after)
    assert made == edits


@LAWS
@given(cases(), st.integers(0, 5))
def test_their_first_are_the_first_before_and_after_all_are_made(case: tuple[str, list[int]], most: int) -> None:
    source, kept = case
    edits, made = list(plain(source, kept)), Swaps(source, TABLE, kept)
    assert list(made.head(most)) == edits[:most]
    assert list(made) == edits
    assert list(made.head(most)) == edits[:most]


@LAWS
@given(cases())
def test_places_are_where_plain_ones_have_them(case: tuple[str, list[int]]) -> None:
    source, kept = case
    edits, made = plain(source, kept), Swaps(source, TABLE, kept)
    places = range(len(source) + 1)
    assert [made.until(at) for at in places] == [sum(end <= at for _, end, _ in edits) for at in places]
    assert [made.destination(at) for at in places] == list(places)
    assert made == edits
    assert [made.until(at) for at in places] == [edits.until(at) for at in places]
