"""What stands at a join: nothing, a space, or nothing in place of a hyphen."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from texttool.filters.unwrap import charclass as m
from texttool.filters.unwrap.edges import EAST, LETTERS, WIDE, Edges
from texttool.filters.unwrap.fit import Fit
from texttool.filters.unwrap.linetable import Lines
from texttool.filters.unwrap.wordcuts import cut_anywhere, stood, words_of

NOTHING, SPACE, DEHYPHEN = range(3)
_CASED = (m.LOWER, m.UPPER)
_LATIN = (*_CASED, m.DIGIT)
_WORDS = (*_CASED, m.HANGUL)
_SIGNS = (m.OTHER, m.HYPHEN, m.QUOTE)  # of code, paths, options: they belong to the word beside them
_WORD = re.compile(r"[^\W\d_]+(?:[-‐][^\W\d_]+)*")


def glue(text: str, table: Lines, e: Edges, f: Fit, join: Any) -> Any:
    """``uint8`` a break: the glue of those that ``join`` undoes."""
    import numpy as np

    space = _spaced(table, e)
    out = np.where(space, SPACE, NOTHING).astype(np.uint8)
    second = table.last(1)[:-1]
    hyphen = join & (e.last == m.HYPHEN) & m.among(second, _CASED) & m.among(e.first, _CASED)
    if hyphen.any():
        machine = hyphen.sum() * 50 >= join.sum()
        words = Counter(word.lower() for word in _WORD.findall(text))
        for row in np.flatnonzero(hyphen).tolist():
            out[row] = _hyphen(text, int(table.stop[row]), int(table.start[row + 1]), words, bool(machine))
    cut = _cut_words(table, e, f, join & space)
    if len(cut):
        known = words_of(text)
        for row in cut.tolist():
            out[row] = SPACE if stood(text, int(table.stop[row]), int(table.start[row + 1]), known) else NOTHING
    return out


def _spaced(table: Lines, e: Edges) -> Any:
    """Whether a space belongs to each break, by the characters on both sides and the text's habit."""
    before, behind = _side(table, table.stop - 1, -1)[:-1], _side(table, table.start, 1)[1:]
    last, second = table.codes[table.stop - 1][:-1], table.last(1)[:-1]
    space = ~m.among(before, WIDE) & ~m.among(behind, WIDE) & (e.space > 0)
    mark = (last < 0x80) & m.among(e.last, (m.COMMA, m.STOP, m.COLON, m.CLOSE)) & m.among(e.first, LETTERS)
    if mark.any() and _spaces_marks(table):
        space |= mark & ~(m.among(second, WIDE) & m.among(e.first, WIDE))
    first = table.codes[table.start][1:]
    latin_last = m.among(e.last, _LATIN) | ((last < 0x80) & m.among(e.last, _SIGNS) & m.among(before, _LATIN))
    latin_first = m.among(e.first, _LATIN) | ((first < 0x80) & m.among(e.first, _SIGNS) & m.among(behind, _LATIN))
    mixed = (m.among(e.last, WIDE) & latin_first) | (latin_last & m.among(e.first, WIDE))
    if mixed.any() and _spaces_scripts(table):
        space |= mixed
    space &= ~m.among(e.first, (m.CLOSE, m.COMMA, m.STOP, m.COLON)) & (e.last != m.OPEN)
    space &= ~((e.last == m.DIGIT) & (e.first == m.DIGIT) & _is_east(table))
    space &= ~((last == ord(".")) & (second == m.DIGIT) & (e.first == m.DIGIT))
    return space & ~((last == ord("/")) & m.among(e.first, LETTERS))


def _cut_words(table: Lines, e: Edges, f: Fit, join: Any) -> Any:
    """The joins that may be within a word: between letters of scripts with spaces, in lines cut at any character."""
    import numpy as np

    out = []
    korean = (e.last == m.HANGUL) | (e.first == m.HANGUL)
    latin = (e.last == m.LOWER) & (e.first == m.LOWER) & _is_east(table)
    for script in (korean & m.among(e.last, _WORDS) & m.among(e.first, _WORDS), latin):
        rows = np.flatnonzero(join & script)
        if cut_anywhere(f, rows):
            out.append(rows)
    return np.sort(np.concatenate(out)) if out else np.zeros(0, np.int64)


def _spaces_marks(table: Lines) -> bool:
    """Whether this text puts a space behind half-width marks more often than not."""
    mark = m.among(table.kinds[:-1], (m.COMMA, m.STOP, m.COLON, m.CLOSE)) & (table.codes[:-1] < 0x80)
    behind = table.kinds[1:]
    return bool((mark & (table.codes[1:] == 0x20)).sum() > (mark & m.among(behind, (*EAST, m.LOWER, m.UPPER))).sum())


def _side(table: Lines, at: Any, step: int) -> Any:
    """The class of each line's first or last ink, marks skipped: the script that the line's edge is written in."""
    import numpy as np

    at = at.copy()
    rows = np.arange(len(table))
    for _ in range(3):
        kind = table.kinds[at[rows]]
        skip = ~m.among(kind, (*EAST, m.LOWER, m.UPPER, m.DIGIT, m.SPACE))
        rows = rows[skip & (at[rows] + step >= table.start[rows]) & (at[rows] + step < table.stop[rows])]
        if not len(rows):
            break
        at[rows] += step
    return table.kinds[at]


def _is_east(table: Lines) -> bool:
    """Whether the text is in ideographs or kana for a fifth or more: there, programs cut lines at any character."""
    import numpy as np

    counts = np.bincount(table.kinds[:: max(1, len(table.kinds) >> 16)], minlength=16)
    return bool(counts[list(WIDE)].sum() * 4 >= counts[m.LOWER] + counts[m.UPPER])


def _spaces_scripts(table: Lines) -> bool:
    """Whether this text puts a space between an ideograph and a Latin letter more often than not."""
    kinds = table.kinds
    wide = (kinds == m.HAN) | (kinds == m.KANA)
    latin = (kinds == m.LOWER) | (kinds == m.UPPER)
    spaces = ((wide[:-2] & latin[2:]) | (latin[:-2] & wide[2:])) & (kinds[1:-1] == m.SPACE)
    direct = (wide[:-1] & latin[1:]) | (latin[:-1] & wide[1:])
    newline = table.codes[1:-1] == 10
    return bool((spaces & ~newline).sum() > direct.sum())


def _hyphen(text: str, stop: int, start: int, words: Counter[str], machine: bool) -> int:
    """Whether the hyphen in front of a break goes: by the document's own words, else by its habit."""
    left = re.search(r"[^\W\d_]*$", text[max(0, stop - 41) : stop - 1])
    right = re.match(r"[^\W\d_]*", text[start : start + 40])
    a, b = (left[0] if left else "").lower(), (right[0] if right else "").lower()
    whole, parted = words[a + b], words[f"{a}-{b}"]
    if whole != parted:
        return DEHYPHEN if whole > parted else NOTHING
    if text[start].isupper():
        return NOTHING
    return DEHYPHEN if machine else NOTHING
