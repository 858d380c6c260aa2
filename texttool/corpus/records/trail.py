"""The audit trail of a file of records: the edits of each string, and what it takes to give the file's bytes back."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from texttool import audit, store
from texttool.config import Options
from texttool.corpus import packing, trails
from texttool.corpus.records.part import Made
from texttool.errors import Failure
from texttool.log import Log
from texttool.visible import storable
from texttool.walk import Input


class Trail:
    """What is written of one file, to the trail of the run or to one beside the output."""

    def __init__(self, item: Input, log: Log, how: str, options: Options) -> None:
        """``how`` is the packing of the trail."""
        self.path, self.log, self.how, self.options = storable(item.name), log, how, options
        self.source, self.output = hashlib.sha256(), hashlib.sha256()
        self.parts = self.at = 0

    @classmethod
    def of(cls, options: Options, target: Path | None, log: Log | None, item: Input, packed: bool) -> Trail | None:
        """The trail that the options ask for. Raises Failure where there is none for such a file."""
        if log is None and not options.audit_beside:
            return None
        if packed:
            raise Failure("no trail is kept of Parquet: clean it without --audit, and keep the source", item.path)
        if log is None and target is not None:
            store.make_folder(target.parent)
            log = trails.log(trails.beside(target))
        assert log is not None
        return cls(item, log, trails.how_packed(options.audit), options)

    def watched(self, pieces: Iterable[bytes]) -> Iterator[bytes]:
        """The source, as it passes."""
        for piece in pieces:
            self.source.update(piece)
            yield piece

    def add(self, made: Made) -> None:
        """One part, in its turn. Raises Failure."""
        self.output.update(made.data)
        line = audit.part(self.path, made.line, self.at, made.data, made.source)
        self.log.write(b"".join(packing.packed([line], self.how, self.path)) + made.trail)
        self.at += len(made.data)
        self.parts += 1

    def end(self) -> None:
        """All of it; it is on the disk when this returns. Raises Failure."""
        line = audit.records(self.path, self.parts, self.source.hexdigest(), self.output.hexdigest())
        self.log.write(b"".join(packing.packed([line], self.how, self.path)))
        self.log.sync()
