"""Whether anything can stand twice in a small text: told without numpy, which takes longer to load than to use.

What is asked here is what the search needs at the least, so that it finds nothing where the answer is no: a seed that
recurs, grown into runs of equal characters, of which enough continue one another.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from texttool.filters.dedup.lengths import (
    AHEAD,
    DRIFT,
    EDITS,
    ENOUGH,
    JITTER,
    NOISE,
    OUTWEIGH,
    OVERLAP,
    PERIOD,
    SEED,
    WORDS,
)

_MANY = 500  # pairs of seeds, from which on the search itself takes no longer
_IDEOGRAPHS = "\u2e80"  # the first of the scripts in which a character is a syllable or a word
_AT_ONCE = re.compile(rf"(?s)(.{{{WORDS}}})\1")


class _Run(NamedTuple):
    """Equal characters from ``start`` to ``end``, and the same ``shift`` before."""

    shift: int
    start: int
    end: int


def may_repeat(folded: str, least: int, suspects: Sequence[int] | None = None) -> bool:
    """Whether a passage of at least ``least`` characters may be found in the folded text.

    ``suspects`` are places, ascending, where they are known: among them all where seeds begin that stand elsewhere too,
    and one where WORDS characters begin that follow at once.
    """
    if _said_at_once(folded, suspects):
        return True
    pairs = list(islice(_recurring(folded, _recurrent(folded) if suspects is None else suspects), _MANY + 1))
    if not pairs:
        return False
    runs = list(_runs(folded, pairs))
    if len(pairs) > _MANY or any(_follows_itself(run, least) for run in runs):
        return True
    far = [run for run in runs if run.shift >= PERIOD]
    return any(_is_enough(folded, chain, least) for chain in _chains(folded, far))


def _said_at_once(folded: str, suspects: Sequence[int] | None) -> bool:
    if suspects is None:
        return bool(_AT_ONCE.search(folded))
    return any(_AT_ONCE.match(folded, at) for at in suspects)


def _recurrent(folded: str) -> Iterable[int]:
    """Where seeds stand that stand elsewhere too, ascending."""
    length = 2 * SEED if folded.isascii() else SEED
    grams = [folded[at : at + length] for at in range(len(folded) - SEED + 1)]
    if len(set(grams)) == len(grams):
        return ()
    again = {gram for gram, count in Counter(grams).items() if count > 1}
    return (at for at, gram in enumerate(grams) if gram in again)


def _recurring(folded: str, places: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Seeds at these places that stood before, as (shift, place). Those of letters are twice as long."""
    known: defaultdict[str, list[int]] = defaultdict(list)
    for at in places:
        gram = folded[at : at + SEED]
        before = known[folded[at : at + 2 * SEED] if gram.isascii() else gram]
        yield from ((at - place, at) for place in before)
        before.append(at)


def _runs(folded: str, pairs: list[tuple[int, int]]) -> Iterator[_Run]:
    """The longest runs around such seeds."""
    last = _Run(0, 0, 0)
    for shift, at in sorted(pairs):
        if shift != last.shift or at >= last.end:
            start, end = at, at + 1
            while start > shift and folded[start - 1] == folded[start - 1 - shift]:
                start -= 1
            while end < len(folded) and folded[end] == folded[end - shift]:
                end += 1
            last = _Run(shift, start, end)
            yield last


def _follows_itself(run: _Run, least: int) -> bool:
    """Whether it is long enough for something said again at once."""
    need = min(run.shift, least) if run.shift >= WORDS else least
    return run.shift < PERIOD and run.end - run.start >= need


def _chains(folded: str, runs: list[_Run]) -> Iterable[list[_Run]]:
    """Runs that continue one another."""
    runs = sorted(runs, key=lambda run: run.start)
    label = list(range(len(runs)))
    for i, x in enumerate(runs):
        for j in range(i + 1, len(runs)):
            if runs[j].start > x.end + DRIFT:
                break
            y = runs[j]
            if label[j] != label[i] and (_continues(folded, x, y) or _continues(folded, y, x)):
                label = [label[i] if of == label[j] else of for of in label]
    chains: defaultdict[int, list[_Run]] = defaultdict(list)
    for of, run in zip(label, runs, strict=True):
        chains[of].append(run)
    return chains.values()


def _continues(folded: str, x: _Run, y: _Run) -> bool:
    """Whether ``y`` goes on where ``x`` stops: what `joints` asks."""
    later = y.start - x.end
    drift = y.shift - x.shift
    least, most = sorted((later, later - drift))
    size = min(x.end - x.start, y.end - y.start)
    if least <= 1:
        return least > -OVERLAP and most <= min(DRIFT, 2 * size)
    if most <= JITTER and size >= OUTWEIGH * most:
        return True
    return most <= NOISE and abs(drift) <= JITTER and 2 * _agreeing(folded, x, y) >= most


def _agreeing(folded: str, x: _Run, y: _Run) -> int:
    """How many of the characters between two runs agree, at the shifts of the two or near them."""
    shifts = {run.shift + aside for run in (x, y) for aside in (-1, 0, 1)}
    return sum(any(folded[at] == folded[at - shift] for shift in shifts) for at in range(x.end, y.start))


def _is_enough(folded: str, chain: list[_Run], least: int) -> bool:
    """Whether a chain is as long as a passage, or may be when it is followed at its ends."""
    agree = sum(run.end - run.start for run in chain)
    if agree < least // 2:
        return False
    start, end = min(run.start for run in chain), max(run.end for run in chain)
    earlier = max(run.end - run.shift for run in chain) - min(run.start - run.shift for run in chain)
    if max(agree, end - start, earlier) >= least and (len(chain) > 1 or _tells(folded[start:end], least)):
        return True
    return any(_goes_on(folded, run) for run in chain)


def _tells(run: str, least: int) -> bool:
    """Whether it tells as much as ``least`` ideographs: three letters as much as two."""
    return len(run) >= 2 * least or sum(2 if char < _IDEOGRAPHS else 3 for char in run) >= 3 * least


def _goes_on(folded: str, run: _Run) -> bool:
    """Whether it goes on behind an edit at one of its ends."""
    behind, before = run.end, run.start - 1
    return any(
        _believed(folded, behind - run.shift + x, behind + y, 1, max(x, y))
        or _believed(folded, before - run.shift - x, before - y, -1, max(x, y))
        for x, y in EDITS
    )


def _believed(folded: str, a: int, b: int, step: int, skipped: int) -> bool:
    """Whether enough agrees from ``a`` and ``b`` on to believe in an edit before them."""
    tells = 0
    for ahead in range(0, AHEAD * step, step):
        here, there = a + ahead, b + ahead
        if here < 0 or there >= len(folded) or folded[here] != folded[there]:
            break
        tells += 1 if folded[here] < _IDEOGRAPHS else 3
    return tells >= ENOUGH * skipped
