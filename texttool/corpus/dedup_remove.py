"""Removes what stands in another file: the texts are looked at together, and written one by one.

A file is never removed. Of one that is wholly a copy its marks and white space are left, or with ``mark`` a marker that
names the other; of one that is nearly a copy goes what is equal to the character, as in every other file.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import NamedTuple

from texttool import store, streams
from texttool.config import Options
from texttool.corpus import batch, intake
from texttool.corpus.dedup_report import Texts, json_line, write
from texttool.corpus.dedup_texts import Gathered
from texttool.corpus.intake import FINDINGS, NOTHING
from texttool.corpus.target import refuse_text, targets
from texttool.document import Document
from texttool.edits import Edits
from texttool.errors import Failure
from texttool.filters.dedup import RULES, DuplicateGroup, find_duplicates
from texttool.filters.dedup.cuts import Removal, cuts
from texttool.filters.dedup.policy import Policy
from texttool.pipeline import Result, run


class Removed(NamedTuple):
    """The result for each text by name, and what goes: each with the place where the same stands in the end.

    ``left`` is how many passages would go if it were asked for.
    """

    results: dict[str, Result]
    groups: list[DuplicateGroup]
    left: int


def clean(paths: tuple[Path, ...], options: Options, policy: Policy, groups: Path | None, *, documents: bool) -> int:
    """Writes every text under ``paths`` without what stands twice, where ``options`` say. Gives the exit status.

    What went is written to the file ``groups``; with ``documents``, near copies of whole documents are reported on
    standard output. Raises Failure.
    """
    inputs = list(intake.inputs(paths, options))
    if any(item.is_stdin for item in inputs):
        raise Failure("standard input is not compared with files: give it as a file")
    refuse_text(groups, "list of groups", inputs, targets(paths, inputs, options) if groups else ())
    known = Gathered()
    for item in inputs:
        with contextlib.suppress(Failure):  # who writes it says what is wrong
            known.take(item, replace(options, quiet=True))
    texts = known.texts
    near = list(find_duplicates(texts, kinds=("document",))) if documents else []
    markers = [str(item.inside) for item in known.inputs.values()]
    removed = remove(texts, markers, policy, unsafe=options.unsafe)
    status = batch.clean(paths, options, partial(_result, known, removed.results))
    if removed.left and not options.quiet:
        streams.say(f"{removed.left} passages stand twice to the character; --unsafe removes them")
    if near:
        write(near, Texts(texts), None)
    if groups:
        store.replace(groups, (json_line(group, Texts(texts)).encode() for group in removed.groups))
    return max(status, FINDINGS if near else NOTHING)


def _result(known: Gathered, results: Mapping[str, Result], document: Document) -> Result:
    """The result of a document. Raises Failure where it is another one by now."""
    made = results.get(known.names.get(document.path, ""), Result("", "", []))
    if document.text == made.source:
        return made
    if document.text == made.text:  # it was named twice, and rewritten
        return Result(made.text, made.text, [])
    raise Failure("was changed by another program while the texts were compared; not written", document.path)


def remove(texts: Mapping[str, str], markers: Sequence[str], policy: Policy, *, unsafe: bool) -> Removed:
    """What stands twice in or across ``texts`` (by name), removed as ``policy`` says where ``unsafe`` is true.

    ``markers`` are the names of the texts in markers. What is left is looked at again until nothing more goes: the
    result of a run holds nothing that another run would remove.
    """
    results = {name: Result(text, text, []) for name, text in texts.items()}
    groups = list[DuplicateGroup]()
    while True:
        now = [result.text for result in results.values()]
        found = cuts(now, policy, markers)
        again = {name: _once(text, of, unsafe) for (name, text), of in zip(_texts(results), found.edits, strict=True)}
        going = unsafe and bool(found.removals)
        if going:
            groups += _groups(found.removals, list(results.items()))
        results = {name: _behind(result, again[name], last=not going) for name, result in results.items()}
        if not going:
            return Removed(results, groups, len(found.removals))


def _texts(results: Mapping[str, Result]) -> Iterator[tuple[str, str]]:
    return ((name, result.text) for name, result in results.items())


def _once(text: str, edits: Mapping[str, Edits], unsafe: bool) -> Result:
    """The result of edits that are known; without the promise to look again."""

    def known(_: str) -> Mapping[str, Edits]:
        return edits

    return run(text, [replace(rule, scan=known, again=False) for rule in RULES], unsafe=unsafe)


def _behind(done: Result, later: Result, *, last: bool) -> Result:
    """Both in one; what is only reported is said of the text that is left in the end."""
    stages = [stage for stage in later.stages if last or stage.applied]
    return Result(done.source, later.text, [*done.stages, *stages])


def _groups(removals: Sequence[Removal], results: Sequence[tuple[str, Result]]) -> Iterator[DuplicateGroup]:
    """What goes as groups of two over the sources: the one that is kept, and the one that goes."""
    for removal in removals:
        places = []
        for number, start, end in (removal.kept, removal.gone):
            name, result = results[number]
            first = result.origin(start)[0]
            places.append((name, first, max(result.origin(end - 1)[1], first)))
        yield DuplicateGroup("span", tuple(places), 1.0)
