"""Reads files, and writes them whole or not at all."""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import BinaryIO, NamedTuple, cast

from texttool.aside import replacing, sync_folder
from texttool.errors import Failure, reason

# What a shell hands over for `<(command)` and for standard input: pipes that may be read like a file.
_PIPES = ("/dev/fd/", "/dev/stdin", "/proc/self/fd/")
_MANY = 16  # files: fewer are put on the disk one by one, and what other programs write is left to them


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
        return _read(path, found.st_size)
    except (OSError, ValueError) as error:
        raise Failure(reason(error) if isinstance(error, OSError) else str(error), path) from error


def _read(path: Path, size: int) -> Source:
    """What the file holds, which is probably of ``size`` bytes: of many small files a file object costs the most."""
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    try:
        data = os.read(handle, size + 1)
        if len(data) != size:  # a pipe, or a file that is being written
            with open(handle, "rb", buffering=0, closefd=False) as rest:
                data += rest.read()
        return Source(data, os.fstat(handle))
    finally:
        os.close(handle)


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
    import shutil
    import tempfile

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
    lasting: bool = True,
) -> bool:
    """Makes ``data`` the content of ``path`` at once; tells whether that took a write.

    A file that has these bytes already is not touched. ``was`` is what the data was made from: where the file is
    another one by now, it is not overwritten. Mode, owner and extended attributes stay; a link is followed.
    What is not ``lasting`` at once, because many files are written, must be settled when all are.
    Raises Failure: read-only, hard-linked (unless ``break_links``), changed meanwhile, disk full, no such folder.
    """
    then = was.state if isinstance(was, Source) else was
    target = Path(os.path.realpath(path))
    if isinstance(was, Source) and was.data == data:
        return False
    try:
        state = target.stat() if target.exists() else None
        refuse(path, target, state, then, break_links)
        if state is not None and then is None and state.st_size == len(data) and target.read_bytes() == data:
            return False
        check = partial(_refuse_later, path, target, state, then)
        with replacing(target, state, mode, check, lasting=lasting) as file:
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
        refuse(path, target, state, was, break_links)
        with replacing(target, state, None, partial(_refuse_later, path, target, state, was)) as file:
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


def settle(paths: Collection[Path], *, new: bool) -> Iterator[Failure]:
    """Puts on the disk what was written under ``paths`` without being lasting; gives each that did not get there.

    Of files that took the place of others, which are not ``new``, only the names are left to do. The system is told
    once of all of them, which takes a tenth of the time that telling it of each in turn does; asked for each behind
    that, it has nothing left to do but to say whether that went well.
    """
    if new and len(paths) > _MANY and hasattr(os, "sync"):
        os.sync()
    for path in paths if new else ():
        try:
            with path.open("rb") as file:
                os.fsync(file.fileno())
        except OSError as error:
            yield Failure(reason(error), path)
    for folder in {path.parent for path in paths}:
        sync_folder(folder)


def remove(path: Path) -> None:
    """Removes a file of our own, if it is there. Raises Failure."""
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise Failure(reason(error), path) from error


def remove_folder(path: Path) -> None:
    """Removes a folder of our own with all that is in it. Raises Failure."""
    import shutil

    try:
        shutil.rmtree(path)
    except OSError as error:
        raise Failure(reason(error), path) from error


def make_folder(folder: Path) -> None:
    """The folder and those above it. Raises Failure."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Failure(reason(error), folder) from error


def refuse(
    path: Path, target: Path, state: os.stat_result | None, was: os.stat_result | None, break_links: bool
) -> None:
    """Raises Failure where ``target``, as which ``path`` is known and whose state is ``state``, may not be written.

    ``was`` is its state when it was read: it must be there still, and unchanged.
    """
    if state is None:
        if was is not None:
            raise Failure("vanished while it was read; not written", path)
        return
    if not stat.S_ISREG(state.st_mode):
        kind = "a directory" if stat.S_ISDIR(state.st_mode) else "not a regular file"
        raise Failure(f"is {kind}; not written", path)
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
