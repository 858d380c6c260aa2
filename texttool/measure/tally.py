"""The figures of texts, which add up: of pieces of a text, of texts, of what several processes counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np

from texttool.filters.unwrap import charclass as m
from texttool.filters.unwrap.bits import flags
from texttool.filters.unwrap.linetable import Lines, code_points, measure
from texttool.filters.unwrap.settle import settle
from texttool.measure import characters, repeats

# How much of a text its layout is told from; how much is counted at once (code points), which bounds the memory.
HEAD, PIECE = 1 << 16, 1 << 18
_BANDS = (10, 20, 30, 40, 60, 80, 120, 200, 500)  # columns: line widths are counted in these steps


class Tally:
    """Counts by name, and a sketch of the paragraphs that were met."""

    __slots__ = ("counts", "sketch")

    def __init__(self) -> None:
        self.counts = Counter[str]()
        self.sketch = repeats.Sketch()

    def update(self, other: Tally) -> None:
        """Adds the figures of other texts."""
        self.counts.update(other.counts)
        self.sketch.update(other.sketch)

    def group(self, name: str) -> dict[str, int]:
        """The counts whose names begin with ``name`` and a space, by the rest of their names."""
        return {key[len(name) + 1 :]: count for key, count in self.counts.items() if key.startswith(f"{name} ")}

    def shares(self) -> dict[str, float]:
        """The measures of ``rules/tables/quality.toml``; those of which there is nothing to measure are left out."""
        count, ink = self.counts, self.counts["ink"]
        marks = sum(count[f"kind {name}"] for name in (characters.HALF, characters.FULL, "other marks"))
        seen, (again, kept) = count["paragraphs seen"], self.sketch.repeated()
        ratios = {
            "han": (count["kind han"], ink),
            "punctuation": (marks, ink),
            "repeated_ngrams": (count["grams repeated"], count["grams"]),
            "repeated_paragraphs": (again, kept),
            "mean_paragraph": (ink, count["paragraphs"]),
            "ended_paragraphs": (count["paragraphs ended"], seen),
            "ellipsis_paragraphs": (count["paragraphs ellipsis"], seen),
            "bullet_paragraphs": (count["paragraphs bullet"], seen),
        }
        return {name: part / whole for name, (part, whole) in ratios.items() if whole}


def tally(text: str) -> Tally:
    """The figures of one text."""
    return of_pieces(pieces(text))


def of_pieces(parts: Iterable[str]) -> Tally:
    """The figures of one text that comes in pieces, best of whole lines and of about ``PIECE`` code points."""
    made = Tally()
    made.counts["texts"] += 1
    wrapped = None
    for piece in parts:
        wrapped = add_piece(made, piece, wrapped)
    return made


def pieces(text: str) -> Iterator[str]:
    """The text in pieces of about ``PIECE`` code points, each up to the end of a line where one is near."""
    base = 0
    while base < len(text):
        end = text.find("\n", base + PIECE, base + 2 * PIECE) + 1 or base + PIECE
        yield text[base:end]
        base = end


def add_piece(made: Tally, piece: str, wrapped: float | None) -> float:
    """Adds a piece of a text, best of whole lines; gives the share of its line breaks that are wraps.

    That share is told from the first piece (None), whose ``HEAD`` is looked at; the next ones are handed it.
    """
    codes = code_points(piece)
    found = characters.classes(codes)
    made.counts.update({f"kind {name}": count for name, count in characters.counted(found).items()})
    made.counts.update(characters.marks(codes, found))
    ink = found != characters.kinds().index("space")
    made.counts.update(characters=len(piece), ink=m.count(ink))
    table = measure(piece, codes)
    join = None
    if wrapped is None:
        join, wrapped = _joins(piece)
        if wrapped and len(piece) > HEAD:
            join = None
    _lines(made, table)
    _paragraphs(made, table, codes, ink, join, wrapped)
    return wrapped


def _joins(piece: str) -> tuple[Any, float]:
    """Which breaks are wraps, as far as the head goes, and what share of them."""
    settled = settle(piece[:HEAD])
    if settled is None or not settled.join:
        return None, 0.0
    breaks = len(settled.table) - 1
    return flags(settled.join, breaks), settled.join.bit_count() / breaks


def _lines(made: Tally, table: Lines) -> None:
    made.counts.update({"lines": len(table), "lines blank": len(table.raw_begin) - len(table)})
    bands = np.bincount(np.searchsorted(_BANDS, table.right, "left"), minlength=len(_BANDS) + 1).tolist()
    made.counts.update({f"width {name}": count for name, count in zip(bands_of(), bands, strict=True) if count})


def bands_of() -> tuple[str, ...]:
    """The names of the bands that line widths are counted in: columns, from and to."""
    return (*(f"{low + 1}-{high}" for low, high in zip((0, *_BANDS), _BANDS, strict=False)), f"{_BANDS[-1] + 1}-")


def _paragraphs(made: Tally, table: Lines, codes: Any, ink: Any, join: Any, wrapped: float) -> None:
    """Paragraphs by what their lines begin and end with; and what is said again.

    Where the wraps are known only for the head of a piece, paragraphs are counted by its share of them, and what lines
    end with is not.
    """
    made_of = repeats.hashed(codes[ink])
    total, again = repeats.grams(made_of)
    made.counts.update({"grams": total, "grams repeated": again})
    if not len(table):
        return
    if join is None and wrapped:
        made.counts["paragraphs"] += max(1, round(len(table) * (1 - wrapped)))
        return
    first, last = np.ones(len(table), bool), np.ones(len(table), bool)
    if join is not None:
        first[1:], last[:-1] = ~join, ~join
    made.counts.update({"paragraphs": m.count(first), "paragraphs seen": m.count(first)})
    made.counts.update({f"paragraphs {name}": count for name, count in _edges(table, codes, first, last).items()})
    blank = np.flatnonzero(~ink)
    start, stop = (at - blank.searchsorted(at) for at in (table.start[first], table.stop[last]))
    made.sketch.add(made_of, start, stop)


def _edges(table: Lines, codes: Any, first: Any, last: Any) -> dict[str, int]:
    """How many paragraphs end a sentence, end in an ellipsis, begin with a bullet."""
    at = table.stop[last] - 1
    kinds = table.kinds
    closed = m.among(kinds[at], m.kinds(m.CLOSE, m.QUOTE)) & (kinds[np.maximum(at, 1) - 1] == m.STOP)
    return {
        "ended": m.count((kinds[at] == m.STOP) | closed),
        "ellipsis": m.count((codes[at] == ord("…")) | ((codes[at] == ord(".")) & (codes[np.maximum(at, 1) - 1] == 46))),
        "bullet": m.count(table.first[first] == m.BULLET),
    }
