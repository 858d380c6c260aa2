"""A part of a file of records, and what becomes of it: what processes hand to each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

from texttool import audit, document
from texttool.corpus import packing, trails
from texttool.corpus.outcome import Counts, counted
from texttool.corpus.records.jsonspans import Tree
from texttool.errors import Failure
from texttool.pipeline import BrokenRule

if TYPE_CHECKING:
    from texttool.corpus.job import Job

SIZE = 1 << 18  # bytes: small enough to share out evenly, large enough that handing it over costs nothing


class Reject(NamedTuple):
    """A record that could not be read: its first line, why, and its bytes."""

    line: int
    reason: str
    raw: bytes
    at: int = 0  # byte of the part's output before which it stood


class Made(NamedTuple):
    """What became of a part. ``values`` are what strings became, where they came without bytes around them."""

    data: bytes = b""
    values: tuple[str | None, ...] = ()
    records: int = 0
    found: int = 0  # strings
    changed: bool = False
    rejects: tuple[Reject, ...] = ()
    made: Counts = {}  # noqa: RUF012 - never changed
    left: Counts = {}  # noqa: RUF012
    trail: bytes = b""  # packed, as its part of the file's trail is
    source: bytes = b""  # the part as it was, where a trail is kept
    line: int = 0
    size: int = 0  # bytes of the part as it was


class About(NamedTuple):
    """What every format must know: the fields, the encoding, whether broken records stay, the field that names one."""

    wanted: Tree
    encoding: str
    keep: bool
    id_field: str | None = None


class Part(NamedTuple):
    """Whole records of a file, as bytes, from line ``line`` on; ``about`` is what the format must know besides."""

    work: Callable[[Part, Cleaner], Made]
    path: str
    line: int
    data: bytes
    about: Any = None

    def __call__(self, job: Job) -> Made:
        """Cleans it."""
        cleaner = Cleaner(job, self.path)
        return self.work(self, cleaner)._replace(
            size=len(self.data),
            source=self.data if cleaner.audited else b"",
            line=self.line,
            trail=cleaner.trail_packed(),
        )


class Cleaner:
    """Cleans the strings of a part, and counts."""

    def __init__(self, job: Job, path: str) -> None:
        self.job = job
        self.path = path
        self.made, self.left = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
        self.found = 0
        self.trail: list[bytes] = []
        self.audited = bool(job.options.audit or job.options.audit_beside)

    def clean(self, value: str, line: int, field: str, name: str = "") -> str:
        """What a string becomes; ``name`` is that of its record. Raises Failure where a rule breaks."""
        self.found += 1
        if value.isascii() and not value.strip():
            return value
        read = document.load(
            value.encode("utf-8", "surrogatepass"), f"{self.path}:{line}:{name}{':' if name else ''}{field}", "utf-8"
        )
        try:
            result = self.job.cleaner(read)
        except BrokenRule as broken:
            raise Failure(f"internal error: {broken}", read.path) from broken
        for counts, more in zip((self.made, self.left), counted(result), strict=True):
            counts.update(more)
        if result.text == read.text:
            return value
        data = read.encode(result.text, "utf-8")
        if self.audited:
            self.trail += audit.record(read, result, data, "utf-8")
        return data.decode("utf-8", "surrogatepass")

    def trail_packed(self) -> bytes:
        """The trail of the part's strings."""
        how = trails.how_packed(self.job.options.audit)
        return b"".join(packing.packed(self.trail, how, self.path)) if self.trail else b""

    def ended(self, **fields: Any) -> Made:
        """What became of the part."""
        return Made(found=self.found, made=dict(self.made), left=dict(self.left), **fields)
