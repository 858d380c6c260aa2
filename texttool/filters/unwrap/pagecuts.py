"""Sentences that a page cut parted: blank lines stand between, yet the sentence goes on behind them."""

from __future__ import annotations

import re
from typing import Any

import numpy as np

from texttool.filters.unwrap import bits
from texttool.filters.unwrap import charclass as m
from texttool.filters.unwrap.edges import LETTERS, WIDE, Edges
from texttool.filters.unwrap.linetable import Lines, sums
from texttool.filters.unwrap.ngrams import spelled
from texttool.filters.unwrap.regime import Regime, is_first

_SENTENCE = re.compile(r"[。！？]|[.!?]\s")
# A paragraph seldom opens with a share or a decimal: it is the number of the sentence before.
_QUANTITY = re.compile(r"\d{1,9}(?:\.\d{1,9})?[%％‰]|\d{1,9}\.\d{1,9}[万亿]")
_PAIRS = {"”": "“", "」": "「", "』": "『", "》": "《", "）": "（"}
_MARK = re.compile("[“”「」『』《》（）]")
_BOTH_WIDE = m.pairs((WIDE, WIDE))
# No paragraph opens with a small letter where the line in front had no room for the word.
_FLOWS = m.pairs(((m.LOWER, m.COMMA), (m.LOWER,)))
_GOES_ON = m.kinds(*LETTERS, m.QUOTE, m.COLON)  # what full lines run on with; a bullet or a dash opens something
_BOUND = m.kinds(m.CLOSE, m.COMMA, m.STOP)  # marks that cannot begin a paragraph
_UNENDED = m.kinds(m.HAN, m.KANA, m.COMMA, m.LOWER, m.DIGIT, m.HANGUL, m.OPEN)
_ENUMERATION = 0x3001  # 、 parts the words of a list, in headings too
_LOOK = 2000  # code points of the next block that are searched for a mark that closes the sentence before


def page_cuts(text: str, table: Lines, e: Edges, r: Regime, opener: int, joined: int) -> int:
    """The breaks where blank lines stand, and the sentence goes on.

    ``opener`` are the lines that open something. ``joined`` are the breaks undone so far: they tell how long the
    paragraph in front is.
    """
    apart = r.every & ~r.adjacent & ~(opener >> 1)
    if r.indent:
        apart &= ~r.indented
    if not apart:
        return 0
    flows = apart & r.tight
    flows = flows and flows & e.pair.rows(_FLOWS)
    if flows and not table.flush:
        flows &= bits.of(table.left[1:] <= table.left[:-1])
    out = apart & (e.first.rows(_BOUND) | flows)
    doubt = apart & e.end.rows(_UNENDED) & ~out
    if not doubt:
        return out
    return out | _told(text, table, e, r, opener, joined, bits.places(doubt, len(e)))


def _told(text: str, table: Lines, e: Edges, r: Regime, opener: int, joined: int, rows: Any) -> int:
    """Those of ``rows`` where the paragraph in front and what stands behind tell that the sentence goes on."""
    first = _first_rows(bits.flags(joined, len(e)))[rows]
    heading = bits.flags(opener, len(table))[first] & (first == rows)
    tight = bits.flags(r.tight, len(e))
    found = []
    item = rows[heading & tight[rows] & m.among(e.pair.values[rows], _BOTH_WIDE)]
    if len(item):  # a clause that fills its line: only the text's own words tell that it goes on
        found.append(item[spelled(table, item)])
    rows = rows[_is_body(text, table, r, first, rows, heading, tight)]
    if len(rows):
        found.append(rows[_goes_on(text, table, e, r, rows, tight)])
    return bits.at(np.concatenate(found), len(e)) if found else 0


def _first_rows(joined: Any) -> Any:
    """The first row of the run of ``joined`` lines that the row in front of each break stands in."""
    first = np.arange(len(joined))
    first[1:][joined[:-1]] = 0
    return np.maximum.accumulate(first)


def _is_body(text: str, table: Lines, r: Regime, first: Any, rows: Any, heading: Any, tight: Any) -> Any:
    """Whether the paragraphs in front are running text.

    A heading ends without a stop too, but is short: one sentence, or two lines of one, and no comma in a full line.
    """
    body = (rows - first >= 2) | (tight[rows] & _has_comma(table, rows))
    if r.indent:
        body |= is_first(table.left[first], r.base)
    spans = zip((body & ~heading).tolist(), table.start[first].tolist(), table.stop[rows].tolist(), strict=True)
    return np.array([known or bool(_SENTENCE.search(text, start, stop)) for known, start, stop in spans], bool)


def _has_comma(table: Lines, rows: Any) -> Any:
    """Whether the lines in front hold a comma: headings seldom do."""
    comma = table.kinds == m.COMMA
    comma &= table.codes != _ENUMERATION
    return sums(comma, table.start[rows], table.stop[rows]) > 0


def _goes_on(text: str, table: Lines, e: Edges, r: Regime, rows: Any, tight: Any) -> Any:
    """Whether the sentence goes on behind each of ``rows``, by any of four witnesses.

    The line in front is full; a number or a closing mark behind belongs to it; the text writes the same elsewhere.
    """
    at = table.start[rows + 1].tolist()
    closed = bits.flags(e.closed, len(e))[rows]
    full = tight[rows] & ~closed & m.among(e.first.values[rows], _GOES_ON) & (r.tolerance == 0)
    number = np.array([bool(_QUANTITY.match(text, start)) for start in at], bool)
    closes = np.array([_closes(text, start) for start in at], bool)
    known = full | number | closes
    doubt = (m.among(e.pair.values[rows], _BOTH_WIDE) & ~known).nonzero()[0]
    if len(doubt):
        known[doubt] = spelled(table, rows[doubt])
    return known


def _closes(text: str, at: int) -> bool:
    """Whether the block at ``at`` closes a quote or bracket that it never opened."""
    end = text.find("\n\n", at, at + _LOOK)
    block = text[at : end if end >= 0 else at + _LOOK]
    depth = dict.fromkeys(_PAIRS.values(), 0)
    for found in _MARK.finditer(block):
        mark = found[0]
        if mark in depth:
            depth[mark] += 1
        elif depth[_PAIRS[mark]]:
            depth[_PAIRS[mark]] -= 1
        else:
            return True
    return False
