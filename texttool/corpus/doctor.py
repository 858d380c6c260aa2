"""What ails texts: a screen for each, or for folders the kinds of trouble in them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from texttool import streams
from texttool.config import Options
from texttool.corpus.examining import Examiner
from texttool.corpus.intake import FINDINGS, NOTHING, inputs
from texttool.corpus.shared import each
from texttool.walk import Input


def doctor(paths: tuple[Path, ...], options: Options) -> int:
    """Writes what ails the texts under ``paths``. Gives the exit status: 1 where anything does. Raises Failure."""
    work = _Work(options)
    items = list(inputs(paths, options))
    status, found = NOTHING, list[dict[str, Any]]()
    folder = any(path.is_dir() for path in paths) or options.files_from is not None
    for taken in each(items, work, options, writes=not folder and options.output_format != "json"):
        status = max(status, taken.status)
        if taken.value is None:
            continue
        status = max(status, FINDINGS if taken.value["findings"] else NOTHING)
        if folder or options.output_format == "json":
            found.append(taken.value)
        else:
            _draw(taken.value, options)
    if options.output_format == "json":
        for piece in _as_json(found):
            streams.out(piece.encode())
    elif folder and found:
        from texttool.report import screen, ward

        columns = screen.width()
        named = [str(path) for path in paths] or [entry["path"] for entry in found]
        streams.out(screen.drawn(ward.tables(found, named, columns), options.color, columns))
    return status


class _Work:
    """One input -> its portrait as JSON objects hold it; None for what is no text."""

    def __init__(self, options: Options) -> None:
        self.examiner = Examiner(options)

    def __call__(self, item: Input) -> dict[str, Any] | None:
        from texttool.report.portraits import entry

        portrait = self.examiner(item)
        return entry(portrait) if portrait else None


def _draw(found: dict[str, Any], options: Options) -> None:
    from texttool.report import doctor as report
    from texttool.report import screen

    columns = screen.width()
    streams.out(screen.drawn(report.screen(found, columns), options.color, columns))


def _as_json(found: list[dict[str, Any]]) -> Iterator[str]:
    """An array, an object a line."""
    yield "["
    for i, entry in enumerate(found):
        yield f"{',' if i else ''}\n{json.dumps(entry, ensure_ascii=False)}"
    yield "\n]\n" if found else "]\n"
