"""Texts made comparable: white space and marks dropped, width, case, accents and Chinese script folded by character."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from texttool.codepoints import narrowest
from texttool.filters.dedup.policy import markers
from texttool.rulebook import rules_dir

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[Any]

# Text is folded in pieces of this many characters, whose columns stay in the processor's cache.
_PIECE = 1 << 16
_LAST = 0x323AF  # the last code point of the tables: the end of CJK Extension H


# The first code point of the scripts in which a character is a syllable or a word: below it are alphabets and digits.
IDEOGRAPHS = 0x2E80


class Folded(NamedTuple):
    """Texts as one row of folded characters, each text with a 0 before it and one behind the last.

    ``codes`` are folded code points, 0 between texts and where a marker stands that `--mark` left (uint16, or uint32
    where a text leaves the Basic Multilingual Plane); ``at`` is the offset of each in its own text (code points);
    ``first`` the index in ``codes`` of the 0 before each text, and of the one behind the last.
    """

    codes: Array
    at: Array
    first: Array

    def span(self, start: int, end: int) -> tuple[int, int, int]:
        """Which text the folded characters ``start`` to ``end`` stand in, and where (code points)."""
        text = int(self.first.searchsorted(start, "right")) - 1
        return text, int(self.at[start]), int(self.at[end - 1]) + 1

    def spans(self, start: Array, end: Array) -> tuple[Array, Array, Array]:
        """The same of many."""
        return self.first.searchsorted(start, "right") - 1, self.at[start], self.at[end - 1] + 1


def fold(texts: Iterable[str]) -> Folded:
    """Folds texts into one row. Two characters are equal under folding where their codes are."""
    import numpy as np

    texts = list(texts)
    size = sum(map(len, texts)) + len(texts) + 1
    codes, at = np.empty(size, np.uint16), np.empty(size, np.int32)
    first, n = np.empty(len(texts) + 1, np.int64), 0
    for number, text in enumerate(texts):
        first[number], codes[n], at[n] = n, 0, 0
        n += 1
        for base, end in _pieces(text):
            if base == end:  # a marker
                codes[n], at[n] = 0, base
                n += 1
                continue
            piece = _folded(text[base:end])
            if piece.dtype != np.uint16 and codes.dtype == np.uint16:
                codes = codes.astype(np.uint32)
            kept = np.flatnonzero(piece)
            codes[n : n + kept.size] = piece[kept]
            np.add(kept, base, out=at[n : n + kept.size], casting="unsafe")
            n += kept.size
    first[-1], codes[n], at[n] = n, 0, 0
    return Folded(codes[: n + 1], at[: n + 1], first)


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """Pieces of a text (code points), with an empty one in place of each marker."""
    start = 0
    for low, high in (*markers(text), (len(text), -1)):
        for base in range(start, low, _PIECE):
            yield base, min(base + _PIECE, low)
        if high >= 0:
            yield low, low
        start = high


def folded_row(texts: Sequence[str]) -> tuple[Array, list[int]]:
    """The folded characters of texts that are compared, markers too, as code points: what ``folded_text`` gives.

    All of them in a row; and where in it those of each text begin, and where the last ends.
    """
    import numpy as np

    codes = _folded("".join(texts))
    kept = codes.astype(bool)
    begins = list(accumulate(map(len, texts), initial=0))
    counts = [int(np.count_nonzero(kept[start:end])) for start, end in pairwise(begins)]
    return codes.compress(kept), list(accumulate(counts, initial=0))


def _folded(piece: str) -> Array:
    """The folded code of each character, 0 for those that are not compared."""
    import numpy as np

    codes = narrowest(piece)
    narrow, wide = _tables()
    return narrow.take(codes) if codes.dtype == np.uint16 else wide.take(np.minimum(codes, _LAST + 1))


@lru_cache(maxsize=1)
def _tables() -> tuple[Array, Array]:
    """Code point to folded code: for the Basic Multilingual Plane (uint16), and for all (uint32)."""
    import numpy as np

    table = np.zeros(_LAST + 2, np.uint32)
    for line in _lines("fold-kept.tsv"):
        start, end = (int(code, 16) for code in line.split("\t"))
        table[start : end + 1] = np.arange(start, end + 1)
    # A line is a character, a tab, a character and the newline.
    pairs = np.frombuffer("\n".join([*_lines("fold.tsv"), ""]).encode("utf-32-le"), np.uint32).reshape(-1, 4)
    table[pairs[:, 0]] = pairs[:, 2]
    return table[:0x10000].astype(np.uint16), table


def folded_text(text: str) -> str:
    """A text as ``fold`` sees it, without numpy: for short texts."""
    return text.translate(_translation())


class _Translation(dict[int, str]):
    """Folded characters, made as they are asked for."""

    def __missing__(self, code: int) -> str:
        put = _pairs().get(chr(code), chr(code)) if _kept(code) else ""
        self[code] = put
        return put


@lru_cache(maxsize=1)
def _translation() -> _Translation:
    return _Translation()


@lru_cache(maxsize=1)
def _pairs() -> dict[str, str]:
    lines = "\n".join(_lines("fold.tsv"))  # a character, a tab, a character and the newline
    return dict(zip(lines[::4], lines[2::4], strict=True))


def _kept(code: int) -> bool:
    from bisect import bisect_right

    i = bisect_right(_ranges(), (code, _LAST + 1)) - 1
    return i >= 0 and code <= _ranges()[i][1]


@lru_cache(maxsize=1)
def _ranges() -> list[tuple[int, int]]:
    return [(int(a, 16), int(b, 16)) for a, b in (line.split("\t") for line in _lines("fold-kept.tsv"))]


def _lines(name: str) -> list[str]:
    text = (rules_dir() / "tables" / name).read_text(encoding="utf-8")
    return [line for line in text.split("\n")[1:] if line]
