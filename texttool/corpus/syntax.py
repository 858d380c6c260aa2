"""Files that were named though they hold no prose: they are cleaned, for that was asked for, and it is told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from texttool.config import Options
from texttool.corpus import kinds
from texttool.corpus.intake import path_of
from texttool.pipeline import Pipeline
from texttool.rulebook import load
from texttool.walk import Input, prose


def warnings(items: Iterable[Input], options: Options, pipeline: Pipeline) -> Iterator[str]:
    """A line for each of ``items`` that is a program or a table by its name and is cleaned as if it were prose.

    None where the rules leave alone what is syntax there, and none with ``--text``, which says that it is text.
    """
    if options.as_text:
        return
    found = [item for item in items if _is_syntax(item, options)]
    for item in found if found and _edits_syntax(pipeline) else ():
        path = path_of(item, options)
        records = kinds.by_name(path).format in kinds.RECORDS
        hint = "--field NAME cleans one column of it" if records else "its syntax is not known to texttool"
        yield f"{path}: cleaned as plain text; {hint}"


def _is_syntax(item: Input, options: Options) -> bool:
    """Whether it was named, and is read as a text although its name says that it is none."""
    name = Path(path_of(item, options)).name.lstrip(".")
    return item.named and not item.archive and kinds.of(item, options).format == kinds.TEXT and not prose(name)


def _edits_syntax(pipeline: Pipeline) -> bool:
    families = tuple(load("files")["edits_syntax"])
    return any(rule.code.startswith(families) for rule in pipeline.editing().rules)
