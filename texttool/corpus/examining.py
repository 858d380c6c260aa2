"""One input -> its portrait, or those of its records: read, cleaned in memory, measured. Nothing is written."""

from __future__ import annotations

from collections.abc import Callable

from texttool.config import Options
from texttool.corpus.checking import assembled
from texttool.corpus.intake import pipeline_of
from texttool.corpus.perfile import PerFile, mark
from texttool.corpus.texts import look
from texttool.document import Document
from texttool.filters import decode
from texttool.finding import Finding
from texttool.measure.portrait import Portrait, portrait
from texttool.pipeline import Result
from texttool.walk import Input


class Examiner:
    """The rules of a run, and then one input after another."""

    def __init__(self, options: Options, passages: int = 3) -> None:
        """``passages`` are to be shown of each text before and after. Raises Failure for rules that do not exist."""
        self.options, self.passages = options, passages
        self.pipeline = pipeline_of(options)
        self.per_file = PerFile(options, self.pipeline)

    def __call__(self, item: Input, give: Callable[[Portrait], None]) -> int:
        """Hands over the portrait of each text of an input. Gives the exit status. Raises Failure."""
        return look(item, self.options, lambda document: give(self._portrait(document)))

    def _portrait(self, document: Document) -> Portrait:
        result, found = self.examined(document)
        return portrait(document, decode.detect(document.data), result, found, self.passages, self.options.recipe)

    def examined(self, document: Document) -> tuple[Result, list[Finding]]:
        """What the rules make of a document, and all that is found in it; of one in no known encoding, just that."""
        pipeline = self.per_file.pipeline_of(document.path)
        guard, marked = mark(document) if document.known else (None, None)
        result = pipeline.run(document.text, guard) if document.known else Result(document.text, document.text, [])
        return result, assembled(document, pipeline.rules, result.findings(), guard, marked)
