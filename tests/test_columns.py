"""Edits by numpy give what plain edits give, whatever the edits are."""

from __future__ import annotations

from array import array

from hypothesis import example, given
from hypothesis import strategies as st

from tests.strategies import damaged, edits_of, laws, texts
from texttool.columns import Columns, lifted
from texttool.edits import Edits

LAWS = laws(500)
CASES = st.one_of(texts, damaged, st.text("ab\n", max_size=14)).flatmap(
    lambda text: st.tuples(st.just(text), edits_of(text))
)


class ByNumpy(Columns):
    """Columns that never leave the work to the plain ones."""

    __slots__ = ()

    def _few(self, source: str) -> bool:
        return False


# Two halves of a surrogate pair that meet, in the text and in what is put, stay two; a character of two units is one.
HALVES = Edits.of([(1, 3, "")])
PUT = Edits.of([(0, 1, "\udc00"), (2, 3, "\U00020000")])


def columns_of(edits: Edits) -> ByNumpy:
    return ByNumpy(edits.start, edits.end, edits.put, edits.strings, edits.related)


@LAWS
@given(CASES)
@example(("\ud800一二\udc00，", HALVES))
@example(("一\ud800二", PUT))
@example(("一\U00020000二\ud800", PUT))
def test_they_make_the_same_text(case: tuple[str, Edits]) -> None:
    source, edits = case
    made = columns_of(edits)
    assert made == edits
    assert made.apply(source) == edits.apply(source)
    assert made._output() == edits._output()
    assert made.inverse(source) == edits.inverse(source)


@LAWS
@given(CASES)
def test_they_keep_what_plain_edits_keep(case: tuple[str, Edits]) -> None:
    source, edits = case
    seen: list[list[str]] = []
    for made in (edits, columns_of(edits)):
        seen.append([])
        made.keep(lambda text: seen[-1].append(text) or text, source)  # type: ignore[func-returns-value]
        assert made.apply(source) == edits.apply(source)  # with what `keep` left behind for it
        assert made.apply(source + "!") == edits.apply(source + "!")
    assert seen[0] == seen[1]


@LAWS
@given(CASES)
def test_they_part_alike(case: tuple[str, Edits]) -> None:
    source, edits = case
    edits.related = {i: ((0, i),) for i in range(0, len(edits), 2)}
    made = columns_of(edits).parted(source)
    for mine, plain in zip(made, edits.parted(source), strict=True):
        assert (list(mine), mine.related) == (list(plain), plain.related)


@LAWS
@given(CASES, st.integers(0, 3))
def test_they_stand_alike_behind_others(case: tuple[str, Edits], share: int) -> None:
    _, edits = case
    every = [(s, e, put) for s, e, put in edits if s < e]
    done, later = Edits.of(every[share % 2 :: 2]), Edits.of(every[1 - share % 2 :: 2])
    later.related = {i: ((s, e),) for i, (s, e, _) in enumerate(later)}
    plain = later.behind(done)
    for first in (done, columns_of(done)):
        for made in (columns_of(later).behind(first), later.behind(first)):
            assert (list(made), made.related) == (list(plain), plain.related)


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), max_size=4))
def test_they_refuse_the_same_spans(spans: list[tuple[int, int]]) -> None:
    start, end = array("q", (s for s, _ in spans)), array("q", (e for _, e in spans))
    ascending, single = Edits._ascending(start, end)
    assert Columns._ascending(start, end)[0] == ascending
    assert not ascending or single == all(e - s == 1 for s, e in spans)


def test_few_edits_in_a_long_text_are_made_one_by_one() -> None:
    text = "一\n" * 5000
    few = Columns(*(column[:3] for column in _every_newline(text)), ("",))
    many = Columns(*_every_newline(text), ("",))
    assert few.apply(text) == "一一一一" + text[7:]
    assert many.keep(lambda found: found.strip(), text)
    assert many.apply(text) == "一" * 5000


def _every_newline(text: str):  # type: ignore[no-untyped-def]
    import numpy as np

    at = np.arange(1, len(text), 2)
    made = Edits.columns(at, at + 1, at * 0, ("",))
    assert isinstance(made, Columns)
    return made.start, made.end, made.put


@LAWS
@given(CASES, st.data())
def test_they_lift_many_as_each_is_lifted(case: tuple[str, Edits], data: st.DataObject) -> None:
    source, edits = case
    later = list(data.draw(edits_of(edits.apply(source))))
    starts, ends, puts = [[edit[i] for edit in later] for i in range(3)]
    if len(edits) and later:
        made = list(zip(*lifted(columns_of(edits), starts, ends, puts), strict=True))
        assert made == [edits.lift(*edit) for edit in later]
