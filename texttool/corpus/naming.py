"""How the texts of a run are named to the commands that are advised for them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from texttool.config import Options
from texttool.corpus import kinds
from texttool.measure.prescription import Named
from texttool.walk import Input


def named(paths: Sequence[Path], items: Sequence[Input], options: Options) -> Named:
    """All of a run: ``items`` are what was found under ``paths``."""
    words = tuple(str(path) for path in paths) or tuple(str(item.path) for item in items)
    folder = len(words) != 1 or any(path.is_dir() for path in paths)
    return Named(words, _reading(options), folder, not folder and all(is_records(item, options) for item in items))


def one(item: Input, options: Options) -> Named:
    """One input by itself."""
    return Named((str(item.path),), _reading(options), records=is_records(item, options))


def is_records(item: Input, options: Options) -> bool:
    """Whether an input holds records, each of which is a text."""
    return kinds.of(item, options).format in kinds.RECORDS


def _reading(options: Options) -> tuple[str, ...]:
    """The options that say how inputs are read, where they were given."""
    encoding = ("--encoding", options.encoding) if options.encoding != "auto" else ()
    fields = (word for field in options.fields for word in ("--field", field))
    name = ("--stdin-filename", str(options.stdin_filename)) if options.stdin_filename else ()
    return (*name, *encoding, *(("--text",) if options.as_text else ()), *fields)
