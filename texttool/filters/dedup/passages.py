"""Passages that stand twice: the steps from folded texts to groups of places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import islice, pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from texttool.filters.dedup.adjacent import repeats
from texttool.filters.dedup.chains import Chains, chains, runs
from texttool.filters.dedup.fold import IDEOGRAPHS, Folded
from texttool.filters.dedup.groups import Group, groups, longest_first
from texttool.filters.dedup.lengths import PERIOD, SEED, WORDS
from texttool.filters.dedup.phrases import ASKED, CLAUSE, SLOGAN, Place, is_emphasis, is_paragraph, is_phrase, is_slogan
from texttool.filters.dedup.seeds import links, minimizers, own

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[Any]

_WINDOW = 4  # seeds of which one is kept
_REACH = 3  # earlier occurrences that a seed is linked to
_PART = 8  # characters of the shortest part of a passage in which something was put
# What is this short is a formula if it stands in so many places, or if less of it than this is said there only: two
# clauses of which the longer one is said elsewhere have less than half.
_FORMULA_LENGTH, _FORMULA_PLACES, _OWN = 48, 4, 0.5


class Passage(NamedTuple):
    """A passage and its places: (number of the text, start, end) in code points, the first to be kept.

    ``folded`` are the same places as indices into the folded row, ``identity`` is the part that agrees; ``adjacent``
    says that one of them follows the one before at once.
    """

    spans: tuple[tuple[int, int, int], ...]
    folded: tuple[tuple[int, int], ...]
    identity: float
    adjacent: bool


def passages_of(row: Folded, texts: Sequence[str], least: int, identity: float) -> list[Passage]:
    """Passages of at least ``least`` folded characters of which the part ``identity`` agrees, the longest first.

    ``row`` is the folded ``texts``.
    """
    found = candidates(row, texts, least, identity)
    made = zip(found, _passages(row, found), strict=True)
    kept = (passage for group, passage in made if group.part or _counts(passage, texts, least))
    return list(_saying_more(kept, row.codes.size))


def candidates(row: Folded, texts: Sequence[str], least: int, identity: float) -> list[Group]:
    """Groups of like stretches, whatever they say, the longest first."""
    import numpy as np

    keys = minimizers(row.codes, SEED, _WINDOW)
    linked = runs(row.codes, links(keys, _REACH, PERIOD), SEED)
    found = chains(row.codes, linked, least // 2, identity, partial(_apart, row, texts))
    size = np.maximum(found.a_end - found.a, found.b_end - found.b)
    long = (size >= least) | (found.whole >= least)
    found = found.where(long & (found.agree >= np.maximum(identity * size, _PART)))
    size = np.maximum(found.a_end - found.a, found.b_end - found.b)
    made = groups(found.where((size < least) | _tells(row.codes, found, least)), least)
    near = [Group(((s, s + p), (s + p, e)), 1.0, True) for s, e, p in repeats(row.codes, PERIOD, WORDS, least)]
    return longest_first(_without_formulae(row.codes, keys, made) + near)


def _without_formulae(codes: Array, keys: Array, found: list[Group]) -> list[Group]:
    """The groups that are long, or of which most stands in their own places only and not in many."""
    import numpy as np

    short = [
        not (group.adjacent or group.part) and max(e - s for s, e in group.spans) < _FORMULA_LENGTH for group in found
    ]
    some = [group for group, is_short in zip(found, short, strict=True) if is_short]
    start, end = (np.array([group.spans[0][i] for group in some], np.int64) for i in (0, 1))
    places = np.array([len(group.spans) for group in some], np.int64)
    passage = (own(codes, keys, SEED, _WINDOW, start, end, places) >= _OWN) & (places < _FORMULA_PLACES)
    rest = iter(passage.tolist())
    return [group for group, is_short in zip(found, short, strict=True) if not is_short or next(rest)]


def _tells(codes: Array, found: Chains, least: int) -> Array:
    """Which of the later places tell as much as ``least`` ideographs (a mask): three letters or digits as much as two.

    So 24 ideographs stand for 36 letters, which are seven or eight English words: more than turns of speech have.
    """
    import numpy as np

    size = found.b_end - found.b
    tells = size >= 2 * least
    short = np.flatnonzero(~tells)
    ahead = np.arange(2 * least)
    chars = codes.take(found.b[short, None] + ahead, mode="clip")
    worth = np.where(chars < IDEOGRAPHS, 2, 3) * (ahead < size[short, None])
    tells[short] = worth.sum(axis=1) >= 3 * least
    return tells


def _apart(row: Folded, texts: Sequence[str], start: Array, end: Array, slack: Array) -> Array:
    """Which of some stretches, each in one of two like places only, are paragraphs of their own (a mask).

    A stretch may stand up to ``slack`` characters later (earlier if that is negative).
    """
    import numpy as np

    rows = zip(start.tolist(), end.tolist(), slack.tolist(), strict=True)
    apart = (
        any(_is_paragraph(row, texts, s + by, e + by) for by in range(min(more, 0), max(more, 0) + 1))
        for s, e, more in rows
    )
    return np.fromiter(apart, bool, start.size)


def _is_paragraph(row: Folded, texts: Sequence[str], start: int, end: int) -> bool:
    if start < 1 or not row.codes[start - 1 : end].all():
        return False
    number, head, tail = row.span(start, end)
    text = texts[number]
    return is_paragraph(
        text[int(row.at[start - 1]) + 1 : head], text[tail : int(row.at[end]) if row.codes[end] else len(text)]
    )


def _passages(row: Folded, found: Sequence[Group]) -> Iterator[Passage]:
    """The groups as passages."""
    import numpy as np

    start, end = (np.array([span[side] for group in found for span in group.spans], np.int64) for side in (0, 1))
    places = zip(*(column.tolist() for column in row.spans(start, end)), strict=True)
    for group in found:
        adjacent = group.adjacent or any(x[1] == y[0] for x, y in pairwise(group.spans))
        spans = tuple(islice(places, len(group.spans)))
        yield Passage(spans, group.spans, group.identity, adjacent)


def _counts(passage: Passage, texts: Sequence[str], least: int) -> bool:
    """Whether it is a passage: neither a phrase inside sentences nor emphasis."""
    length = max(end - start for start, end in passage.folded)
    where: list[Place] = [(texts[number], start, end) for number, start, end in passage.spans[:ASKED]]
    if passage.adjacent:
        return length >= least or not is_emphasis(where[0], where[1], length)
    return not (length < SLOGAN and is_slogan(where)) and (length >= CLAUSE or not is_phrase(where))


def _saying_more(found: Iterable[Passage], size: int) -> Iterator[Passage]:
    """Those passages, the longest first, that do not stand in copies of longer ones only."""
    seen = bytearray(size)
    for passage in found:
        later = passage.folded[1:]
        if any(5 * seen.count(1, start, end) < 4 * (end - start) for start, end in later):
            yield passage
            for start, end in later:
                seen[start:end] = b"\1" * (end - start)
