"""A few rows are told in another way than many: both must tell the same, and as plain Python would."""

from __future__ import annotations

from itertools import groupby, pairwise
from types import ModuleType

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.filters.test_unwrap import VILLAGE, pages, wrap
from tests.strategies import laws
from texttool.filters import unwrap
from texttool.filters.unwrap import (
    bits,
    blocks,
    edges,
    evenness,
    fit,
    linetable,
    margins,
    ngrams,
    regime,
    rounds,
    width,
)
from texttool.filters.unwrap import readings as readings_
from texttool.filters.unwrap.linetable import Lines, code_points, measure
from texttool.filters.unwrap.readings import readings
from texttool.filters.unwrap.settle import settle

flags = st.lists(st.booleans(), max_size=80)


@pytest.mark.parametrize("small", [0, 1 << 12])
@given(rows=flags)
def test_sets_of_rows(small: int, rows: list[bool]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bits, "_SMALL", small)
        chosen = [row for row, yes in enumerate(rows) if yes]
        held = bits.of(np.array(rows, bool))
        assert held == sum(1 << row for row in chosen) == bits.at(chosen, len(rows))
        assert bits.flags(held, len(rows)).tolist() == rows
        assert bits.places(held, len(rows)).tolist() == chosen


@pytest.mark.parametrize("summed", [3, 8, 1 << 16])
@given(values=st.lists(st.integers(0, 2), max_size=40), data=st.data())
def test_sums_before_places(summed: int, values: list[int], data: st.DataObject) -> None:
    places = [sorted(data.draw(st.lists(st.integers(0, len(values))))) for _ in range(2)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(linetable, "_SUMMED", summed)
        made = linetable._sums_before(np.array(values, np.uint8), *(np.array(column, np.int32) for column in places))
    assert [column.tolist() for column in made] == [[sum(values[:at]) for at in column] for column in places]


@given(st.lists(st.tuples(st.booleans(), st.booleans()), max_size=40))
def test_whole_runs(rows: list[tuple[bool, bool]]) -> None:
    runs = [[among for _, among in run] for inside, run in groupby(rows, key=lambda row: row[0]) if inside]
    held = bits.at([row for row, (inside, _) in enumerate(rows) if inside], len(rows))
    among = bits.at([row for row, both in enumerate(rows) if all(both)], len(rows))
    assert bits.has_whole_run(held, among) == any(len(run) > 1 and all(run) for run in runs)


@pytest.mark.parametrize("small", [0, 1 << 12])
@given(numbers=st.lists(st.integers(0, 9) | st.integers(250, 260) | st.integers(0, 70_000), min_size=1), data=st.data())
def test_columns_of_numbers(small: int, numbers: list[int], data: st.DataObject) -> None:
    most = data.draw(st.sampled_from(numbers) | st.integers(0, 300))
    among = data.draw(st.lists(st.booleans(), min_size=len(numbers), max_size=len(numbers)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bits, "_SMALL", small)
        column = bits.Column(np.array(numbers, np.int32))
        chosen = sorted(number for number, yes in zip(numbers, among, strict=True) if yes)
        rows = bits.of(np.array(among))
        assert column.at_most(most) == bits.of(np.array(numbers) <= most)
        assert column.at_most(np.array(numbers, np.int32)) == bits.all_of(len(numbers))
        wanted = [min(chosen[int((len(chosen) - 1) * share)], 0xFFFF) if chosen else 0 for share in (0.5, 0.9)]
        assert column.quantiles(rows, 0.5, 0.9) == wanted


def plain_width(window: list[int]) -> int:
    """The widest line of a window that two others come close to, as `local_width` says it."""
    lines = sorted((line for line in window if line > 0), reverse=True)
    triples = list(zip(lines[:6], lines[2:], strict=False))
    for close in (lambda _: 4, lambda wide: max(wide // 8, 4)):
        for wide, third in triples:
            if wide - third <= close(wide):
                return wide
    return lines[0] if lines else 0


columns = st.lists(st.integers(1, 60) | st.sampled_from([38, 39, 40]), min_size=1, max_size=60)


@pytest.mark.parametrize("few", [0, 4, 1000])
@given(right=columns)
def test_local_width(few: int, right: list[int]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(width, "_FEW", few)
        margin = width.local_width(np.array(right, np.int32))
    rows = range(len(right))
    assert margin.before.tolist() == [plain_width(right[max(0, i - 11) : i + 1]) if i > 1 else 0 for i in rows]
    assert margin.behind.tolist() == [plain_width(right[i + 1 : i + 13]) for i in rows]


prose = st.lists(st.sampled_from(VILLAGE), min_size=1, max_size=5)
columned = st.builds(
    lambda paragraphs, columns, sep: sep.join(wrap(p, columns) + "\n" for p in paragraphs),
    prose, st.sampled_from([12, 16, 24, 40]), st.sampled_from(["", "\n"]),
)  # fmt: skip
texts = st.lists(pages | columned, min_size=1, max_size=3).map("\n".join)


def table_of(text: str) -> Lines:
    return measure(text, code_points(text))


@laws(300)
@given(texts)
def test_first_tokens(text: str) -> None:
    table = table_of(text)
    if len(table) < 2:
        return
    rows, start, stop = np.arange(len(table) - 1), table.start[1:], table.stop[1:]
    told = []
    for lengthen in (edges._lengthen, edges._lengthen_few):
        made, letters = np.zeros(len(rows), np.int32), np.ones(len(rows), np.int32)
        lengthen(table, start, stop, rows, made, letters)
        told.append((made.tolist(), letters.tolist()))
    assert told[0] == told[1]


@laws(300)
@given(texts | st.text("山水a \n\n", max_size=60))
def test_trigrams(text: str) -> None:
    table = table_of(text)
    if len(table) < 2:
        return
    told = []
    for few in (0, len(text)):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(ngrams, "_FEW", few)
            told.append(ngrams.spelled(table, np.arange(len(table) - 1)).tolist())
    assert told[0] == told[1]


def test_what_a_break_parts_is_sought_elsewhere() -> None:
    table = table_of("山水田\n\n园花木，水田园\n")
    assert ngrams.spelled(table, np.arange(1)).tolist() == [True]
    assert ngrams.spelled(table_of("山水田\n\n园花木，水田\n园，水田。\n"), np.arange(1)).tolist() == [True]
    assert ngrams.spelled(table_of("山水田\n\n园花木，水田。\n"), np.arange(1)).tolist() == [False]


def joins(text: str, *told: tuple[ModuleType, str, bool]) -> int | None:
    """The breaks that are undone, with the functions that are named answering as ``told``."""
    with pytest.MonkeyPatch.context() as patch:
        for module, name, answer in told:
            patch.setattr(module, name, lambda *_, answer=answer: answer)
        settled = settle(text)
    return settled and settled.join


# A piece of a line, as a text cut out of another begins with, then paragraphs; some with half-width marks or spaces.
pieces = st.text("山水田园，,ab 。", min_size=1, max_size=30)
cut_out = st.builds(
    lambda head, body, mark, gap: f"{head}\n{body}".replace("，", mark).replace("的", gap),
    st.lists(pieces, min_size=1, max_size=3).map("\n".join), texts,
    st.sampled_from(["，", ",", ", "]), st.sampled_from(["的", " ", "a"]),
)  # fmt: skip


@laws(300)
@given(cut_out)
def test_what_one_margin_tells_is_what_a_closer_look_tells(text: str) -> None:
    assert joins(text) == joins(text, (evenness, "_all_full", False), (regime, "_all_within", False))


@laws(300)
@given(st.text("山水a2,.，。 \n", max_size=60))
def test_marks_behind_ideographs(text: str) -> None:
    told = []
    for few in (0, len(text)):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(readings_, "_FEW", few)
            told.append(readings_._has_mark_behind_wide(text))
    assert told[0] == told[1] == any(a in "山水" and b in ",." for a, b in pairwise(text))


@laws(300)
@given(cut_out)
def test_breaks_that_run_on_are_the_same_from_both_sides(text: str) -> None:
    adjacent, apart = (len(breaks.findall(text)) for breaks in (unwrap._ADJACENT, unwrap._APART))
    at_once, apart_at_once = (len(breaks.findall(text)) for breaks in (unwrap._AT_ONCE, unwrap._APART_AT_ONCE))
    assert (at_once, apart_at_once) == (adjacent, apart) or unwrap._SPACE_AT_END.search(text)


@laws(600)
@given(cut_out)
def test_a_round_that_is_not_run_would_undo_nothing(text: str) -> None:
    assert joins(text) == joins(text, (rounds, "_may_be_full", True))


@laws(300)
@given(texts | st.text("山水a:：=，。 \n\n", max_size=80))
def test_labels(text: str) -> None:
    table = table_of(text)
    if len(table):
        rows = blocks._many_labels(table).tolist()
        assert blocks._few_labels(table) == rows
        assert len(rows) < 3 or blocks._few_labels(table, 3) == rows


@laws(300)
@given(texts)
def test_a_margin_told_at_once_is_the_one_that_is_found(text: str) -> None:
    table = table_of(text)
    if len(table) < 2:
        return
    e = edges.edges(table)
    breaks, hang = fit._breaks(e), edges.hanging(table)
    for way in readings(table, e):
        need, reach = e.with_space(way.right[:-1] + way.head), way.right - hang
        widest = int(reach.max())
        told = margins.shared_margin(reach, widest, need, breaks.on & breaks.adjacent)
        local = fit._fitted(breaks, way, hang, need, widest, width.local_width(reach), "auto", fit._LOCAL)
        assert told in (0, margins.fixed_margin(local.right, local.width, local.cut & ~local.over))


def test_prose_of_one_width_has_a_margin_at_once() -> None:
    table = table_of("\n\n".join(wrap(p, 24) for p in VILLAGE) + "\n")
    e = edges.edges(table)
    need, reach = e.with_space(table.right[:-1] + e.head), table.right - edges.hanging(table)
    assert margins.shared_margin(reach, int(reach.max()), need, fit.runs_on(e)) == 24
