"""Runs rules one after another, and knows where everything came from."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import accumulate, groupby
from typing import NamedTuple

from texttool import presence
from texttool.edits import Edit, Edits, Span
from texttool.finding import PLACE, Finding, lift, of_stage
from texttool.foremost import foremost
from texttool.guard import Guard
from texttool.rule import Rule, Sieve, elsewhere, everything


class BrokenRule(Exception):  # noqa: N818 - it names the rule, and the rule is what is broken
    """A rule changed what it says it keeps: an internal error, after which nothing may be written."""

    def __init__(self, rule: Rule, at: int) -> None:
        super().__init__(f"{rule.code} {rule.name} changes what it must keep, near character {at}; nothing was written")
        self.rule = rule


class Stage(NamedTuple):
    """What one rule found in the text that the stages before it left.

    ``applied`` is false for findings without a fix, and for the edits of an unsafe rule that was not asked to edit.
    """

    rule: Rule
    edits: Edits
    applied: bool


class Change(NamedTuple):
    """One edit that was made: its stage and place there (code points), and where that is in the source."""

    stage: int
    start: int
    end: int
    code: str
    found: str
    put: str
    source: int


class Result(NamedTuple):
    """The text before and after, and the stages between: only those that found something."""

    source: str
    text: str
    stages: list[Stage]

    def findings(self, most: int | None = None, codes: Container[str] | None = None) -> list[Finding]:
        """Every finding (of ``codes``), or the first ``most``, with its place in the source, in order of place."""
        if most is not None and (first := foremost(self, most, codes)) is not None:
            return first
        found: list[Finding] = []
        for depth, ((rule, edits, _), text) in enumerate(zip(self.stages, self._texts(), strict=True)):
            if codes is None or rule.code in codes:
                # What a stage finds first stands first in the source.
                found += of_stage(rule, edits.head(most), text, self.source, self._before(depth))
        return sorted(found, key=PLACE)[:most]

    def count(self, codes: Container[str] | None = None) -> int:
        """How many findings there are (of ``codes``)."""
        return sum(len(stage.edits) for stage in self.stages if codes is None or stage.rule.code in codes)

    def changes(self) -> Iterator[Change]:
        """Every edit that was made, in the order in which they were made."""
        for depth, text in enumerate(self._texts()):
            rule, edits, applied = self.stages[depth]
            if not applied:
                continue
            before = self._before(depth)
            for (start, end, put), found in zip(edits, edits.found(text), strict=True):
                yield Change(depth, start, end, rule.code, found, put, lift(before, start, end, put)[0])

    def edits(self) -> Edits:
        """All that was changed, as edits of the source."""
        stages = [stage for stage in self.stages if stage.applied]
        done = Edits.of(())
        # From the last to the first: the many edits of an early stage are then walked through only once.
        outputs = list(accumulate(stages, lambda text, stage: stage.edits.apply(text), initial=self.source))[1:]
        for stage, output in zip(reversed(stages), reversed(outputs), strict=True):
            done = stage.edits.then(done, output)
        return done

    def origin(self, at: int) -> Span:
        """The source span from which the code point ``at`` of the text came. Raises IndexError outside the text."""
        if not 0 <= at < len(self.text):
            raise IndexError(at)
        return lift(self._before(len(self.stages)), at, at + 1, "")[:2]

    def _texts(self) -> Iterator[str]:
        """The text that each stage read."""
        text = self.source
        for stage in self.stages:
            yield text
            text = stage.edits.apply(text) if stage.applied else text

    def _before(self, depth: int) -> list[Edits]:
        """The edits that made the text at ``depth``."""
        return [stage.edits for stage in self.stages[:depth] if stage.applied]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Pipeline:
    """Rules in running order, built once and run on many texts. Unsafe rules edit only where ``unsafe`` is true."""

    rules: tuple[Rule, ...]
    unsafe: bool = False

    def editing(self) -> Pipeline:
        """The same without the rules that only report."""
        edit = (rule for rule in self.rules if rule.keeps is not everything and (rule.safe or self.unsafe))
        return Pipeline(tuple(edit), self.unsafe)

    def run(self, text: str, guard: Guard | None = None) -> Result:
        """Cleans one text. Raises BrokenRule where a rule would change what it must keep."""
        return run(text, self.rules, unsafe=self.unsafe, guard=guard)


def run(text: str, rules: Iterable[Rule], *, unsafe: bool = False, guard: Guard | None = None) -> Result:
    """Cleans ``text`` with ``rules`` in the order given; unsafe ones edit only where ``unsafe`` is true.

    ``guard`` holds over ``text`` and keeps edits back. Raises BrokenRule where a rule would change what it must keep.
    """
    return run_groups(text, grouped(rules), unsafe=unsafe, guard=guard)


class Group(NamedTuple):
    """Rules that share one scan, or one rule alone, with what all of them need (empty: nothing)."""

    rules: tuple[Rule, ...]
    again: bool
    needs: str
    sieve: Sieve | None


Groups = Sequence[Group]


_last: tuple[Iterable[Rule], Groups] = ((), ())  # replaced whole, so that threads need no lock


def grouped(rules: Iterable[Rule]) -> Groups:
    """Rules on end that share a scan together, the others each alone: made once for many texts."""
    global _last
    known, groups = _last
    if known is not rules or not isinstance(rules, tuple):
        found = (rule for rule in rules if rule.find is not elsewhere)
        together = groupby(enumerate(found), key=lambda item: item[1].scan or item[0])
        groups = [_group(tuple(rule for _, rule in group)) for _, group in together]
        _last = rules, groups
    return groups


def _group(rules: tuple[Rule, ...]) -> Group:
    needs = "".join(rule.needs for rule in rules) if all(rule.needs for rule in rules) else ""
    return Group(rules, any(rule.again for rule in rules), needs, rules[0].sieve)


def run_groups(text: str, groups: Groups, *, unsafe: bool = False, guard: Guard | None = None) -> Result:
    """As ``run``, with rules that are ``grouped``."""
    source = text
    stages: list[Stage] = []
    guard = guard.copy() if guard else None
    for group in groups:
        if not group.needs or presence.holds_any(text, group.needs):
            text = run_group(text, group, stages, unsafe=unsafe, guard=guard)
    return Result(source, text, stages)


def run_group(text: str, group: Group, stages: list[Stage], *, unsafe: bool, guard: Guard | None) -> str:
    """Runs one group: appends its stages, gives the new text, over which ``guard`` holds then."""
    return (_settled if group.again else _run_group)(text, group, stages, unsafe, guard)


def _settled(text: str, group: Group, stages: list[Stage], unsafe: bool, guard: Guard | None) -> str:
    """Runs a group until it changes nothing; what it reports is said of the text that it leaves in the end."""
    while True:
        known = len(stages)
        after = _run_group(text, group, stages, unsafe, guard)
        if after == text:
            return after
        stages[known:] = [stage for stage in stages[known:] if stage.applied]
        text = after


def _run_group(text: str, group: Group, stages: list[Stage], unsafe: bool, guard: Guard | None) -> str:
    """Runs rules that share one scan of ``text`` (or one rule alone); appends their stages, gives the new text.

    ``guard`` holds over ``text`` as it comes, in which all of them find their edits, and then over the new text.
    """
    first = group.rules[0]
    if first.scan:
        found = first.scan(text)
    else:
        edits = Edits.of(first.find(text))
        found = {first.code: edits} if edits else {}
    return _made(text, group, found, stages, unsafe, guard) if found else text  # mostly none


def _made(
    text: str,
    group: Group,
    found: Mapping[str, Iterable[Edit]],
    stages: list[Stage],
    unsafe: bool,
    guard: Guard | None,
) -> str:
    """As ``_run_group``, with what was found by code."""
    given = text
    before: list[Edits] = []
    for rule in group.rules:
        if rule.code not in found or (rule.needs != group.needs and not rule.concerns(given)):
            continue  # what all of a group need was looked for before
        edits = Edits.of(found[rule.code])
        if guard:
            edits = guard.allowed(rule.code, edits, given)
        if not edits:
            continue
        if before:
            edits = reduce(lambda later, done: later.behind(done), before, edits)
        reports, changes = edits.parted(text)
        if reports:
            stages.append(Stage(rule, reports, False))
        if not changes:
            continue
        stages.append(Stage(rule, changes, rule.safe or unsafe))
        if stages[-1].applied:
            if not changes.keep(rule.keeps, text):
                raise BrokenRule(rule, changes.start[0])
            was, text = text, changes.apply(text)
            before.append(changes)
            if (puts := changes.known_puts()) is not None:
                presence.carry(was, text, puts, changes.known_takes(was))
            if rule.after:
                rule.after(was, text)
    if guard:
        guard.follow(before)
    return text
