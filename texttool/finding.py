"""Findings: what a rule found in the text that other rules left, said of the source."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import chain, islice, repeat
from operator import attrgetter, eq
from typing import NamedTuple

from texttool.edits import Edit, Edits, Span
from texttool.rule import Rule
from texttool.visible import excerpt

_NO_LETTER = re.compile(r"[\W_]")
LONGEST = 40  # code points of a word on each side of an edit


class Finding(NamedTuple):
    """A defect, with its place in the source (code points). ``put`` equals ``found`` where there is no fix."""

    code: str
    start: int
    end: int
    found: str
    put: str
    message: str
    name: str = ""  # of the rule
    safe: bool = True
    related: tuple[Span, ...] = ()  # places in the source that explain it: the copies of a duplicate


PLACE = attrgetter("start", "end", "code")  # the order of findings


def of_stage(rule: Rule, edits: Edits, text: str, source: str, before: Sequence[Edits]) -> list[Finding]:
    """The findings of a rule, in order of place: its ``edits`` of ``text``, which ``before`` made out of ``source``."""
    was, puts = list(edits.found(text)), list(edits.puts())
    starts, ends, lifted = _lifted(edits.start.tolist(), edits.end.tolist(), puts, before)
    found = list(map(source.__getitem__, map(slice, starts, ends)))
    if not all(map(eq, lifted, found)):
        # What a rule leaves as it is has no fix, whatever rules before it made of that.
        lifted = [f if w == p else new for f, w, p, new in zip(found, was, puts, lifted, strict=True)]
    words = _words(edits, text, puts) if "{word}" in rule.message else [""] * len(puts)
    known: dict[tuple[str, str, str], str] = {}  # of one rule many findings say the same
    said = [known.get(key) or known.setdefault(key, _message(rule, *key)) for key in zip(was, puts, words, strict=True)]
    columns = starts, ends, found, lifted, said, repeat(rule.name), repeat(rule.safe), _related(edits, before)
    return list(map(Finding, repeat(rule.code, len(was)), *columns))


def lift(before: Sequence[Edits], start: int, end: int, put: str) -> Edit:
    """An edit of the text that ``before`` made, one after another, as an edit of the source."""
    for edits in reversed(before):
        if not edits.of_one_width():  # then nothing moves
            start, end, put = edits.lift(start, end, put)
    return start, end, put


def _related(edits: Edits, before: Sequence[Edits]) -> Iterable[tuple[Span, ...]]:
    """What explains each edit, in the source."""
    some = [edits.related.get(i, ()) for i in range(len(edits))] if edits.related else []
    if not any(some):
        return repeat(())
    starts, ends = map(list, zip(*chain.from_iterable(some), strict=True))
    starts, ends, _ = _lifted(starts, ends, [""] * len(starts), before)
    spans = zip(starts, ends, strict=True)
    return [tuple(islice(spans, len(own))) for own in some]


def _lifted(
    starts: list[int], ends: list[int], puts: list[str], before: Sequence[Edits]
) -> tuple[list[int], list[int], list[str]]:
    """``lift`` of many edits: their starts, ends and puts in the source."""
    for edits in reversed([done for done in before if not done.of_one_width()]):
        if len(starts) < edits.few:
            moved = map(edits.lift, starts, ends, puts)
            starts, ends, puts = map(list, zip(*moved, strict=True))
        else:
            from texttool.columns import lifted

            starts, ends, puts = lifted(edits, starts, ends, puts)
    return starts, ends, puts


def _words(edits: Edits, text: str, puts: Sequence[str]) -> Iterable[str]:
    """The word that each edit leaves where it is made: what it puts, with the letters on both sides."""
    for start, end, put in zip(edits.start, edits.end, puts, strict=True):
        front, behind = text[max(0, start - LONGEST) : start], text[end : end + LONGEST]
        yield f"{_NO_LETTER.split(front)[-1]}{put}{_NO_LETTER.split(behind, 1)[0]}"


def _message(rule: Rule, found: str, put: str, word: str) -> str:
    if not rule.message:
        return rule.name
    return rule.message.format(found=excerpt(found), put=excerpt(put), word=excerpt(word))
