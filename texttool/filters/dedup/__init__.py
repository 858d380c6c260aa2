"""Duplicates: passages that stand twice, in a text and across texts."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import NamedTuple

from texttool.edits import Edits
from texttool.filters._worth import Read
from texttool.filters.dedup import fold
from texttool.filters.dedup.glance import may_repeat
from texttool.filters.dedup.policy import DEFAULT, KEEP, SHORTEST, Policy, ordered
from texttool.filters.dedup.suspects import suspected
from texttool.memory import give_back
from texttool.rule import Rule, Scan, Sieve
from texttool.rulebook import family
from texttool.together import Together

# Below this many code points it is worth asking, before numpy is loaded, whether anything stands twice at all.
_SMALL = 4096
KINDS = ("document", "span")


class DuplicateGroup(NamedTuple):
    """A passage that stands in several places, or a document that is there in several copies.

    ``kind`` is "span" or "document"; ``spans`` are (name of the document, start, end) in code points, the one to be
    kept first; ``identity`` is the part of the characters that agrees, from 0 to 1.
    """

    kind: str
    spans: tuple[tuple[str, int, int], ...]
    identity: float


def find_duplicates(
    documents: Mapping[str, str],
    *,
    min_length: int = DEFAULT.report,
    identity: float = DEFAULT.identity,
    similarity: float = 0.5,
    keep: str = DEFAULT.keep,
    kinds: Collection[str] = KINDS,
) -> Iterator[DuplicateGroup]:
    """Documents that are nearly the same, then passages that stand twice in or across ``documents``.

    ``min_length`` is the least length of a passage in folded characters (12 or more), ``identity`` the part of them
    that must agree, ``similarity`` the part of a document's k-grams that must stand in a longer one; ``keep`` ("first",
    "longest", "best" or "none") tells which place of a passage comes first in its group, ``kinds`` which groups are
    wanted. Work and memory grow with the length of the texts. Raises ValueError for an option out of range.
    """
    if min_length < SHORTEST or not 0 < identity <= 1 or not 0 < similarity <= 1 or keep not in KEEP:
        raise ValueError(f"min_length from {SHORTEST}, identity and similarity from 0 to 1, keep one of {KEEP}")
    if isinstance(kinds, str) or not set(kinds) <= set(KINDS):
        raise ValueError(f"kinds are some of {KINDS}")
    policy = DEFAULT._replace(report=min_length, identity=identity, keep=keep)
    return _found(documents, policy, similarity, kinds)


def _found(
    documents: Mapping[str, str], policy: Policy, similarity: float, kinds: Collection[str]
) -> Iterator[DuplicateGroup]:
    from texttool.filters.dedup.minhash import clusters
    from texttool.filters.dedup.passages import passages_of

    names, texts = tuple(documents), tuple(documents.values())
    row = fold.fold(texts)
    if "document" in kinds:
        for members, alike in clusters(row, similarity, policy.report):
            yield DuplicateGroup("document", tuple((names[t], 0, len(texts[t])) for t in members), alike)
    for found in passages_of(row, texts, policy.report, policy.identity) if "span" in kinds else ():
        passage = ordered(found, texts, policy.keep)
        yield DuplicateGroup("span", tuple((names[t], s, e) for t, s, e in passage.spans), passage.identity)


def scan(text: str, policy: Policy = DEFAULT) -> Mapping[str, Edits]:
    """The copies of what stands twice in ``text`` that ``policy`` does not keep, by code."""
    if len(text) < _SMALL and not _may_repeat(text, policy.report):
        return {}
    from texttool.filters.dedup.cuts import cuts

    give_back(len(text))  # the row of folded characters, their seeds and links are among the largest columns there are
    return cuts([text], policy).edits[0]


def _may_repeat(text: str, least: int) -> bool:
    """Whether anything of that length may stand twice in a small text."""
    return bool(_repeating([text], least))


def _repeating(texts: Sequence[str], least: int) -> list[int]:
    """The numbers of those small texts in which anything may; by numpy where many texts are read."""
    if not _read.enough(*texts):
        return [i for i, text in enumerate(texts) if may_repeat(fold.folded_text(text), least)]
    found = enumerate(suspected(texts))
    return [i for i, (folded, places) in found if places and may_repeat(folded, least, places)]


_read = Read()


def sieve(together: Together, policy: Policy = DEFAULT) -> Iterator[int]:
    """The numbers of the texts in which anything may stand twice."""
    small = [i for i, text in enumerate(together.texts) if len(text) < _SMALL]
    yield from (small[i] for i in _repeating([together.texts[i] for i in small], policy.report))
    yield from set(range(len(together.texts))).difference(small)


def rules_for(policy: Policy) -> tuple[Rule, ...]:
    """The rules, with a policy of the user's."""
    return _rules(partial(scan, policy=policy), partial(sieve, policy=policy))


def _rules(of: Scan, among: Sieve) -> tuple[Rule, ...]:
    return tuple(replace(rule, again=True) for rule in family("duplicates", scan=of, sieves={"": among}))


RULES = _rules(scan, sieve)
