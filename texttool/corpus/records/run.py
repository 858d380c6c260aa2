"""Cleans one file of records, part by part: what is read, shared out, put together and written."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any

from texttool import store, streams
from texttool.corpus import kinds, shard
from texttool.corpus.intake import FAILED, FINDINGS, NOTHING
from texttool.corpus.job import Job
from texttool.corpus.outcome import Outcome
from texttool.corpus.packing import Bounded, packed, unpacked
from texttool.corpus.pool import Lost
from texttool.corpus.progress import Progress
from texttool.corpus.records import delimited, jsonarray, jsonlines, parquet
from texttool.corpus.records.jsonspans import tree
from texttool.corpus.records.part import About, Made, Part
from texttool.corpus.records.rejects import Rejects
from texttool.corpus.records.trail import Trail
from texttool.errors import Failure
from texttool.log import Log
from texttool.walk import Input

Share = Callable[[Iterable[Part]], Iterator[Any]]

_READERS: dict[str, Callable[..., Iterator[Part]]] = {
    "jsonl": jsonlines.parts,
    "json": jsonarray.parts,
    "csv": partial(delimited.parts, ","),
    "tsv": partial(delimited.parts, "\t"),
}
_PIECE = 1 << 18  # bytes


class _Nothing(Exception):  # noqa: N818 - it ends the work before anything is written
    """There is no string of the wanted fields in the whole file."""


def clean(
    job: Job,
    item: Input,
    target: Path | None,
    share: Share,
    log: Log | None = None,
    progress: Progress | None = None,
) -> Outcome:
    """Cleans the strings of one file of records; ``share`` runs parts and gives what they made, in order.

    Raises Failure where the file cannot be read or written: then nothing is.
    """
    options = job.options
    if item.refusal:
        raise Failure(item.refusal, item.path)
    if options.diff:
        raise Failure("--diff shows texts, and these are records", item.path)
    if options.to not in ("utf-8", "same") or (options.to == "same" and options.encoding not in ("auto", "utf-8")):
        raise Failure("records are written as UTF-8", item.path)
    with ExitStack() as ending:
        run = _Run(job, item, target, share, progress)
        run.trail = Trail.of(options, target, log, item, run.kind.format == "parquet")
        try:
            return run.all(ending)
        except BaseException as error:
            run.rejects.drop()
            if isinstance(error, _Nothing):
                return run.without()
            raise


class _Run:
    """One file, and the figures of its parts."""

    def __init__(self, job: Job, item: Input, target: Path | None, share: Share, progress: Progress | None) -> None:
        self.job, self.options, self.item, self.target = job, job.options, item, target
        self.share, self.progress = share, progress
        self.kind = kinds.of(item, job.options)
        self.count = Counter[str]()
        self.made, self.left = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
        self.changed = False
        self.hash_in, self.hash_out = hashlib.sha256(), hashlib.sha256()
        # A record that cannot be read is left out only where there is a file beside the output that keeps it.
        self.keep = target is None or job.options.in_place or job.options.check
        self.rejects = Rejects(item, None if target is None or job.options.check else target, job.options)
        self.trail: Trail | None = None

    def without(self) -> Outcome:
        """What becomes of a file that has no such field. Raises Failure where it was the user who named it."""
        names = " or ".join(kinds.fields(self.options))
        if self.item.named and (self.options.fields or self.target is None):
            hint = "" if self.options.fields else "; --field names it"
            raise Failure(f"no record has a string in the field {names}{hint}", self.item.path)
        return Outcome(NOTHING, "skipped", f"without a field {names}")

    def all(self, ending: ExitStack) -> Outcome:
        """Reads, cleans and writes it. Raises Failure."""
        options, target = self.options, self.target
        if self.item.is_stdin:
            file, state = None, streams.stdin_state()
        else:
            file, state = ending.enter_context(store.reading(self.item.path))
        if target is None and state and streams.is_stdout(state):
            raise Failure("is input and output at once; -i rewrites in place", self.item.path)
        pieces = self._pieces(file)
        if target is None:
            for piece in pieces:
                if not options.check:
                    streams.out(piece)
            if self.trail:
                self.trail.end()
        else:
            how = "" if self.kind.format == "parquet" else kinds.by_name(target.name).packed
            if not options.in_place:
                store.make_folder(target.parent)
            store.replace(
                target,
                self._hashed(packed(self._ready(pieces), how, target)),
                was=state if options.in_place else None,
                unless=lambda: options.in_place and not self.changed,
                break_links=options.break_links,
            )
        self.rejects.close()
        return self._outcome()

    def _pieces(self, file: Any) -> Iterator[bytes]:
        """The bytes of the output before they are packed. Raises _Nothing at their end where nothing was to do."""
        if self.kind.format == "parquet":
            path = str(self.item.path)
            yield from parquet.rewritten(file, path, kinds.fields(self.options), self._checked)
            if self.options.manifest:
                file.seek(0)
                for _ in self._read(file):
                    pass
        else:
            bounded = Bounded(self.item.path, self.options.max_size)
            plain = unpacked(self._read(file), self.kind.packed, bounded)
            if self.trail:
                plain = self.trail.watched(plain)
            encoding = "utf-8" if self.options.encoding == "auto" else self.options.encoding
            about = About(tree(kinds.fields(self.options)), encoding, self.keep, self.options.id_field)
            parts = _READERS[self.kind.format](plain, self.item.name, about)
            for made in self._checked(parts):
                if self.trail:
                    self.trail.add(made)
                yield made.data
        if self.count["records"] and not self.count["found"]:
            raise _Nothing

    def _read(self, file: Any) -> Iterator[bytes]:
        if file is None:
            yield streams.stdin_bytes()
            return
        for piece in shard.lines(file, self.item.cut) if self.item.cut else iter(partial(file.read, _PIECE), b""):
            self.count["in"] += len(piece)
            if self.options.manifest:
                self.hash_in.update(piece)
            yield piece

    def _hashed(self, pieces: Iterable[bytes]) -> Iterator[bytes]:
        for piece in pieces:
            self.count["out"] += len(piece)
            if self.options.manifest:
                self.hash_out.update(piece)
            yield piece

    def _ready(self, pieces: Iterable[bytes]) -> Iterator[bytes]:
        """The pieces; when the last has come, the trail and the rejected records are put on the disk before it."""
        yield from pieces
        self.rejects.sync()
        if self.trail:
            self.trail.end()

    def _checked(self, parts: Iterable[Part]) -> Iterator[Made]:
        """What each part made, counted. Raises Failure where a process died."""
        for made in self.share(parts):
            if isinstance(made, Lost):
                raise Failure(f"the process that cleaned it {made.how}; nothing was written", self.item.path)
            self.count.update(records=made.records, found=made.found, rejected=len(made.rejects))
            self.made.update(made.made)
            self.left.update(made.left)
            self.changed |= made.changed
            self.rejects.add(made.rejects)
            if self.progress:
                self.progress.add(0, made.size if not self.kind.packed else 0)
            yield made

    def _outcome(self) -> Outcome:
        status = FAILED if self.count["rejected"] else NOTHING
        unwritten = self.options.in_place and not self.changed
        digests = (self.hash_in.hexdigest(), self.hash_out.hexdigest()) if self.options.manifest else ("", "")
        return Outcome(
            max(status, FINDINGS if self.changed and self.options.check else NOTHING),
            "cleaned" if self.changed else "unchanged",
            size_in=self.count["in"],
            size_out=self.count["in" if unwritten else "out"],
            sha256_in=digests[0],
            sha256_out=digests[0 if unwritten else 1],
            encoding="utf-8" if self.options.encoding == "auto" else self.options.encoding,
            records=self.count["records"],
            rejected=self.count["rejected"],
            made=dict(self.made),
            left=dict(self.left),
        )
