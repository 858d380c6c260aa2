"""Files that only grow, entry by entry, and locks: what a run writes while it goes on."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from texttool.aside import sync
from texttool.errors import Failure, reason
from texttool.store import refuse


class Log:
    """A file that only grows, entry by entry; made, private (0600), at the first. What a kill cut is cut off first."""

    def __init__(self, path: Path, whole: int) -> None:
        """Writes behind the first ``whole`` bytes of what is there. Raises Failure where that may not be."""
        self.path = path
        self.size = whole
        self._file: BinaryIO | None = None
        target = Path(os.path.realpath(path))
        try:
            target.parent.stat()
            refuse(path, target, target.stat() if target.exists() else None, None, False)
        except OSError as error:
            raise Failure(reason(error), path) from error

    def write(self, entry: bytes) -> None:
        """Adds one entry, whole or not at all. Raises Failure."""
        try:
            if self._file is None:
                self._file = os.fdopen(os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600), "r+b", buffering=0)
                self._file.truncate(self.size)
            self._file.seek(self.size)
            rest = memoryview(entry)
            while rest:
                rest = rest[self._file.write(rest) or 0 :]
            self.size += len(entry)
        except OSError as error:
            with contextlib.suppress(OSError):
                if self._file:
                    self._file.truncate(self.size)
            raise Failure(reason(error), self.path) from error

    def sync(self) -> None:
        """Puts on the disk what was written so far. Raises Failure."""
        try:
            if self._file:
                sync(self._file)
        except OSError as error:
            raise Failure(reason(error), self.path) from error

    def close(self) -> None:
        """Ends it. Raises Failure."""
        self.sync()
        if self._file:
            self._file.close()
            self._file = None


@contextlib.contextmanager
def lock(path: Path) -> Iterator[None]:
    """Holds the lock ``path``, a file that is made and stays; the system frees it when the process ends, however.

    Raises Failure where another process holds it. Where the system has no such locks nothing is locked.
    """
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    except OSError as error:
        raise Failure(reason(error), path) from error
    try:
        _lock(descriptor, path)
        yield
    finally:
        os.close(descriptor)


def _lock(descriptor: int, path: Path) -> None:
    try:
        import fcntl
    except ImportError:
        return
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise Failure("is in use by another process", path.parent) from error
