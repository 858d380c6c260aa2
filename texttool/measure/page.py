"""The page that a text was set on, as ``unwrap`` measures it: its layout, and how wide its column is along the page."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from texttool.filters.unwrap.settle import Settled, settle

PAGE_CUT = "sentence goes on behind a page cut"


class Page(NamedTuple):
    """Lines with ink, and what is known of the breaks between them. Widths are columns: an ideograph takes two.

    ``width`` is the column's width at each break, ``numbers`` the line in front of it (from 1); ``wide`` says that the
    text is set in ideographs, so that half of a width is a number of characters. ``cuts`` are page cuts in
    mid-sentence.
    """

    lines: int
    joined: int
    cuts: int
    wrapped: bool
    layout: str
    wide: bool
    width: tuple[int, ...]
    numbers: tuple[int, ...]

    @property
    def share(self) -> float:
        """The share of the breaks between lines that are wraps."""
        return self.joined / (self.lines - 1) if self.lines > 1 else 0.0

    def profile(self, points: int) -> list[int]:
        """The width along the page at so many points: the median of each stretch of lines; fewer where lines lack."""
        parts = np.array_split(np.array(self.width), min(points, len(self.width))) if self.width else []
        return [int(np.median(part)) for part in parts]

    def characters(self, columns: float) -> float:
        """A width in characters of the text."""
        return columns / 2 if self.wide else columns

    def ends(self) -> tuple[int, int]:
        """The width at the beginning and at the end of the page, in characters: medians of a tenth of the lines."""
        along = self.profile(10)
        return (round(self.characters(along[0])), round(self.characters(along[-1]))) if along else (0, 0)


def page_of(text: str) -> Page:
    """The page of a text (all of it is looked at: for a large one give its beginning)."""
    settled = settle(text)
    return of(settled) if settled else Page(int(bool(text.strip())), 0, 0, False, "none", True, (), ())


def of(settled: Settled) -> Page:
    """The page that the verdicts on the breaks of a text were made on."""
    from texttool.filters.unwrap.boundaries import EVIDENCE

    regime, table = settled.first.regime, settled.table
    across = next(i for i, evidence in enumerate(EVIDENCE) if evidence.name == PAGE_CUT)
    return Page(
        len(table),
        settled.join.bit_count(),
        (settled.join & settled.decided.get(across, 0)).bit_count(),
        bool(regime.wrapped),
        _layout(regime.wrapped, regime.indent, regime.blank, regime.double),
        _is_wide(table.scripts),
        tuple(regime.width.tolist()),
        tuple((table.number[:-1] + 1).tolist()),
    )


def _layout(wrapped: bool, indent: bool, blank: bool, double: bool) -> str:
    """What parts paragraphs, in the words of ``--layout``."""
    if not wrapped:
        return "none"
    if double:
        return "double"
    told = [name for name, holds in (("indent", indent), ("blank", blank)) if holds]
    return " and ".join(told) or "line"


def _is_wide(scripts: list[int]) -> bool:
    from texttool.filters.unwrap import charclass as m

    east = sum(scripts[m.HAN : m.HANGUL + 1])
    return east * 4 >= scripts[m.LOWER] + scripts[m.UPPER]
