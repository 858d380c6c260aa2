"""Blocks that are no running text: verse, tables, forms, code. Their lines stay as they are.

A block is a run of lines with no blank line in it.
"""

from __future__ import annotations

from typing import Any

from texttool.filters.unwrap import charclass as m
from texttool.filters.unwrap.edges import LETTERS, Edges
from texttool.filters.unwrap.linetable import Lines
from texttool.filters.unwrap.regime import Regime
from texttool.filters.unwrap.width import CLOSE

# All lines of a block end in a mark by chance this seldom at the most, or it is verse or a list.
CHANCE = 0.005
# A label of a form or a speaker in a transcript is a word or two: at most this many code points before its colon.
LABEL = 10


def preformatted(table: Lines, e: Edges, r: Regime) -> Any:
    """``bool`` a break: it stands inside something whose lines are not wrapped."""
    import numpy as np

    block = np.append(0, np.cumsum(~r.adjacent))
    inside = r.adjacent
    count = _tally(block[:-1], inside, block)
    label, cells = _labels(table), _tabular(table)
    form = (_tally(block, label, block) * 2 > count + 1) & (_tally(block, label, block) >= 3)
    sheet = _tally(block, cells, block) * 2 > count + 1
    pre = (_loose(r, block, count) | _verse(e, r, block, count) | sheet)[block[:-1]]
    alike = _parallel(table)
    series = (_tally(block, alike, block) * 2 >= count + 1) & (_tally(block, alike, block) >= 3)
    pre |= series[block[:-1]]
    pre |= _fenced(table)
    return (pre | form[block[:-1]] & label[1:] | cells[1:] & cells[:-1]) & inside


def _tally(block: Any, wanted: Any, blocks: Any) -> Any:
    """How many rows of each block are ``wanted``."""
    import numpy as np

    return np.bincount(block[wanted], minlength=int(blocks[-1]) + 1)


def _loose(r: Regime, block: Any, count: Any) -> Any:
    """Blocks whose lines are mostly not full, in a text whose wrapped lines are: code, verse, addresses."""
    full = _tally(block[:-1], r.adjacent & (r.full | (r.room <= CLOSE) & ~r.over), block)
    cut = _tally(block[:-1], r.cut, block)
    flush = r.blank and r.tolerance < CLOSE
    return (count >= 2) & (full * 2 < count) & (cut * 3 < count) & flush


def _verse(e: Edges, r: Regime, block: Any, count: Any) -> Any:
    """Blocks whose every line ends in a mark, where lines of running text meet one by accident only."""
    marked = r.adjacent & m.among(e.end, (m.STOP, m.COMMA, m.COLON)) & ~r.runs_on
    full = r.adjacent & r.full
    share = max(0.05, (marked & full).sum() / max(1, full.sum()))
    return (_tally(block[:-1], marked, block) == count) & (share**count < CHANCE)


def _tabular(table: Lines) -> Any:
    """Lines with cells: three spaces or a tab between their ink, or ruled at both edges."""
    import numpy as np

    blank = table.kinds == m.SPACE
    gaps = np.zeros(len(blank), bool)
    gaps[2:] = blank[2:] & blank[1:-1] & blank[:-2] & (table.codes[1:-1] != 10)
    gaps |= table.codes == 9
    ruled = _is_rule(table.codes[table.start]) & _is_rule(table.codes[table.stop - 1])
    return (table.count(gaps) > 0) | ruled


def _fenced(table: Lines) -> Any:
    """Breaks at and between the fences of Markdown code: lines that begin with three backticks or tildes."""
    import numpy as np

    fence = np.isin(table.codes[table.start], (0x60, 0x7E))
    for ahead in (1, 2):
        fence &= table.codes[np.minimum(table.start + ahead, table.stop - 1)] == table.codes[table.start]
    fence &= table.stop - table.start >= 3
    inside = np.cumsum(fence) % 2 == 1
    return (inside | fence)[:-1] | fence[1:]


def _is_rule(codes: Any) -> Any:
    """Whether each code point draws a table: a bar, a plus, or anything of the block of box drawings."""
    return (codes == 0x7C) | (codes == 0x2B) | ((codes >= 0x2500) & (codes < 0x2580))


def _parallel(table: Lines) -> Any:
    """Lines that begin as the line before or behind does, by two characters or eight letters: a series, not prose."""
    import numpy as np

    alike = _same(table, 0) & _same(table, 1)
    latin = alike & m.among(table.first()[1:], (m.LOWER, m.UPPER))
    if latin.any():
        alike &= ~latin | np.logical_and.reduce([_same(table, ahead) for ahead in range(2, 8)])
    return np.append(alike, False) | np.append(False, alike)


def _same(table: Lines, ahead: int) -> Any:
    """Whether each line has the same code point at ``ahead`` as the next."""
    import numpy as np

    code = table.codes[np.minimum(table.start + ahead, table.stop - 1)]
    return code[1:] == code[:-1]


def _labels(table: Lines) -> Any:
    """Lines that begin with a label: a word or two with no mark in them, and a colon or an equals sign."""
    import numpy as np

    found = np.zeros(len(table), bool)
    colons = np.flatnonzero((table.codes == 0x3A) | (table.codes == 0xFF1A) | (table.codes == 0x3D)).astype(np.int32)
    rows = np.searchsorted(table.start, colons, "right") - 1
    first = (rows >= 0) & (np.diff(rows, prepend=-1) > 0)
    rows, colons = rows[first], colons[first]
    length = colons - table.start[rows]
    short = (length > 0) & (length <= LABEL)
    rows, length = rows[short], length[short]
    for step in range(LABEL):
        kind = table.kinds[table.start[rows] + np.minimum(step, length - 1)]
        word = m.among(kind, (*LETTERS, m.OTHER, m.SPACE))
        rows, length = rows[word], length[word]
    found[rows] = True
    return found
