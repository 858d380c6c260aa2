"""Where the results go: standard output, the file itself, another file, or a folder that mirrors the input."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from pathlib import Path

from texttool import store
from texttool.config import Options
from texttool.errors import Failure
from texttool.walk import Input


def targets(paths: tuple[Path, ...], inputs: Sequence[Input], options: Options) -> list[Path | None]:
    """The file that each input is written to; None for standard output. Nothing is written yet.

    Raises Failure where the options and the paths contradict each other, or two inputs would become one file.
    """
    if options.in_place and options.output:
        raise Failure("-i and -o exclude each other")
    if options.check or options.diff:
        return [None] * len(inputs)
    if options.in_place:
        return [_in_place(item) for item in inputs]
    if options.output:
        return _under(options, options.output, paths, inputs)
    folder = next((path for path in paths if path.is_dir()), None)
    if folder:
        raise Failure("is a directory; give -o DIR for the results, or -i to rewrite the files in it", folder)
    archive = next((item.archive for item in inputs if item.archive), None)
    if archive:
        raise Failure("is an archive; give -o DIR for what is in it", archive)
    if options.audit_beside:
        raise Failure("--audit-beside needs outputs that are files: give -o, or -i")
    if len(inputs) > 1 and (options.audit or not options.concatenate):
        raise Failure("several inputs: give -o DIR for the results, or -i to rewrite the files")
    return [None] * len(inputs)


def refuse_text(path: Path | None, what: str, inputs: Iterable[Input], made: Iterable[Path | None] = ()) -> None:
    """Raises Failure where ``path``, which is to be written, would take the place of an input or of a target."""
    if path is None:
        return
    own, there = os.path.realpath(path), path.exists()
    texts = (*(item.path for item in inputs if not item.is_stdin), *made)
    if any(text and (os.path.realpath(text) == own or (there and same(text, path))) for text in texts):
        raise Failure(f"is a text and the {what} at once", path)


def refuse_other(path: Path | None, what: str, is_one: Callable[[bytes], bool]) -> None:
    """Raises Failure where ``path``, which is to be written, is there and is no ``what`` (``is_one``, by first bytes).

    Where its name was forgotten, or that of the text, a text is what is named here.
    """
    if path is None or not path.is_file():
        return
    from texttool.report.ours import HEAD

    with store.reading(path) as (file, _):
        head = file.read(HEAD)
    if head.strip() and not is_one(head):
        raise Failure(f"is there, and is no {what}; not written", path)


def _in_place(item: Input) -> Path:
    if item.is_stdin:
        raise Failure("standard input cannot be rewritten in place")
    if item.archive:
        raise Failure("archives are not rewritten in place; give -o DIR for what is in them", item.archive)
    if item.cut:
        raise Failure("is cut by --shard, and no part is rewritten in place; give -o DIR", item.path)
    return item.path


def _under(options: Options, output: Path, paths: tuple[Path, ...], inputs: Sequence[Input]) -> list[Path | None]:
    one_file = len(paths) <= 1 and not (paths and paths[0].is_dir()) and not any(item.archive for item in inputs)
    alone = one_file and not output.is_dir() and not options.folder
    if alone:
        made = [output] * len(inputs)  # none where the file is in another part of the run
    else:
        made = [output / ("stdin.txt" if item.is_stdin else item.inside) for item in inputs]
    made = [_of_part(target, item) for target, item in zip(made, inputs, strict=True)]
    for path in paths:
        if path.is_dir() and Path(os.path.realpath(output)).is_relative_to(os.path.realpath(path)):
            raise Failure("is inside the folder that is read: it would be read next time", output)
    if not alone and output.exists() and not output.is_dir():
        raise Failure("is a file; a folder is needed for the results", output)
    leads_out = _leads_out_of(output)
    for item, target in zip(inputs, made, strict=True):
        if not alone and leads_out(target):
            raise Failure(f"leads out of {output} by a link", target)
        if not item.is_stdin and not item.archive and same(target, item.path):
            raise Failure("is input and output at once; -i rewrites in place", item.path)
    _refuse_twins(inputs, made)
    return list(made)


def _of_part(target: Path, item: Input) -> Path:
    """``a.jsonl`` of part 2 of 8 is ``a.2-of-8.jsonl``: put together in their order, the parts are the whole."""
    return target.with_name(f"{target.stem}.{item.cut.number}-of-{item.cut.of}{target.suffix}") if item.cut else target


def _leads_out_of(output: Path) -> Callable[[Path], bool]:
    """Tells of a file under ``output`` whether a link leads it elsewhere. A folder is asked once for all its files."""
    root = Path(os.path.realpath(output))

    @cache
    def elsewhere(folder: str) -> bool:
        return not Path(os.path.realpath(folder)).is_relative_to(root)

    return lambda target: elsewhere(str(target.parent)) or (target.is_symlink() and elsewhere(str(target)))


def same(target: Path, path: Path) -> bool:
    """Whether both are there, and are one file or folder."""
    return target.exists() and path.exists() and target.samefile(path)


def _refuse_twins(inputs: Sequence[Input], made: list[Path]) -> None:
    """Two inputs may not become one file, on a file system that does not know upper case either."""
    seen: dict[str, Input] = {}
    for item, target in zip(inputs, made, strict=True):
        twin = seen.setdefault(str(target).casefold(), item)
        if twin is not item:
            raise Failure(f"{twin.path} and {item.path} would both be written here; nothing was written", target)
