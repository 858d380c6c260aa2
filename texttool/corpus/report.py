"""Texts as one page: examined one by one, compared with each other, drawn, and written whole."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from texttool import store, streams
from texttool.config import Options
from texttool.corpus.examining import Examiner
from texttool.corpus.intake import NOTHING, inputs
from texttool.corpus.kinds import suffixes
from texttool.corpus.naming import named, one
from texttool.corpus.shard import share
from texttool.corpus.shared import each
from texttool.corpus.target import refuse_other
from texttool.errors import Failure
from texttool.filters.dedup import find_duplicates
from texttool.measure.tally import Tally
from texttool.report import html, ours
from texttool.report.gathered import Gathered, told
from texttool.report.portraits import entry
from texttool.walk import Input

_COMPARED = 64 << 20  # code points of all texts: to compare more is what `dedup --index` is for


class _Examined(NamedTuple):
    """What is kept of one text."""

    entry: dict[str, Any]
    tally: Tally
    text: str


class _Work:
    """One input -> what is kept of each of its texts."""

    def __init__(self, options: Options) -> None:
        self.options, self.examiner = options, Examiner(options)

    def __call__(self, item: Input, give: Callable[[_Examined], None]) -> int:
        alone = one(item, self.options)
        return self.examiner(item, lambda made: give(_Examined(entry(made, alone), made.tally, made.text)))


def report(paths: tuple[Path, ...], options: Options) -> int:
    """Writes the page of the texts under ``paths``. Gives the exit status. Raises Failure."""
    html.check()
    work = _Work(options)
    items = list(share(_without(options.output, inputs(paths, options, suffixes(options))), options, records=False))
    refuse_other(options.output, "page of report", ours.page)
    status, entries, tally = NOTHING, list[dict[str, Any]](), Tally()
    texts, size = dict[str, str](), 0
    for taken in each(items, work, options):
        status = max(status, taken.status)
        for found in taken.values:
            if found.entry["path"] in texts:
                continue
            entries.append(found.entry)
            tally.update(found.tally)
            size += len(found.text)
            texts[found.entry["path"]] = found.text if size <= _COMPARED else ""
    if not entries:
        raise Failure("there is no text to report on")
    compared = size <= _COMPARED
    groups, more = told(list(find_duplicates(texts)), texts) if compared else ([], 0)
    page = html.page(Gathered(named(paths, items, options), entries, tally, groups, more, compared))
    if options.output is None:
        streams.out(page)
    else:
        store.write(options.output, page)
        if not options.quiet:
            findings = sum(sum(one["findings"].values()) for one in entries)
            words = [f"{n:,} {word}{'s' * (n != 1)}" for n, word in ((len(entries), "text"), (findings, "finding"))]
            streams.say(f"{options.output}: {', '.join(words)}")
    return status


def _without(output: Path | None, items: Iterator[Input]) -> Iterator[Input]:
    """The inputs but for the page itself, where an earlier one lies among the texts. Raises Failure if it is named."""
    own = os.path.realpath(output) if output else None
    for item in items:
        if own is None or item.is_stdin or os.path.realpath(item.path) != own:
            yield item
        elif item.named:
            raise Failure("is a text and the report at once", item.path)
