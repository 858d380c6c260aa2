"""Blocks that are no running text: verse, tables, forms, code. Their lines stay as they are.

A block is a run of lines with no blank line in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from texttool.filters.unwrap import charclass as m
from texttool.filters.unwrap.edges import LETTERS, Edges
from texttool.filters.unwrap.linetable import NEWLINE, TAB, Lines, sums
from texttool.filters.unwrap.programs import statements
from texttool.filters.unwrap.regime import Regime
from texttool.filters.unwrap.width import CLOSE

# All lines of a block end in a mark by chance this seldom at the most, or it is verse or a list.
CHANCE = 0.005
# A label of a form or a speaker in a transcript is a word or two: at most this many code points before its colon.
LABEL = 10
_COLONS = ":：="
_FEW = 16  # colons: so many are looked at one by one
_WORD = (*LETTERS, m.OTHER, m.SPACE)


def preformatted(table: Lines, e: Edges, r: Regime) -> Any:
    """``bool`` a break: it stands inside something whose lines are not wrapped."""
    block = np.zeros(len(table), table.start.dtype)
    (~r.adjacent).cumsum(dtype=block.dtype, out=block[1:])
    size, behind = int(block[-1]) + 1, block[:-1]
    count = _tally(behind, r.adjacent, size)
    pre = _verse(e, r, behind, count)
    if r.blank and r.tolerance < CLOSE:
        pre |= _loose(r, behind, count)
    series = _parallel(table, r)
    if series is not None:
        alike = _tally(block, series, size)
        pre |= (alike * 2 >= count + 1) & (alike >= 3)
    code = statements(table)
    if code is not None and m.some(code):
        coded = _tally(block, code, size)
        pre |= (coded * 2 > count + 1) & (coded >= 3)
    cells, label = _tabular(table), _labels(table)
    if cells is not None:
        pre |= _tally(block, cells, size) * 2 > count + 1
    out = pre[behind]
    if cells is not None:
        out |= cells[1:] & cells[:-1]
    if label is not None:
        labels = _tally(block, label, size)
        out |= ((labels * 2 > count + 1) & (labels >= 3))[behind] & label[1:]
    if "```" in table.text or "~~~" in table.text:
        out |= _fenced(table)
    return out & r.adjacent


def _tally(block: Any, wanted: Any, size: int) -> Any:
    """How many rows of each of ``size`` blocks are ``wanted``."""
    return np.bincount(block[wanted], minlength=size)


def _loose(r: Regime, block: Any, count: Any) -> Any:
    """Blocks whose lines are mostly not full, in a text whose wrapped lines are: code, verse, addresses."""
    full = _tally(block, r.adjacent & (r.full | (r.room <= CLOSE) & ~r.over), len(count))
    cut = _tally(block, r.cut, len(count))
    return (count >= 2) & (full * 2 < count) & (cut * 3 < count)


def _verse(e: Edges, r: Regime, block: Any, count: Any) -> Any:
    """Blocks whose every line ends in a mark, where lines of running text meet one by accident only.

    Lines of verse do not all fill the margin too, where the text has one for all of its lines.
    """
    marked = r.adjacent & m.among(e.end, (m.STOP, m.COMMA, m.COLON)) & ~r.runs_on
    every = (_tally(block, marked, len(count)) == count) & (count > 1)
    if not m.some(every):
        return every
    if isinstance(r.of_width, int) or (r.width == r.width[0]).all():
        every &= _tally(block, marked & ~r.tight, len(count)) > 0
    full = r.adjacent & r.full
    share = max(0.05, m.count(marked & full) / max(1, m.count(full)))
    return every & (share**count < CHANCE)


def _tabular(table: Lines) -> Any:
    """Lines with cells: three spaces or a tab between their ink, or ruled at both edges. None where there are none."""
    ruled = (table.first == m.OTHER) & (table.last == m.OTHER)
    if m.some(ruled):
        ruled &= _is_rule(table.first_code) & _is_rule(table.last_code)
    if table.spaced:
        blank = table.kinds == m.SPACE
        gaps = np.zeros(len(blank), bool)
        gaps[2:] = blank[2:] & blank[1:-1] & blank[:-2]
        if m.some(gaps):
            gaps[2:] &= table.codes[1:-1] != NEWLINE
        if "\t" in table.text:
            gaps |= table.codes == TAB
        if m.some(gaps):
            ruled |= sums(gaps, table.start, table.stop) > 0
    return ruled if m.some(ruled) else None


def _fenced(table: Lines) -> Any:
    """Breaks at and between the fences of Markdown code: lines that begin with three backticks or tildes."""
    code = table.first_code
    fence = ((code == 0x60) | (code == 0x7E)) & (table.stop - table.start >= 3)
    for ahead in (1, 2):
        fence &= table.codes[np.minimum(table.start + ahead, table.stop - 1)] == code
    inside = np.cumsum(fence) % 2 == 1
    return (inside | fence)[:-1] | fence[1:]


def _is_rule(codes: Any) -> Any:
    """Whether each code point draws a table: a bar, a plus, or anything of the block of box drawings."""
    return (codes == 0x7C) | (codes == 0x2B) | ((codes >= 0x2500) & (codes < 0x2580))


def _parallel(table: Lines, r: Regime) -> Any:
    """Lines that begin as the line before or behind does, by two characters or eight letters: a series, not prose.

    But not where the one in front is full in mid-sentence. None where there are less than three.
    """
    rows = ((table.first_code[1:] == table.first_code[:-1]) & ~(r.runs_on & r.tight)).nonzero()[0]
    if len(rows) > 1:
        rows = rows[_same(table, rows, 1)]
    for ahead in range(2, 8):
        if len(rows) < 2:
            return None
        latin = m.among(table.first[rows], (m.LOWER, m.UPPER))
        if not m.some(latin):
            break
        rows = rows[~latin | _same(table, rows, ahead)]
    if len(rows) < 2:
        return None
    out = np.zeros(len(table), bool)
    out[rows] = out[rows + 1] = True
    return out


def _same(table: Lines, rows: Any, ahead: int) -> Any:
    """Whether each of ``rows`` has the same code point at ``ahead`` as the next line; shorter lines end with it."""
    here, behind = (table.codes[np.minimum(table.start[at] + ahead, table.stop[at] - 1)] for at in (rows, rows + 1))
    return here == behind


def _may_label(text: str) -> Iterator[bool]:
    """For each colon, whether it may stand so near its line's first ink; not where as much ink is in front of it."""
    for mark in _COLONS:
        at = text.find(mark)
        while at >= 0:
            front = text[max(0, at - LABEL - 1) : at]
            yield len(front) <= LABEL or front[0].isspace() or "\n" in front
            at = text.find(mark, at + 1)


def _labels(table: Lines) -> Any:
    """Lines that begin with a label: a word or two with no mark in them, and a colon or an equals sign.

    None where there are less than three: those make no form.
    """
    colons = sum(map(table.text.count, _COLONS))
    if colons < 3 or (colons <= _FEW and sum(_may_label(table.text)) < 3):
        return None
    codes = table.codes
    colons = ((codes == 0x3A) | (codes == 0xFF1A) | (codes == 0x3D)).nonzero()[0]
    rows = table.start.searchsorted(colons, "right") - 1  # not -1: a colon is ink
    length = colons - table.start[rows]
    short = (length > 0) & (length <= LABEL)
    if m.count(short) < 3:
        return None
    short[1:] &= rows[1:] > rows[:-1]  # only the first of its line
    rows, length = rows[short], length[short]
    if len(rows) < 3:
        return None
    places = table.start[rows][:, None] + np.minimum(np.arange(LABEL), length[:, None] - 1)
    word = m.among(table.kinds[places], _WORD).reshape(places.shape).all(axis=1)
    found = np.zeros(len(table), bool)
    found[rows[word]] = True
    return found
