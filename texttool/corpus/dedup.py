"""Duplicates in and across documents: removed from each, or reported with all their places."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

from texttool import streams
from texttool.config import Options
from texttool.corpus.dedup_report import Texts, write
from texttool.corpus.dedup_texts import Gathered
from texttool.corpus.intake import FINDINGS, NOTHING, guarded, inputs, listed
from texttool.corpus.progress import progress
from texttool.corpus.shard import ALL
from texttool.corpus.sources import size_of
from texttool.corpus.target import refuse_other, refuse_text
from texttool.document import Document
from texttool.errors import Failure
from texttool.filters.dedup import DuplicateGroup, find_duplicates, rules_for
from texttool.filters.dedup.policy import DEFAULT, Policy
from texttool.pipeline import Pipeline, Result
from texttool.report import ours
from texttool.walk import walk

_TRIES = 10  # to map an index between two updates of it; one try takes a few milliseconds


class Wanted(NamedTuple):
    """What the user asked for besides the options of every command."""

    policy: Policy
    documents: bool = False  # near copies of whole documents, too
    groups: Path | None = None  # where the groups are written
    index_at: Path | None = None


def policy(min_length: int | None, identity: float, keep: str, *, mark: bool) -> Policy:
    """The policy; a length that was asked for holds for reports and for removals."""
    report, remove = (min_length, min_length) if min_length else (DEFAULT.report, DEFAULT.remove)
    return Policy(report, remove, identity, keep, mark)


def run(paths: tuple[Path, ...], options: Options, wanted: Wanted) -> int:
    """Filters the texts, or reports what they share. Gives the exit status.

    One text is filtered, and several are, together, where the options say what becomes of them. Raises Failure where
    the options contradict each other, and where standard output or the file of the groups cannot be written.
    """
    if options.shard != ALL:
        raise Failure("--shard parts the texts, and duplicates are looked for among all of them")
    if options.engine:
        from texttool.scale.dedup import find

        if wanted.groups or wanted.index_at or wanted.policy.mark:
            raise Failure(f"--engine {options.engine} excludes --groups, --index and --mark: the groups are in -o DIR")
        return find(paths, options, wanted.policy, documents=wanted.documents)
    if wanted.groups:
        refuse_text(wanted.groups, "list of groups", inputs(paths, options))
        refuse_other(wanted.groups, "list of groups", ours.groups)
    edits = bool(options.output or options.in_place or options.check or options.diff or options.audit)
    if edits and wanted.index_at:
        raise Failure("--index reports; it excludes -o, -i, --check, --diff and --audit")
    if edits and (_several(paths) or wanted.documents or wanted.groups):
        return _remove(paths, options, wanted)
    if edits or not (_several(paths) or wanted.documents or wanted.groups or wanted.index_at):
        return _clean(paths, options, wanted.policy)
    if options.unsafe or wanted.policy.mark:
        raise Failure("several texts are reported, not edited; give -o DIR for the results, or -i to rewrite the files")
    if wanted.index_at:
        return _compared(paths, options, wanted, wanted.index_at)
    return _report(paths, options, wanted)


def _several(paths: tuple[Path, ...]) -> bool:
    return len(paths) > 1 or any(path.is_dir() for path in paths)


def _remove(paths: tuple[Path, ...], options: Options, wanted: Wanted) -> int:
    """Filters the texts together. Raises Failure where the options contradict each other."""
    from texttool.corpus import dedup_remove

    if (wanted.documents or wanted.groups) and (options.check or options.diff):
        raise Failure("--documents and --groups exclude --check and --diff")
    if wanted.groups and not options.unsafe:
        raise Failure("--groups with -o or -i lists what was removed: it needs --unsafe")
    return dedup_remove.clean(paths, options, wanted.policy, wanted.groups, documents=wanted.documents)


def _clean(paths: tuple[Path, ...], options: Options, chosen: Policy) -> int:
    """Filters each text by itself, with the rules of a policy."""
    from texttool.corpus import batch
    from texttool.corpus.perfile import PerFile

    clean = batch.by(PerFile(options, Pipeline(rules_for(chosen), options.unsafe)))

    def cleaner(document: Document) -> Result:
        result = clean(document)
        if not (options.unsafe or options.quiet):
            _tell(document, result, listed=chosen == DEFAULT)
        return result

    return batch.clean(paths, options, cleaner)


def _tell(document: Document, result: Result, *, listed: bool) -> None:
    """Says what would have gone: a text that comes out as it went in looks like one in which nothing stands twice."""
    left = (zip(stage.edits.found(result.source), stage.edits.puts(), strict=True) for stage in result.stages)
    count = sum(found != put for stage in left for found, put in stage)
    if count:
        what, them = ("passage stands", "it") if count == 1 else ("passages stand", "them")
        where = f"`texttool lint --select DP` lists {them}, " if listed else ""  # as it looks for them by itself
        streams.say(f"{document.path}: {count} {what} twice: {where}--unsafe removes {them}")


def _report(paths: tuple[Path, ...], options: Options, wanted: Wanted) -> int:
    known, status = Gathered(), NOTHING
    items = listed(paths, options)
    sizes = list(map(size_of, items))
    with progress(len(items), sum(sizes), quiet=options.quiet, verbose=options.verbose) as shown:
        for item, size in zip(items, sizes, strict=True):
            status = max(status, guarded(item, partial(known.take, item, options)))
            shown.add(1, size)
    texts = known.texts
    if not texts:
        return status
    found = list(_groups(texts, wanted))
    write(found, Texts(texts), wanted.groups)
    return max(status, FINDINGS if found else NOTHING)


def _compared(paths: tuple[Path, ...], options: Options, wanted: Wanted, folder: Path) -> int:
    """Folders are brought up to date in the index; files are compared with it."""
    folders = tuple(path for path in paths if path.is_dir())
    files = tuple(path for path in paths if not path.is_dir())
    status = NOTHING
    if folders:
        from texttool.corpus import dedup_update

        changes = dedup_update.update(folder, folders, options)
        status = changes.status
        if not options.quiet:
            streams.say(f"{folder}: {changes.came} files came, {changes.changed} changed, {changes.gone} went")
    known = Gathered()
    for item in walk(files) if files or not paths else ():
        status = max(status, guarded(item, partial(known.take, item, options)))
    return max(status, _asked(known.texts, options, wanted, folder)) if known.texts else status


def _asked(texts: dict[str, str], options: Options, wanted: Wanted, folder: Path) -> int:
    from texttool.corpus import dedup_ask, dedup_index

    for _ in range(_TRIES):
        with contextlib.suppress(FileNotFoundError):  # an update was faster: once more, with what it left
            index = dedup_index.load(folder)
            answer = dedup_ask.ask(index, texts, options, wanted.policy, documents=wanted.documents)
            break
    else:
        raise Failure("is damaged; remove the index and build it again", folder)
    if answer.changed or answer.gone:
        streams.say(
            f"{folder}: {answer.changed} files changed since they were indexed (read again for this), {answer.gone} are"
            " gone; name their folders to bring the index up to date"
        )
    write(answer.groups, Texts(answer.texts), wanted.groups, only=texts)
    return FINDINGS if answer.groups else NOTHING


def _groups(texts: dict[str, str], wanted: Wanted) -> Iterator[DuplicateGroup]:
    chosen = wanted.policy
    kinds = ("document", "span") if wanted.documents else ("span",)
    return find_duplicates(texts, min_length=chosen.report, identity=chosen.identity, keep=chosen.keep, kinds=kinds)
