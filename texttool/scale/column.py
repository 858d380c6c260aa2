"""A column of texts through the pipeline: what every engine runs. The pipeline is built once a process."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from texttool import document
from texttool.config import Options
from texttool.corpus.intake import pipeline_of
from texttool.corpus.outcome import counted
from texttool.corpus.perfile import PerFile, mark
from texttool.document import Document
from texttool.finding import Finding
from texttool.linting import findings
from texttool.pipeline import Result

if TYPE_CHECKING:
    import pyarrow as pa

CLEANED, UNCHANGED, REJECTED = "cleaned", "unchanged", "rejected"


class Done(NamedTuple):
    """What became of one text. A text that is ``rejected`` is as it was, and ``reason`` says why."""

    status: str
    text: str | None
    edits: dict[str, int] = {}  # noqa: RUF012 - by code; never changed
    reason: str = ""
    result: Result | None = None
    read: Document | None = None
    findings: list[Finding] = []  # noqa: RUF012


class Column:
    """Called with texts, it says what became of each."""

    def __init__(self, options: Options, *, lint: bool = False, left: bool = False) -> None:
        """With ``lint`` nothing is changed, and with it or ``left`` what is found and not mended is told as well.

        Raises Failure for a filter or a code that does not exist.
        """
        pipeline = pipeline_of(options)
        self.lint, self.left = lint, left
        self.per_file = PerFile(options, pipeline if lint or left else pipeline.editing())

    def each(self, texts: Iterable[tuple[str, str | None]]) -> Iterator[Done]:
        """What becomes of texts with their names."""
        return (self.text(name, text) for name, text in texts)

    def text(self, name: str, text: str | None) -> Done:
        """What becomes of one text; nothing of what goes wrong is raised but a lack of memory."""
        if text is None or (text.isascii() and not text.strip()):
            return Done(UNCHANGED, text)
        try:
            return self.document(document.load(text.encode(), name, "utf-8"))
        except UnicodeEncodeError as error:
            return Done(REJECTED, text, reason=f"character {error.start + 1} is half of a surrogate pair")

    def document(self, read: Document) -> Done:
        """The same for a text that was read from a file."""
        try:
            return self._linted(read) if self.lint else self._cleaned(read)
        except MemoryError:
            raise
        except Exception as error:  # whatever it is, the other texts are cleaned
            return Done(REJECTED, read.text, reason=f"internal error: {type(error).__name__}: {error}")

    def _cleaned(self, read: Document) -> Done:
        guard = mark(read)[0]
        result = self.per_file.pipeline_of(read.path).run(read.text, guard)
        text = read.encode(result.text, "utf-8").decode("utf-8")
        made = {code: count for (code, _), count in sorted(counted(result)[0].items())}
        found = self._left(result) if self.left else []
        status = UNCHANGED if result.text == read.text else CLEANED
        return Done(status, text, made, result=result, read=read, findings=found)

    def _left(self, result: Result) -> list[Finding]:
        mended = {stage.rule.code for stage in result.stages if stage.applied}
        return [finding for finding in result.findings() if finding.code not in mended]

    def _linted(self, read: Document) -> Done:
        pipeline = self.per_file.pipeline_of(read.path)
        found = findings(read.text, pipeline.rules, unsafe=pipeline.unsafe, guard=mark(read)[0])
        return Done(UNCHANGED, read.text, read=read, findings=found)


def arrow(done: Iterable[Done]) -> pa.StructArray:
    """Texts as an Arrow column of ``text``, ``edits`` (counts by code), ``status`` and ``reason``."""
    import pyarrow as pa

    rows = [(one.text if _holds(one.text) else None, list(one.edits.items()), one.status, one.reason) for one in done]
    text, edits, status, reason = zip(*rows, strict=True) if rows else ((), (), (), ())
    columns: list[Any] = [
        pa.array(text, pa.large_string()),
        pa.array(edits, pa.map_(pa.string(), pa.int64())),
        pa.array(status, pa.string()),
        pa.array(reason, pa.string()),
    ]
    return pa.StructArray.from_arrays(columns, ["text", "edits", "status", "reason"])


def _holds(text: str | None) -> bool:
    """Whether a column of UTF-8 can hold it."""
    try:
        return text is not None and bool(text.encode() or True)
    except UnicodeEncodeError:
        return False
