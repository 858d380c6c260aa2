"""What ails texts: a screen for each, or for folders the kinds of trouble in them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from texttool import streams
from texttool.config import Options
from texttool.corpus.examining import Examiner
from texttool.corpus.intake import FINDINGS, NOTHING, listed
from texttool.corpus.kinds import suffixes
from texttool.corpus.naming import is_records, named, one
from texttool.corpus.shard import share
from texttool.corpus.shared import each
from texttool.walk import Input


def doctor(paths: tuple[Path, ...], options: Options) -> int:
    """Writes what ails the texts under ``paths``. Gives the exit status: 1 where anything does. Raises Failure."""
    work = _Work(options)
    items = list(share(listed(paths, options, suffixes(options)), options, records=False))
    status, found = NOTHING, list[dict[str, Any]]()
    many = any(path.is_dir() for path in paths) or options.files_from is not None
    many |= any(is_records(item, options) for item in items)
    for taken in each(items, work, options, writes=not many and options.output_format != "json"):
        status = max(status, taken.status)
        status = max(status, FINDINGS if any(one["findings"] for one in taken.values) else NOTHING)
        if many or options.output_format == "json":
            found += taken.values
        else:
            for entry in taken.values:
                _draw(entry, options)
    if options.output_format == "json":
        for piece in _as_json(found):
            streams.out(piece.encode())
    elif many and found:
        from texttool.report import screen, ward

        columns = screen.width()
        streams.out(screen.drawn(ward.tables(found, named(paths, items, options), columns), options.color, columns))
    return status


class _Work:
    """One input -> the portrait of each of its texts, as JSON objects hold it."""

    def __init__(self, options: Options) -> None:
        self.options, self.examiner = options, Examiner(options)

    def __call__(self, item: Input, give: Callable[[dict[str, Any]], None]) -> int:
        from texttool.report.portraits import entry

        alone = one(item, self.options)
        return self.examiner(item, lambda portrait: give(entry(portrait, alone)))


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
