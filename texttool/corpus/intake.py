"""One input -> one document, and what goes wrong on the way -> one line and an exit status."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from texttool import document, errors, rulebook, store, streams
from texttool.config import Options
from texttool.corpus import kinds
from texttool.document import Document
from texttool.errors import Failure
from texttool.leftout import LeftOut
from texttool.pipeline import BrokenRule, Pipeline
from texttool.store import Source
from texttool.walk import Input, walk

GUESS = "MJ103"
NOTHING, FINDINGS, FAILED = 0, 1, 2  # exit statuses: the worst of a run wins


def inputs(
    paths: tuple[Path, ...], options: Options, also: Collection[str] = (), left: LeftOut | None = None
) -> Iterator[Input]:
    """Every file under ``paths``, and those that another file lists, without what the options leave out.

    ``also`` and ``left`` are as for ``walk``.
    Raises Failure where the list cannot be read.
    """
    if options.files_from is not None:
        paths = (*paths, *_listed(options.files_from, b"\0" if options.null else b"\n"))
        if not paths:
            return
    if options.no_ignore and not options.exclude:
        yield from walk(paths, also=also, left=left)
        return
    from texttool.ignores import LeaveOut

    leave_out = LeaveOut(options.exclude, options.root, ignore_files=not options.no_ignore)
    if options.force_exclude:
        paths = tuple(path for path in paths if not leave_out.excluded(str(path)))
        if not paths:
            return
    yield from walk(paths, leave_out, also, left)


def _listed(file: Path, end: bytes) -> Iterator[Path]:
    """The paths in a file, or on standard input."""
    data = streams.stdin_bytes() if str(file) == "-" else store.read(file).data
    for name in data.split(end):
        if name.strip():
            yield Path(os.fsdecode(name.removesuffix(b"\r") if end == b"\n" else name))


def listed(paths: tuple[Path, ...], options: Options, also: Collection[str] = ()) -> list[Input]:
    """The same, all at once; says of folders in which there is nothing to read. Raises Failure."""
    left = LeftOut()
    items = list(inputs(paths, options, also, left))
    tell(left, options)
    return items


def tell(left: LeftOut, options: Options, *, summary: bool = False) -> None:
    """Says what was left out of a run, as ``LeftOut.lines`` has it, but where the options want quiet."""
    for line in () if options.quiet else left.lines(summary=summary):
        streams.say(line)


class Read(NamedTuple):
    """What was read: ``source`` is None for standard input, ``document`` for what is no text.

    ``data`` is what the file holds. Where it is ``packed`` (by the suffix of its name), the document is inside.
    """

    path: str
    data: bytes
    source: Source | None
    document: Document | None
    packed: str = ""


def read(item: Input, options: Options, data: bytes | None = None) -> Read:
    """Reads and decodes one input, or the ``data`` that was read of it; tells on standard error of a binary.

    Raises Failure.
    """
    if item.refusal:
        raise Failure(item.refusal, item.path)
    source = None if item.is_stdin or data is not None else store.read(item.path)
    held = source.data if source else streams.stdin_bytes() if data is None else data
    packed = "" if item.is_stdin else kinds.of(item, options).packed
    data = _unpacked(held, packed, item, options) if packed else held
    at = -1 if options.as_text or options.encoding != "auto" else document.binary(data)
    if at >= 0:
        if not options.quiet:
            streams.say(f"{item.path}: binary (NUL at byte {at}), left as it is; --text treats it as text")
        return Read(str(item.path), held, source, None, packed)
    return Read(str(item.path), held, source, document.load(data, path_of(item, options), options.encoding), packed)


def path_of(item: Input, options: Options) -> str:
    """The path of an input as its text bears it; that of standard input may have been told."""
    return str(options.stdin_filename if item.is_stdin and options.stdin_filename else item.path)


def _unpacked(held: bytes, packed: str, item: Input, options: Options) -> bytes:
    from texttool.corpus.packing import Bounded, unpacked

    return b"".join(unpacked([held], packed, Bounded(item.path, options.max_size)))


def pipeline_of(options: Options) -> Pipeline:
    """The pipeline that ``options`` select. Raises Failure for a filter or a code that does not exist."""
    if options.filters == ():
        raise Failure("--filters needs a name")
    try:
        wanted = _wanted(options)
        rules = rulebook.rules(*wanted, options.locale, extend=options.extend_select)
        for code in chain.from_iterable(options.per_file_ignores.values()):
            rulebook.check_code(code)
    except rulebook.UnknownNameError as error:
        raise Failure(str(error)) from error
    if options.layout != "auto":
        from texttool.filters.unwrap import rules_for

        told = {rule.code: rule for rule in rules_for(options.layout)}
        rules = tuple(told.get(rule.code, rule) for rule in rules)
    if options.guess:
        rules = tuple(replace(rule, safe=True) if rule.code == GUESS else rule for rule in rules)
    return Pipeline(rules, options.unsafe)


def _wanted(options: Options) -> tuple[Sequence[str] | None, Sequence[str] | None, Sequence[str] | None]:
    """Filters, codes that are selected and codes that are ignored."""
    if options.recipe is None:
        return options.filters, options.select, options.ignore
    from texttool.recipes import chosen

    return chosen(options.recipe, options.filters, options.select, options.ignore)


def guarded(item: Input, work: Callable[[], int]) -> int:
    """The exit status of one document's work. What goes wrong is said in one line and does not stop the rest.

    Raises Failure only where standard output is what failed: no other document could be written either.
    """
    try:
        return work()
    except Failure as failure:
        if failure.path == streams.STDOUT:
            raise
        streams.say(str(failure))
    except BrokenRule as broken:
        streams.say(f"{item.path}: internal error: {broken}")
    except MemoryError:
        streams.say(f"{item.path}: out of memory; it was left as it was")
    except BrokenPipeError:
        raise
    except Exception as error:
        if errors.TRACEBACK:
            raise
        streams.say(f"{item.path}: internal error: {type(error).__name__}: {error} (--traceback shows the place)")
    return FAILED
