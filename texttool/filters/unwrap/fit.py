"""How the lines of a text fill their column: the margin, and what each line leaves free of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from texttool.filters.unwrap import bits
from texttool.filters.unwrap import charclass as m
from texttool.filters.unwrap.edges import EAST, LETTERS, TRAILING, Edges, hanging
from texttool.filters.unwrap.linetable import Lines
from texttool.filters.unwrap.margins import fixed_margin, shared_margin
from texttool.filters.unwrap.readings import Reading, reading, readings
from texttool.filters.unwrap.width import CLOSE, Margin, local_width

# This share of the breaks within a sentence is at full lines: against one margin for the whole text, code and
# tables among them fall short of it, while a margin taken from the lines around suits those too.
_LOCAL, _HELD = 0.9, 0.75
_RUNS_ON = m.pairs(
    (EAST, (*EAST, *TRAILING)),
    ((m.OPEN,), EAST),
    ((*LETTERS, m.COMMA, m.HYPHEN), (m.LOWER,)),
)
_WEST = tuple(kind for kind in m.ALL if kind not in EAST)
_BETWEEN_WORDS = m.pairs((_WEST, _WEST))
_LETTERS = m.kinds(*LETTERS)
_FAR = 1 << 20  # columns: stands for the room of a line that belongs to no column


_ZERO = np.array(0, np.int32)
# Lines enough to tell how they were measured.
_SAMPLE = 1 << 14
_MANY = 1 << 8  # lines: below, numpy takes longer to begin


@dataclass(slots=True)
class Fit:
    """The margin as measured. Columns but ``right`` and ``hang`` have a row a break; sets are of breaks, see `bits`."""

    right: Any  # columns, a row a line: where its ink ends
    hang: Any  # and how many of them may hang over the margin
    widest: int  # columns: no line reaches farther, without what hangs
    head: Any  # columns of the next token
    held: bool  # one margin holds for all lines
    of_width: Any  # columns: the wider of the two margins, or one number where it is the same everywhere
    room: bits.Column  # columns that the line in front leaves free after the next token; 0: none
    over: int  # the line reaches far beyond both margins: it belongs to no column
    every: int  # all breaks
    adjacent: int  # nothing parts the two lines: no blank line, or the one that double spacing puts
    double: bool  # every line is followed by a blank one
    tolerance: int  # columns that wrapped lines leave free
    slack: int  # columns that hardly any of them leaves free
    words: int  # a space belongs there, and no ideograph or hangul stands on either side
    full: int  # the next token would not have fitted, within the tolerance
    tight: int  # it would not have fitted at all
    runs_on: int  # a sentence visibly runs on, by what stands on both sides alone
    cut: int  # and the line in front is full, with no blank line behind it
    # The layout that the fit shows, found by `regime`.
    base: int = 0  # columns: the indent of lines that go on
    indented: int = 0  # the line behind stands as a first line may: one to four ideographs deeper than those
    indent: bool = False  # paragraphs are told by their indent
    blank: bool = False  # paragraphs are told by blank lines
    wrapped: bool = False  # lines are wrapped at all

    @property
    def width(self) -> Any:
        """Columns, a row a break: the wider of the two margins."""
        one = isinstance(self.of_width, int)
        return np.full(len(self.head), self.of_width, np.int32) if one else self.of_width

    def leaving(self, columns: Any) -> int:
        """The breaks that leave at most so many ``columns`` free; one number, or one a break."""
        return self.room.at_most(columns)


class _Breaks(NamedTuple):
    """What is known of the breaks before anything is measured."""

    gap: bits.Column  # blank lines
    every: int
    adjacent: int  # there is none
    on: int  # a sentence visibly runs on
    words: int  # as in `Fit`
    stays: int  # a line far beyond the margin counts as full there: a sentence runs on, or a word ends it
    apart: bool  # four breaks of five have exactly one blank line, or three where all have some

    def before(self, count: int) -> _Breaks:
        """Those of the first ``count`` breaks."""
        gap, every = bits.Column(self.gap.values[:count]), bits.all_of(count)
        adjacent, on, words, stays = (rows & every for rows in (self.adjacent, self.on, self.words, self.stays))
        return _Breaks(gap, every, adjacent, on, words, stays, _is_apart(gap, every))


def _breaks(e: Edges) -> _Breaks:
    on, every = runs_on(e), bits.all_of(len(e))
    words = e.pair.rows(_BETWEEN_WORDS) & e.spaced if e.spaced else 0
    stays = on | e.last.rows(_LETTERS)
    return _Breaks(e.gap, every, e.gap.at_most(0), on, words, stays, _is_apart(e.gap, every))


def fit(table: Lines, e: Edges, layout: str) -> Fit:
    """The fit under the reading of ``table`` that leaves its margin least ragged: the one that made the lines.

    Which reading that is, the first ``_SAMPLE`` lines tell.
    """
    breaks, hang, count = _breaks(e), hanging(table), min(len(table), _SAMPLE)
    whole = count == len(table)
    some, ends, first = (
        (table, e, breaks) if whole else (table.head(count), e.before(count - 1), breaks.before(count - 1))
    )
    ways = list(readings(some, ends))
    fits = [_measured(ends, first, way, hang[:count], layout) for way in ways]
    best = min(range(len(fits)), key=lambda i: _ragged(fits[i])) if len(fits) > 1 else 0
    if whole:
        return fits[best]
    return _measured(e, breaks, reading(table, e, ways[best].name), hang, layout)


def _measured(e: Edges, b: _Breaks, way: Reading, hang: Any, layout: str) -> Fit:
    need, reach = e.with_space(way.right[:-1] + way.head), way.right - hang
    widest = max(reach.tolist()) if len(reach) < _MANY else int(np.maximum.reduce(reach))
    held = shared_margin(reach, widest, need, b.on & b.adjacent)
    if held:  # without spaces, no line is longer than those by more than two marks
        return _fitted(b, way, hang, need, widest, held, layout, _HELD, bool(e.spaced))
    local = _fitted(b, way, hang, need, widest, local_width(reach), layout, _LOCAL)
    held = fixed_margin(local.right, local.width, local.cut & ~local.over)
    return _fitted(b, way, hang, need, widest, held, layout, _HELD) if held else local


def _fitted(
    b: _Breaks, way: Reading, hang: Any, need: Any, widest: int, margin: Margin | int, layout: str, share: float,
    beyond: bool = True,
) -> Fit:  # fmt: skip
    """The fit against margins that differ from line to line, or against one. ``need``: columns with the next token.

    ``beyond``: whether a line may reach so far that it belongs to no column.
    """
    if isinstance(margin, int):
        of_width: Any = margin
        free, over = _room_within(margin, need, way.head, beyond)
    else:
        of_width = _one_or_all(np.maximum(margin.before[:-1], margin.behind[:-1]))
        free, over = _room(margin, need, most_of(of_width // 8, CLOSE) + way.head, way.right[1:] - hang[1:])
    room, within = bits.Column(free, margin if isinstance(margin, int) else _FAR), b.every & ~over
    double = layout == "double" or (
        layout == "auto" and b.apart and may_be_double(b.gap, b.every, b.on & room.at_most(of_width // 4))
    )
    adjacent = b.gap.at_most(1) if double else b.adjacent
    inside = b.on & adjacent
    tolerance, slack = room.quantiles(inside & within & room.at_most(_quarter(of_width)), share, 0.99)
    full = with_slack(room, tolerance, b.words, of_width, 4) & (within | b.stays)
    return Fit(
        way.right, hang, widest, way.head, isinstance(margin, int), of_width, room, over, b.every, adjacent, double,
        tolerance, slack, b.words, full, room.at_most(0) & within, b.on, inside & full,
    )  # fmt: skip


def _one_or_all(width: Any) -> Any:
    """The one number that all of the column are, as in most small texts, or the column."""
    return int(width[0]) if len(width) and width.tobytes() == width[:1].tobytes() * len(width) else width


def _quarter(of_width: Any) -> Any:
    """Columns: breaks within a sentence that leave more are behind headings, and do not show the margin."""
    return most_of(of_width // 4, 2)


def runs_on(e: Edges) -> int:
    """Breaks within a sentence, by what stands on both sides alone.

    A letter stands in front, or a mark that opens; behind it a letter that begins nothing, or a mark that cannot begin.
    """
    return e.pair.rows(_RUNS_ON)


def may_be_double(gap: bits.Column, breaks: int, on: int) -> bool:
    """Whether ``breaks`` have one blank line but about headings, and sentences run on across a third of those."""
    if not _is_apart(gap, breaks):
        return False
    single = gap.at_most(1) & ~gap.at_most(0) & breaks
    return (single & on).bit_count() * 3 >= single.bit_count()


def _is_apart(gap: bits.Column, breaks: int) -> bool:
    none, count = gap.at_most(0) & breaks, breaks.bit_count()
    if none.bit_count() * 5 > count:
        return False
    single = gap.at_most(1) & breaks & ~none
    return count >= 3 and single.bit_count() * 5 >= count * (4 if none else 3)


def _room(margin: Margin, need: Any, over: Any, behind: Any) -> tuple[Any, int]:
    """Columns left free, against the margin that the line fits better; and whether it reaches beyond both.

    Beyond a margin by more than ``over``, the line does not belong to that column, and says nothing about it. Nor does
    one before a line that ends so far ``behind`` the margin of the lines that follow: those begin no column.
    """
    sides = margin.both[:, :-1]
    free = sides - need
    off = (free + over < _ZERO) | (sides == _ZERO)
    np.maximum(free, _ZERO, out=free)
    free[off] = _FAR
    free[1, sides[1] + over < behind] = _FAR
    room = np.minimum(free[0], free[1])
    far = bits.of(off[0]) & bits.of(off[1])
    if far:
        room[bits.flags(far, len(room))] = 0
    return room, far


def _room_within(margin: int, need: Any, head: Any, beyond: bool) -> tuple[Any, int]:
    """The same against one margin for all lines; ``beyond``: whether one may reach beyond it."""
    free = np.array(margin, np.int32) - need
    over = bits.of(free + head < np.array(-max(CLOSE, margin // 8), np.int32)) if beyond else 0
    return np.maximum(free, _ZERO), over


def _ragged(f: Fit) -> float:
    """What the breaks that show the margin leave free on the mean, in hundredths of the width."""
    shown = bits.flags(f.runs_on & f.adjacent & ~f.over & f.leaving(_quarter(f.of_width)), len(f.head))
    return float(100 * f.room.values[shown].sum() / max(1, f.width[shown].sum()))


def with_slack(room: bits.Column, most: int, words: int, width: Any, part: int) -> int:
    """The breaks that leave at most ``most`` columns, and one in ``part`` of the width, where it could break anywhere.

    ``words`` leave what the next one would not fit into, which is known to the column; only proportional type, whose
    columns are no measure, strays by a sixteenth.
    """
    anywhere = room.at_most(least(most, width // part))
    if not words:
        return anywhere
    return anywhere & ~words | words & room.at_most(least(most, width // 16 + 1))


def least(one: int, other: Any) -> Any:
    """The less of both; ``other`` may be a column."""
    return min(one, other) if isinstance(other, int) else np.minimum(one, other)


def most_of(one: Any, other: int) -> Any:
    """The more of both; ``one`` may be a column."""
    return max(one, other) if isinstance(one, int) else np.maximum(one, other)
