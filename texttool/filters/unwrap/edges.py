"""What stands on both sides of each line break."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache
from typing import Any

from texttool.filters.unwrap import charclass as m
from texttool.filters.unwrap.linetable import Lines

WIDE = (m.HAN, m.KANA)
EAST = (m.HAN, m.KANA, m.HANGUL)
LETTERS = (*EAST, m.LOWER, m.UPPER, m.DIGIT)
# Marks that belong to the word before them: they cannot begin a line where kinsoku is kept.
TRAILING = (m.STOP, m.COMMA, m.COLON, m.CLOSE)
# A longer token is an address or a rule across the page; it is cut where the line ends.
TOKEN_CHARS = 30
# Closing marks that may stand behind the mark that ends a sentence, with the spaces an OCR leaves among them.
_CLOSERS = 4


@dataclass(slots=True)
class Edges:
    """Row ``i`` is the break between lines ``i`` and ``i + 1`` of the table."""

    end: Any  # class of the last ink in front, closing marks skipped
    closed: Any  # whether closing marks were skipped
    last: Any  # class of the very last ink
    first: Any  # class of the first ink behind
    head: Any  # columns of what could not be parted from the first ink behind
    letters: Any  # and in code points
    space: Any  # columns that a space between words would take in front of it: 1 or 0
    gap: Any  # blank lines between

    def before(self, count: int) -> Edges:
        """The edges of the first ``count`` breaks."""
        return Edges(*(getattr(self, field.name)[:count] for field in fields(self)))


def edges(table: Lines) -> Edges:
    """The edges of all breaks of ``table``."""
    end, closed = _ender(table)
    first, last = table.first(), table.last()
    spaced = ~m.among(last[:-1], WIDE) & ~m.among(first[1:], WIDE)
    spaced &= ~_full_width(table.codes[table.stop - 1])[:-1] & ~_full_width(table.codes[table.start])[1:]
    head, letters = _head(table)
    return Edges(end[:-1], closed[:-1], last[:-1], first[1:], head[1:], letters[1:], spaced.astype("int32"),
                 table.gap[:-1])  # fmt: skip


def _full_width(codes: Any) -> Any:
    """Whether each code point is a mark of East Asian text that carries its own room: CJK and full-width forms."""
    return ((codes >= 0x3000) & (codes < 0x3100)) | ((codes >= 0xFE30) & (codes < 0xFF61))


def _ender(table: Lines) -> tuple[Any, Any]:
    """The class of each line's last ink with closing marks, quotes and spaces among them stepped over."""
    import numpy as np

    at = table.stop - 1
    rows = np.arange(len(table))
    for _ in range(_CLOSERS):
        skipped = m.among(table.kinds[at[rows]], (m.CLOSE, m.QUOTE, m.SPACE)) & (at[rows] > table.start[rows])
        rows = rows[skipped]
        if not len(rows):
            break
        at[rows] -= 1
    return table.kinds[at], at != table.stop - 1


def _head(table: Lines) -> tuple[Any, Any]:
    """Columns and code points of each line's first token: an ideograph or a word, and the marks around it."""
    import numpy as np

    width = np.zeros(len(table), np.int32)
    at = table.start.copy()
    table_of_bonds = _bonds()
    previous = np.full(len(table), m.OPEN, np.uint8)
    rows = np.arange(len(table))
    for _ in range(TOKEN_CHARS):
        kind = table.kinds[at[rows]]
        bound = table_of_bonds[previous[rows], kind]
        rows, kind = rows[bound], kind[bound]
        width[rows] += m.widths(table.codes[at[rows]], True)
        previous[rows] = kind
        at[rows] += 1
        rows = rows[at[rows] < table.stop[rows]]
        if not len(rows):
            break
    return width, at - table.start


@cache
def _bonds() -> Any:
    """``bool[16, 16]``: whether a character of the second class stays on the line of one of the first."""
    import numpy as np

    bound = np.ones((16, 16), bool)
    bound[:, m.SPACE] = False
    bound[:, WIDE] = False
    bound[:, m.OPEN] = False
    bound[m.OPEN, :] = True
    bound[m.OPEN, m.SPACE] = False
    for wide in WIDE:
        bound[wide, :] = False
        bound[wide, TRAILING] = True
    return bound
