"""Records that could not be read: said, and copied as they are to a file beside the output."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from texttool import store, streams
from texttool.config import Options
from texttool.corpus.records.part import Reject
from texttool.errors import Failure
from texttool.log import Log
from texttool.visible import visible
from texttool.walk import Input

BEHIND = ".REJECTED"  # the name of an output: that of the file of its rejected records
_HEAD = b"# Records that could not be read: a line with the place and the reason, then the record as it was.\n"
_SAID = 10  # rejects of a file that are said one by one


class Rejects:
    """The rejected records of one file."""

    def __init__(self, item: Input, target: Path | None, options: Options) -> None:
        """Raises Failure where the file beside ``target`` is there and is something else."""
        self.item, self.count = item, 0
        in_output = (target is None or options.in_place) and not options.check
        self.kept = " (kept where it is)" if in_output else ""
        self.path = target.with_name(target.name + BEHIND) if target else None
        self._log: Log | None = None
        if self.path and self.path.exists() and not store.read(self.path).data.startswith(_HEAD):
            raise Failure("is there, and holds no rejected records; not written", self.path)

    def add(self, rejects: Iterable[Reject]) -> None:
        """Says and keeps them. Raises Failure."""
        for reject in rejects:
            self.count += 1
            if self.count <= _SAID:
                streams.say(f"{self.item.name}:{reject.line}: {reject.reason}{self.kept}")
            if self.path:
                if self._log is None:
                    self._log = Log(self.path, 0)
                    self._log.write(_HEAD)
                end = b"" if reject.raw.endswith(b"\n") else b"\n"
                place = f"# {visible(self.item.name)}:{reject.line}: {visible(reject.reason)}\n"
                self._log.write(place.encode("utf-8", "backslashreplace") + reject.raw + end)

    def sync(self) -> None:
        """On the disk: the output that is without them takes its place next. Raises Failure."""
        if self._log:
            self._log.sync()

    def drop(self) -> None:
        """Nothing was written: the records are where they were."""
        if self._log and self.path:
            self._log.close()
            store.remove(self.path)

    def close(self) -> None:
        """The output is written. What an earlier run left beside it, and this one did not, goes. Raises Failure."""
        if self.count > _SAID:
            streams.say(f"{self.item.name}: {self.count - _SAID} more records could not be read")
        if self._log:
            self._log.close()
        elif self.path:
            store.remove(self.path)
