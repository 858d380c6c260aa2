"""What makes a column: lines that share a margin with their neighbours, and sentences that could run on across it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.filters.test_unwrap import VILLAGE, unwrapped, wrap
from texttool.filters.unwrap.bits import places
from texttool.filters.unwrap.edges import edges
from texttool.filters.unwrap.evenness import is_even, uneven
from texttool.filters.unwrap.fit import fit
from texttool.filters.unwrap.linetable import code_points, measure
from texttool.filters.unwrap.prose import is_running_text

LIST = "茶叶两斤\n红糖，要老的\n粗盐\n火柴十盒，受潮的不要\n灯芯\n"


def judged(text: str) -> tuple[list[int], bool]:
    """The rows of the uneven breaks of ``text``, and whether it is even."""
    table = measure(text, code_points(text))
    e = edges(table)
    f = fit(table, e, "auto")
    return places(uneven(e, f, len(e)), len(e)).tolist(), is_even(e, f)


def lines(*lengths: int) -> str:
    """Lines of so many ideographs."""
    return "\n".join("山" * length for length in lengths) + "\n"


UNEVEN = [
    # (ideographs of each line, rows of the breaks where the next token would have fitted)
    ((9, 9, 9, 4), []),
    ((9, 8, 9, 8, 9), []),  # one ideograph less: a mark or a half-width sign may have taken its place
    ((9, 5, 9, 9), [1]),
    ((9, 9, 5), []),  # a last line is as short as it likes
    ((9, 9, 5, 5), [2]),
    ((6, 9, 9), [0]),
    ((14, 12, 10, 8, 6, 4), []),  # a column that narrows
    ((4, 6, 8, 10, 12), [0]),  # and one that widens, which its first line cannot know
    ((6, 14, 6, 14, 6), [0, 2]),
    ((9, 3, 9, 4, 9, 3), [1, 3]),
]


@pytest.mark.parametrize(("lengths", "rows"), UNEVEN)
def test_breaks_that_no_margin_made(lengths: tuple[int, ...], rows: list[int]) -> None:
    assert judged(lines(*lengths))[0] == rows


EVEN = [
    ((9, 9, 9, 9, 9, 4), True),
    ((3, 9, 9, 9, 9, 4), True),  # one heading is an accident
    ((9, 5, 9, 4, 9, 5), False),
    ((9, 5, 9, 4, *[9] * 20), True),  # two among many
    ((9, 5) * 40, True),  # in a long text half may be
    ((9, 5, 10, 4, 9, 3, 8) * 40, True),
]


@pytest.mark.parametrize(("lengths", "even"), EVEN)
def test_few_may_be_uneven(lengths: tuple[int, ...], even: bool) -> None:
    assert judged(lines(*lengths))[1] == even


def test_verse_beside_a_column_does_not_speak_for_it() -> None:
    assert judged(f"{lines(9, 9, 9, 9, 9, 9, 9)}\n{lines(9, 3, 9, 4, 9, 3)}")[1]
    assert not judged(f"{lines(9, 9)}\n{lines(9, 3, 9, 4, 9, 3)}")[1]


PROSE = [
    ("门前有河，河上有桥\n桥那边是村子。\n", True),
    ("门前有河，河上有桥\n桥那边是村子\n", False),  # no sentence ends
    ("门前有河\n河上有桥\n桥那边是村子。\n", False),  # marks at line ends alone
    ("1. 门前的河，1998\n2. 河上的桥，2003\n", False),  # the stops number items
    ("见 main.py，或者\nlib.util.name，都行\n", False),  # the stops are in names
    ("见 main.py，或者\n问别人，都行. 也好\n", True),
    ("The river is wide here\nand the ferry is slow.\n", True),  # a sentence may be long in Latin
    ("the river is wide, here\nthe ferry is slow\n", False),
]


@pytest.mark.parametrize(("text", "running"), PROSE)
def test_what_is_punctuated_as_prose(text: str, running: bool) -> None:
    table = measure(text, code_points(text))
    assert is_running_text(table, edges(table)) == running


@pytest.mark.parametrize("width", range(14, 25, 2))
@pytest.mark.parametrize("paragraph", VILLAGE[1:])
def test_one_paragraph_is_enough_of_a_column(paragraph: str, width: int) -> None:
    assert unwrapped(wrap(paragraph, width) + "\n") == paragraph + "\n"


@pytest.mark.parametrize("width", [24, 40, 52, 60])
def test_a_list_among_wrapped_paragraphs_stays(width: int) -> None:
    page = "\n\n".join([wrap(VILLAGE[1], width), LIST.rstrip("\n"), wrap(VILLAGE[2], width)]) + "\n"
    assert unwrapped(page) == "\n\n".join([VILLAGE[1], LIST.rstrip("\n"), VILLAGE[2]]) + "\n"


@settings(max_examples=200, deadline=None)
@given(st.lists(st.text("山水村桥，、“”（）12 ab-\n", max_size=30), max_size=12).map("\n".join))
def test_where_no_sentence_ends_none_runs_on(text: str) -> None:
    assert unwrapped(text) == text
