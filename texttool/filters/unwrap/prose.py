"""Whether a text has sentences: lists of names, forms and verse fill their lines evenly too, but have few or none."""

from __future__ import annotations

import numpy as np

from texttool.filters.unwrap import charclass as m
from texttool.filters.unwrap.edges import FULL_WIDTH, LETTERS, Edges
from texttool.filters.unwrap.linetable import Lines

_WORD, _NO_WORD = m.kinds(m.LOWER, m.UPPER, m.DIGIT), m.kinds(m.DIGIT, m.SPACE, m.STOP)
_LETTERS, _MARKS = m.kinds(*LETTERS), m.kinds(m.STOP, m.COMMA)


def is_running_text(table: Lines, e: Edges) -> bool:
    """Whether the text is punctuated as prose: often enough, by stops too, and not at its line ends alone."""
    stops, commas, blank = table.count(m.STOP), table.count(m.COMMA), table.count(m.SPACE)
    return (
        stops > 0
        # A stop or a comma in two hundred characters at the least. Prose has one in ten to fifty.
        and (stops + commas) * 200 >= len(table.kinds) - blank
        and _has_sentence(table, e)
        and _has_inner_mark(table, e, stops + commas)
    )


def _has_sentence(table: Lines, e: Edges) -> bool:
    """Whether any sentence ends: at a line's end, or else inside a line, and not as one dot among those of names.

    Where none does, none can run on. A stop behind a number makes an item of a list, and one with no word in front is
    an ellipsis. Dots inside words make names of files and of code; where they are more than two for each sentence, as
    an address has them, they are what the text is made of.
    """
    if e.stop:
        return True
    at = np.flatnonzero(table.kinds[1:] == m.STOP) + 1
    front, behind = table.kinds[at - 1], table.kinds[np.minimum(at + 1, len(table.kinds) - 1)]
    wide = table.codes[at] >= FULL_WIDTH
    inside = ~wide & m.among(behind, _WORD)
    ends = wide | ~inside & ~m.among(front, _NO_WORD)
    return 0 < m.count(ends) >= (m.count(inside & m.among(front, _LETTERS) & (front != m.DIGIT)) + 1) // 2


def _has_inner_mark(table: Lines, e: Edges, marks: int) -> bool:
    """Whether any of the stops and commas stands inside a line: in verse a mark ends its line.

    Only of texts in ideographs or kana, whose clauses are shorter than a few lines of a column: a sentence in
    another script may well fill a short paragraph without a comma.
    """
    east = table.scripts[m.HAN] + table.scripts[m.KANA]
    if east * 2 <= sum(table.scripts[m.HAN : m.UPPER + 1]):
        return True
    return marks > e.end.rows(_MARKS).bit_count() + (int(table.last[-1]) in (m.STOP, m.COMMA))
