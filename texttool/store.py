"""The only module that writes files: whole or not at all."""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple, cast

from texttool.aside import replacing, sync
from texttool.errors import Failure, reason

# What a shell hands over for `<(command)` and for standard input: pipes that may be read like a file.
_PIPES = ("/dev/fd/", "/dev/stdin", "/proc/self/fd/")


class Source(NamedTuple):
    """The bytes of a file, and its state when they were read: a later write compares it."""

    data: bytes
    state: os.stat_result


def read(path: Path) -> Source:
    """The whole file. Raises Failure where it is missing, unreadable or not a regular file."""
    try:
        found = path.stat()
        if stat.S_ISDIR(found.st_mode):
            os.scandir(path).close()  # one that cannot be read says so
            raise Failure("is a directory", path)
        if not stat.S_ISREG(found.st_mode) and not str(path).startswith(_PIPES):
            raise Failure("is not a regular file", path)
        with path.open("rb") as file:
            return Source(file.read(), os.fstat(file.fileno()))
    except (OSError, ValueError) as error:
        raise Failure(reason(error) if isinstance(error, OSError) else str(error), path) from error


@contextlib.contextmanager
def reading(path: Path) -> Iterator[tuple[BinaryIO, os.stat_result]]:
    """A file to read piece by piece, and its state. Raises Failure as ``read`` does, for what the block reads too."""
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode) and not str(path).startswith(_PIPES):
            raise Failure("is a directory" if stat.S_ISDIR(found.st_mode) else "is not a regular file", path)
        with path.open("rb") as file:
            yield file, os.fstat(file.fileno())
    except BrokenPipeError:
        raise
    except OSError as error:
        raise Failure(reason(error), path) from error


@contextlib.contextmanager
def spooled(stream: BinaryIO, most: int) -> Iterator[BinaryIO]:
    """What comes from ``stream``, to be read at will: in memory up to ``most`` bytes, then in a file without a name.

    Raises Failure.
    """
    try:
        with tempfile.SpooledTemporaryFile(max_size=most) as file:
            shutil.copyfileobj(stream, file, 1 << 20)
            yield cast("BinaryIO", file)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise Failure(reason(error), "standard input") from error


def write(
    path: Path,
    data: bytes,
    *,
    was: Source | os.stat_result | None = None,
    mode: int | None = None,
    break_links: bool = False,
) -> bool:
    """Makes ``data`` the content of ``path`` at once; tells whether that took a write.

    A file that has these bytes already is not touched. ``was`` is what the data was made from: where the file is
    another one by now, it is not overwritten. Mode, owner and extended attributes stay; a link is followed.
    Raises Failure: read-only, hard-linked (unless ``break_links``), changed meanwhile, disk full, no such folder.
    """
    then = was.state if isinstance(was, Source) else was
    target = Path(os.path.realpath(path))
    if isinstance(was, Source) and was.data == data:
        return False
    try:
        state = target.stat() if target.exists() else None
        _refuse(path, target, state, then, break_links)
        if state is not None and then is None and state.st_size == len(data) and target.read_bytes() == data:
            return False
        with replacing(target, state, mode, lambda: _refuse_later(path, target, state, then)) as file:
            file.write(data)
    except OSError as error:
        raise Failure(reason(error), path) from error
    return True


def replace(
    path: Path,
    pieces: Iterable[bytes | memoryview],
    *,
    was: os.stat_result | None = None,
    unless: Callable[[], bool] = lambda: False,
    break_links: bool = False,
) -> int:
    """Makes the bytes of ``pieces``, one behind the other, the content of ``path`` at once; gives their number.

    They go to a file aside as they come, which takes the name when all are on the disk: whoever reads, and whatever
    kills this process, finds the old file or the new one. ``was`` and ``break_links`` are as for ``write``; where
    ``unless`` says so when all pieces have come, nothing is touched. Raises Failure.
    """
    target = Path(os.path.realpath(path))
    try:
        state = target.stat() if target.exists() else None
        _refuse(path, target, state, was, break_links)
        with replacing(target, state, None, lambda: _refuse_later(path, target, state, was)) as file:
            for piece in pieces:
                file.write(piece)
            size = file.tell()
            if unless():
                raise _Untouched
            return size
    except _Untouched:
        return size
    except OSError as error:
        raise Failure(reason(error), path) from error


class _Untouched(Exception):  # noqa: N818 - nothing is wrong
    """What was written aside is not needed."""


def remove(path: Path) -> None:
    """Removes a file of our own, if it is there. Raises Failure."""
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise Failure(reason(error), path) from error


def remove_folder(path: Path) -> None:
    """Removes a folder of our own with all that is in it. Raises Failure."""
    try:
        shutil.rmtree(path)
    except OSError as error:
        raise Failure(reason(error), path) from error


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
            _refuse(path, target, target.stat() if target.exists() else None, None, False)
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


def make_folder(folder: Path) -> None:
    """The folder and those above it. Raises Failure."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Failure(reason(error), folder) from error


def _refuse(
    path: Path, target: Path, state: os.stat_result | None, was: os.stat_result | None, break_links: bool
) -> None:
    if state is None:
        if was is not None:
            raise Failure("vanished while it was read; not written", path)
        return
    if not stat.S_ISREG(state.st_mode):
        raise Failure("is not a regular file; not written", path)
    if state.st_nlink > 1 and not break_links:
        raise Failure(
            f"has {state.st_nlink} hard links, which a rewrite would split (--break-links does); not written", path
        )
    if not os.access(target, os.W_OK):
        raise Failure("is read-only; not written", path)
    _refuse_changed(path, state, was)


def _refuse_later(path: Path, target: Path, state: os.stat_result | None, was: os.stat_result | None) -> None:
    """At the last moment: what is replaced must still be what it was when its replacement was begun."""
    if was is not None and state is not None:
        _refuse_changed(path, target.stat(), was)


def _refuse_changed(path: Path, state: os.stat_result, was: os.stat_result | None) -> None:
    if was is not None and _identity(state) != _identity(was):
        raise Failure("was changed by another program while it was read; not written", path)


def _identity(state: os.stat_result) -> tuple[int, ...]:
    return state.st_dev, state.st_ino, state.st_size, state.st_mtime_ns
