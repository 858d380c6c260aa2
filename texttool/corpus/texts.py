"""The texts of one input, for what looks at them and writes nothing: a file is one, of records each is one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any

from texttool import streams
from texttool.config import Options
from texttool.corpus import kinds
from texttool.corpus.intake import FAILED, NOTHING, read
from texttool.document import Document
from texttool.pipeline import Result
from texttool.walk import Input

See = Callable[[Document], None]


def look(item: Input, options: Options, see: See) -> int:
    """Shows each text of an input to ``see``. Gives the exit status: a failure where a record could not be read.

    Raises Failure where the input cannot be read.
    """
    if kinds.of(item, options).format in kinds.RECORDS:
        return _records(item, options, see)
    document = read(item, options).document
    if document is not None:
        see(document)
    return NOTHING


def _records(item: Input, options: Options, see: See) -> int:
    """The strings of the wanted fields, read as they would be cleaned, by a cleaner that changes nothing."""
    from texttool.corpus.job import Job
    from texttool.corpus.records.run import clean

    met: list[Document] = []

    def keep(document: Document) -> Result:
        met.append(document)
        return Result(document.text, document.text, [])

    job = Job(replace(options, check=True), keep)

    def share(parts: Iterable[Any]) -> Iterator[Any]:
        for part in parts:
            made = part(job)
            for document in met:
                see(document)
            met.clear()
            yield made

    outcome = clean(job, item, None, share)
    if outcome.kind == "skipped" and not options.quiet:
        streams.say(f"{item.path}: {outcome.why}")
    return FAILED if outcome.rejected else NOTHING
