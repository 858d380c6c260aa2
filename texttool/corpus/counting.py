"""One input -> its figures: a small text at once, a large one as it is read, so that memory does not grow."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import BinaryIO, NamedTuple

from texttool.config import Options
from texttool.corpus import kinds
from texttool.corpus.examining import Examiner
from texttool.corpus.intake import NOTHING, read
from texttool.corpus.naming import is_records
from texttool.corpus.sources import opened, size_of
from texttool.corpus.survey import Survey, blocks, survey, whole_lines
from texttool.corpus.texts import look
from texttool.document import KNOWN, Document
from texttool.errors import Failure
from texttool.filters import decode
from texttool.measure.tally import Tally, of_pieces, pieces, tally
from texttool.walk import Input

LARGE = 8 << 20  # bytes: from here on a text is read piece by piece


class Counted(NamedTuple):
    """The figures of one text, and its name."""

    path: str
    tally: Tally


class Counter:
    """Made once for a run, and then told of one input after another."""

    def __init__(self, options: Options) -> None:
        """Raises Failure for rules that do not exist."""
        self.options = options
        self.examiner = Examiner(options) if options.findings else None

    def __call__(self, item: Input, give: Callable[[Counted], None]) -> int:
        """Hands over the figures of an input, of each of its records where each is asked for. Gives the exit status.

        Raises Failure.
        """
        if is_records(item, self.options):
            return self._records(item, give)
        data = None
        if self._may_be_large(item):
            counted, data = self._streamed(item)
            if counted:
                give(counted)
                return NOTHING
        document = read(item, self.options, data).document
        if document is not None:
            give(self._whole(document))
        return NOTHING

    def _records(self, item: Input, give: Callable[[Counted], None]) -> int:
        if self.options.each:
            return look(item, self.options, lambda document: give(self._whole(document)))
        total = Tally()
        status = look(item, self.options, lambda document: total.update(self._whole(document).tally))
        give(Counted(str(item.path), total))
        return status

    def _may_be_large(self, item: Input) -> bool:
        plain = kinds.of(item, self.options) == kinds.PLAIN and not item.refusal
        return plain and not self.options.findings and (item.is_stdin or size_of(item) > LARGE)

    def _whole(self, document: Document) -> Counted:
        made = tally(document.text)
        made.counts.update({"bytes": len(document.data), f"encoding {document.encoding}": 1})
        if not document.known:
            made.counts["encoding in doubt"] = 1
        if self.examiner:
            made.counts.update(f"finding {finding.code}" for finding in self.examiner.examined(document)[1])
        return Counted(document.path, made)

    def _streamed(self, item: Input) -> tuple[Counted | None, bytes | None]:
        """The same of a large text; or its bytes, where it takes all of them to tell how they are to be read."""
        with opened(item, LARGE) as (file, size):
            try:
                found = survey(file, size, self.options.encoding)
            except LookupError as error:
                raise Failure(f"unknown encoding {self.options.encoding!r}", item.path) from error
            if not found.encoding or found.confidence < KNOWN:
                file.seek(0)
                return None, file.read()
            made = of_pieces(_texts(file, found))
        made.counts.update({"bytes": size, f"encoding {found.encoding}": 1})
        return Counted(str(item.path), made), None


def _texts(file: BinaryIO, found: Survey) -> Iterator[str]:
    """The text of a file, piece by piece; line ends of one style as LF."""
    for chunk in whole_lines(blocks(file), found.newline[-1].encode(), len(found.bom)):
        text = decode.read_lines(chunk, found.encoding).text
        yield from pieces(text.replace(found.newline, "\n") if found.newline != "\n" else text)
