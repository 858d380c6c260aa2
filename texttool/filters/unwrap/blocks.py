"""Blocks that are no running text: verse, tables, forms, code. Their lines stay as they are.

A block is a run of lines with no blank line in it.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property
from typing import Any

import numpy as np

from texttool.filters.unwrap import bits
from texttool.filters.unwrap import charclass as m
from texttool.filters.unwrap.cells import tabular
from texttool.filters.unwrap.edges import LETTERS, Edges
from texttool.filters.unwrap.leaders import led
from texttool.filters.unwrap.linetable import Lines
from texttool.filters.unwrap.programs import statements
from texttool.filters.unwrap.regime import Regime
from texttool.filters.unwrap.width import CLOSE

# All lines of a block end in a mark by chance this seldom at the most, or it is verse or a list.
CHANCE = 0.005
# A label of a form or a speaker in a transcript is a word or two: at most this many code points before its colon.
LABEL = 10
_COLONS = ":：="
_FEW = 16  # colons: so many are looked at one by one
_WORD = m.kinds(*LETTERS, m.OTHER, m.SPACE)
_WORDS = bytes((*LETTERS, m.OTHER, m.SPACE))
_CASED = m.kinds(m.LOWER, m.UPPER)
_MARKS = m.kinds(m.STOP, m.COMMA, m.COLON)


class _Blocks:
    """Runs of lines with no blank line in them, numbered when first asked for: most texts hold nothing to count."""

    def __init__(self, r: Regime, lines: int) -> None:
        self._r, self._lines = r, lines

    @cached_property
    def _numbers(self) -> Any:
        """The block of each line."""
        numbers = np.zeros(self._lines, np.int32)
        (~bits.flags(self._r.adjacent, self._lines - 1)).cumsum(dtype=np.int32, out=numbers[1:])
        return numbers

    @cached_property
    def breaks(self) -> Any:
        """How many breaks each block has."""
        return self.tally(self._r.adjacent)

    def tally(self, rows: int) -> Any:
        """How many of ``rows`` each block has, lines or breaks."""
        chosen = self._numbers[bits.flags(rows, self._lines)]
        return np.bincount(chosen, minlength=int(self._numbers[-1]) + 1)

    def within(self, wanted: Any) -> int:
        """The breaks of the blocks that are ``wanted`` (``bool`` a block)."""
        return bits.of(wanted[self._numbers[:-1]])

    def mostly(self, rows: int, others: int = 1, fewest: int = 0) -> int:
        """The breaks of the blocks where more than half of the lines are ``rows``, by more than ``others``."""
        if fewest > 2 and not rows & (rows >> 1 | rows >> 2):
            return 0  # half of so many lines, and hardly two of them so near each other: nothing to count
        count = self.tally(rows)
        return self.within((count * 2 > self.breaks + others) & (count >= fewest))


def preformatted(table: Lines, e: Edges, r: Regime, opener: int) -> int:
    """The breaks inside something whose lines are not wrapped; ``opener`` are the lines that surely open something."""
    blocks = _Blocks(r, len(table))
    out = _verse(e, r, blocks)
    if r.blank and r.tolerance < CLOSE:
        out |= _loose(r, blocks, opener)
    if alike := bits.of(table.first_code[1:] == table.first_code[:-1]):
        out |= led(table, alike)
        if series := _parallel(table, r, alike):
            out |= blocks.mostly(series, 0, fewest=3)
    if code := statements(table):
        out |= blocks.mostly(code, fewest=3)
    if cells := tabular(table):
        out |= blocks.mostly(cells) | cells >> 1 & cells
    if label := _labels(table):
        out |= blocks.mostly(label, fewest=3) & label >> 1
    if "```" in table.text or "~~~" in table.text:
        out |= _fenced(table)
    return out & r.adjacent


def _loose(r: Regime, blocks: _Blocks, opener: int) -> int:
    """Blocks whose lines are mostly not full, in a text whose wrapped lines are: code, verse, addresses.

    Headings and items that stand in a block tell nothing about the lines between them.
    """
    full = r.adjacent & r.full
    if full != r.adjacent:
        full |= r.adjacent & r.leaving(CLOSE) & ~r.over
    if full == r.adjacent:
        return 0
    lines = r.adjacent & ~(opener >> 1) & (~opener | full)
    count = blocks.tally(lines) if opener else blocks.breaks
    return blocks.within((count >= 2) & (blocks.tally(full & lines) * 2 < count) & (blocks.tally(r.cut) * 3 < count))


def _verse(e: Edges, r: Regime, blocks: _Blocks) -> int:
    """Blocks whose every line ends in a mark, where lines of running text meet one by accident only.

    Lines of verse do not all fill the margin too, where the text has one for all of its lines.
    """
    marked = r.adjacent & e.end.rows(_MARKS) & ~r.runs_on
    if not bits.has_whole_run(r.adjacent, marked):
        return 0
    count = blocks.breaks
    every = (blocks.tally(marked) == count) & (count > 1)
    if isinstance(r.of_width, int) or (r.width == r.width[0]).all():
        every &= blocks.tally(marked & ~r.tight) > 0
    full = r.adjacent & r.full
    share = max(0.05, (marked & full).bit_count() / max(1, full.bit_count()))
    return blocks.within(every & (share**count < CHANCE))


def _fenced(table: Lines) -> int:
    """Breaks at and between the fences of Markdown code: lines that begin with three backticks or tildes."""
    code = table.first_code
    fence = ((code == 0x60) | (code == 0x7E)) & (table.stop - table.start >= 3)
    for ahead in (1, 2):
        fence &= table.codes[np.minimum(table.start + ahead, table.stop - 1)] == code
    inside = np.cumsum(fence) % 2 == 1
    return bits.of((inside | fence)[:-1] | fence[1:])


def _parallel(table: Lines, r: Regime, alike: int) -> int:
    """Lines that begin as the line before or behind does, by two characters or eight letters: a series, not prose.

    But not where the one in front is full in mid-sentence. None where there are less than three. ``alike`` are the
    breaks between lines that begin with the same character.
    """
    alike &= ~(r.runs_on & r.tight)
    if alike.bit_count() < 2:
        return 0
    rows = bits.places(alike, len(table))
    rows = rows[_same(table, rows, 1)]
    for ahead in range(2, 8):
        if len(rows) < 2:
            return 0
        latin = m.among(table.first[rows], _CASED)
        if not m.some(latin):
            break
        rows = rows[~latin | _same(table, rows, ahead)]
    if len(rows) < 2:
        return 0
    front = bits.at(rows, len(table))
    return front | front << 1


def _same(table: Lines, rows: Any, ahead: int) -> Any:
    """Whether each of ``rows`` has the same code point at ``ahead`` as the next line; shorter lines end with it."""
    here, behind = (table.codes[np.minimum(table.start[at] + ahead, table.stop[at] - 1)] for at in (rows, rows + 1))
    return here == behind


def _labels(table: Lines) -> int:
    """Lines that begin with a label: a word or two with no mark in them, and a colon or an equals sign."""
    count = sum(map(table.text.count, _COLONS))
    if count < 3:  # those make no form
        return 0
    return bits.at(_few_labels(table, 3) if count <= _FEW else _many_labels(table), len(table))


def _few_labels(table: Lines, fewest: int = 0) -> list[int]:
    """The rows of those lines, colon by colon; none where the ``fewest`` colons are not near a line's beginning."""
    colons, text = _places(table.text), table.text
    if not table.spaced:  # nor indented
        colons = [at for at in colons if at <= LABEL or text.find("\n", at - LABEL - 1, at) >= 0]
    if len(colons) < fewest:
        return []
    kinds, starts, last = table.kinds.tobytes(), table.start.tolist(), -1
    found: list[int] = []
    for colon in sorted(colons):
        row = bisect_right(starts, colon) - 1
        if row > last:  # only the first of its line
            last, start = row, starts[row]
            if 0 < colon - start <= LABEL and not kinds[start:colon].translate(None, _WORDS):
                found.append(row)
    return found


def _places(text: str) -> list[int]:
    found: list[int] = []
    for mark in _COLONS:
        at = text.find(mark)
        while at >= 0:
            found.append(at)
            at = text.find(mark, at + 1)
    return found


def _many_labels(table: Lines) -> Any:
    """The rows of those lines, all colons at once."""
    codes = table.codes
    colons = ((codes == 0x3A) | (codes == 0xFF1A) | (codes == 0x3D)).nonzero()[0]
    rows = table.start.searchsorted(colons, "right") - 1  # not -1: a colon is ink
    length = colons - table.start[rows]
    short = (length > 0) & (length <= LABEL)
    short[1:] &= rows[1:] > rows[:-1]  # only the first of its line
    rows, length = rows[short], length[short]
    places = table.start[rows][:, None] + np.minimum(np.arange(LABEL), length[:, None] - 1)
    return rows[m.among(table.kinds[places], _WORD).reshape(places.shape).all(axis=1)]
