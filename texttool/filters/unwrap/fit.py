"""How the lines of a text fill their column: the margin, and what each line leaves free of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from texttool.filters.unwrap import charclass as m
from texttool.filters.unwrap.edges import EAST, LETTERS, TRAILING, Edges
from texttool.filters.unwrap.linetable import Lines
from texttool.filters.unwrap.width import CLOSE, Margin, local_width

# This share of the breaks within a sentence is at full lines: against one margin for the whole text, code and
# tables among them fall short of it, while a margin taken from the lines around suits those too.
_LOCAL, _HELD = 0.9, 0.75
FULL_WIDTH = 0x2010  # from here on marks are as wide as ideographs in East Asian text


# Lines enough to tell how they were measured.
_SAMPLE = 1 << 14


class Reading(NamedTuple):
    """One way to measure lines: where each one's ink ends, and how long its first token is."""

    name: str
    right: Any
    head: Any


@dataclass(slots=True)
class Fit:
    """The margin as measured. Arrays but ``right`` have a row a break."""

    right: Any  # columns, a row a line: where its ink ends
    margin: Margin
    width: Any  # columns: the wider of the two margins
    room: Any  # columns that the line in front leaves free after the next token; 0: none
    over: Any  # the line reaches far beyond both margins: it belongs to no column
    adjacent: Any  # nothing parts the two lines: no blank line, or the one that double spacing puts
    double: bool  # every line is followed by a blank one
    tolerance: int  # columns that wrapped lines leave free
    slack: int  # columns that hardly any of them leaves free
    ragged: float  # the mean of it, in hundredths of the width
    full: Any  # the next token would not have fitted, within the tolerance
    tight: Any  # it would not have fitted at all
    runs_on: Any  # a sentence visibly runs on, by what stands on both sides alone
    cut: Any  # and the line in front is full, with no blank line behind it


def fit(table: Lines, e: Edges, layout: str) -> Fit:
    """The fit under the reading of ``table`` that leaves its margin least ragged: the one that made the lines.

    Which reading that is, the first ``_SAMPLE`` lines tell.
    """
    on = runs_on(e)
    some, ends = (table.head(_SAMPLE), e.before(_SAMPLE - 1)) if len(table) > _SAMPLE else (table, e)
    ways = list(_readings(some, ends))
    fits = [_measured(some, ends, on[: _SAMPLE - 1], reading, layout) for reading in ways]
    best = min(range(len(fits)), key=lambda i: fits[i].ragged)
    if some is table:
        return fits[best]
    return _measured(table, e, on, _reading(table, e, ways[best].name), layout)


def _readings(table: Lines, e: Edges) -> Iterator[Reading]:
    """The ways of measuring lines that make a difference in ``table``."""
    yield _reading(table, e, "columns")
    if table.marks.any():
        yield _reading(table, e, "print")
    if table.spaces.sum() > len(table):
        yield _reading(table, e, "unspaced")
    wide = (table.right - table.left).sum() - (table.stop - table.start).sum()
    narrow = (table.stop - table.start).sum() - wide
    if min(wide, narrow) * 5 > wide + narrow:
        yield _reading(table, e, "characters")


def _reading(table: Lines, e: Edges, name: str) -> Reading:
    """In columns; with half-width marks behind ideographs as wide as those, as print has them; without the spaces
    between ideographs that an OCR puts there; every character as one, as programs count that know no columns.
    """
    if name == "characters":
        return Reading(name, table.stop - table.begin, e.letters)
    wider = {"print": table.marks, "unspaced": -table.spaces}.get(name, 0)
    return Reading(name, table.right + wider, e.head)


def _measured(table: Lines, e: Edges, on: Any, reading: Reading, layout: str) -> Fit:
    import numpy as np

    local = _fitted(e, on, reading, local_width(_without_hanging(table, reading.right)), layout, _LOCAL)
    held = _fixed_margin(local)
    if not held:
        return local
    margin = Margin(*(np.full(len(table), held, np.int32) for _ in Margin._fields))
    return _fitted(e, on, reading, margin, layout, _HELD)


def _fitted(e: Edges, on: Any, reading: Reading, margin: Margin, layout: str, share: float) -> Fit:
    import numpy as np

    width = np.maximum(margin.before, margin.behind)[:-1]
    room, over = _room(margin, reading.right[:-1] + e.space + reading.head, reading.head, width)
    double = layout == "double" or (layout == "auto" and may_be_double(e.gap, on & (room <= width // 4)))
    adjacent = e.gap <= 1 if double else e.gap == 0
    measured = on & adjacent & ~over
    tolerance, slack, ragged = _tolerance(room[measured], width[measured], share)
    full = (room <= np.minimum(tolerance, most_slack(e, width, 4))) & (~over | on | m.among(e.last, LETTERS))
    return Fit(reading.right, margin, width, room, over, adjacent, double, tolerance, slack, ragged, full,
               (room <= 0) & ~over, on, on & adjacent & full)  # fmt: skip


def runs_on(e: Edges) -> Any:
    """Breaks within a sentence, by what stands on both sides alone.

    A letter stands in front, or a mark that opens; behind it a letter that begins nothing, or a mark that cannot begin.
    """
    east = m.among(e.last, EAST) & m.among(e.first, (*EAST, *TRAILING))
    east |= (e.last == m.OPEN) & m.among(e.first, EAST)
    return east | (m.among(e.last, (*LETTERS, m.COMMA, m.HYPHEN)) & (e.first == m.LOWER))


def may_be_double(gap: Any, on: Any) -> bool:
    """Whether most breaks have exactly one blank line, and sentences run on across a third of those."""
    single = gap == 1
    return bool(len(gap) >= 3 and single.sum() * 5 >= len(gap) * 4 and (single & on).sum() * 3 >= single.sum())


def _without_hanging(table: Lines, right: Any) -> Any:
    """Where each line's ink ends if up to two full-width marks at its end are let hang over the margin."""
    import numpy as np

    right = right.copy()
    rows = np.arange(len(table))
    for behind in range(2):
        at = table.stop[rows] - 1 - behind
        hangs = (at > table.start[rows]) & m.among(table.kinds[at], TRAILING) & (table.codes[at] >= FULL_WIDTH)
        rows = rows[hangs]
        right[rows] -= 2
    return right


def _room(margin: Margin, need: Any, head: Any, width: Any) -> tuple[Any, Any]:
    """Columns left free, against the margin that the line fits better; and whether it reaches beyond both.

    Beyond a margin by more than an eighth, the line does not belong to that column, and says nothing about it.
    """
    import numpy as np

    far = np.int32(1 << 20)
    over = np.maximum(CLOSE, width // 8) + head
    free = [side[:-1] - need for side in margin]
    rooms = [
        np.where((f < -over) | (side[:-1] == 0), far, np.maximum(f, 0)) for f, side in zip(free, margin, strict=True)
    ]
    room = np.minimum(*rooms)
    return np.where(room == far, 0, room), room == far


def _tolerance(room: Any, width: Any, share: float) -> tuple[int, int, float]:
    """What most breaks within a sentence leave free, what hardly any does, and the mean in hundredths of the width.

    Breaks that leave a quarter of the width are those of headings, and left out.
    """
    import numpy as np

    near = room <= np.maximum(width // 4, 2)
    room, width = room[near], width[near]
    if not len(room):
        return 0, 0, 0.0
    return m.quantile(room, share), m.quantile(room, 0.99), float(100 * room.sum() / max(1, width.sum()))


def most_slack(e: Edges, width: Any, part: int) -> Any:
    """Columns that a line may leave free at the most: one in ``part`` of the width, where it could break anywhere.

    Words leave what the next one would not fit into, which is known to the column; only proportional type, whose
    columns are no measure, strays by a sixteenth.
    """
    import numpy as np

    words = (e.space > 0) & ~m.among(e.first, EAST) & ~m.among(e.last, EAST)
    return np.where(words, width // 16 + 1, width // part)


def _fixed_margin(f: Fit) -> int:
    """The one margin of the whole text, in columns; 0 where the column drifts or jumps.

    Half the lines that run on must share it, no more than a quarter of all lines may reach beyond it, and the lines
    that run on elsewhere must not be flush with their neighbours: they are code or tables then, not other columns.
    """
    import numpy as np

    rows = np.flatnonzero(f.cut & ~f.over)
    if not len(rows):
        return 0
    width = f.width[rows]
    mode = int(np.bincount(np.minimum(width, 4000)).argmax())
    close = max(CLOSE // 2, mode // 16)
    near = np.abs(width - mode) <= close
    margin = m.quantile(width[near], 0.75)
    beyond = f.width > margin + max(CLOSE, margin // 8)
    other = rows[~near]
    flush = np.abs(f.right[other] - f.right[np.maximum(other - 1, 0)]) <= close
    drifts = len(other) * 10 > len(rows) and flush.mean() > 0.5
    return margin if near.mean() >= 0.5 and beyond.mean() <= 0.25 and not drifts else 0
