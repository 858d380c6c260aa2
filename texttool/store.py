"""The only module that writes files: whole or not at all."""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

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


def write(path: Path, data: bytes, *, was: Source | None = None, mode: int | None = None) -> bool:
    """Makes ``data`` the content of ``path`` at once; tells whether that took a write.

    A file that has these bytes already is not touched. ``was`` is what the data was made from: where the file is
    another one by now, it is not overwritten. Mode, owner and extended attributes stay; a link is followed.
    Raises Failure: read-only, hard-linked, changed meanwhile, disk full, no such folder.
    """
    target = Path(os.path.realpath(path))
    if was is not None and was.data == data:
        return False
    try:
        state = target.stat() if target.exists() else None
        _refuse(path, target, state, was)
        if state is not None and was is None and state.st_size == len(data) and target.read_bytes() == data:
            return False
        with _replacing(target, state, mode, was) as file:
            file.write(data)
    except OSError as error:
        raise Failure(reason(error), path) from error
    return True


def replace(path: Path, pieces: Iterable[bytes | memoryview]) -> int:
    """Makes the bytes of ``pieces``, one behind the other, the content of ``path`` at once; gives their number.

    They go to a file aside as they come, which takes the name when all are on the disk: whoever reads, and whatever
    kills this process, finds the old file or the new one. Raises Failure.
    """
    target = Path(os.path.realpath(path))
    try:
        state = target.stat() if target.exists() else None
        _refuse(path, target, state, None)
        with _replacing(target, state, None, None) as file:
            for piece in pieces:
                file.write(piece)
            return file.tell()
    except OSError as error:
        raise Failure(reason(error), path) from error


def remove(path: Path) -> None:
    """Removes a file of our own, if it is there. Raises Failure."""
    try:
        path.unlink(missing_ok=True)
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


@contextlib.contextmanager
def journal(path: Path) -> Iterator[BinaryIO]:
    """A file to write to piece by piece, behind what it holds; it takes its name when the block ends, however it ends.

    A new one is private (0600). Where nothing is written, nothing is touched.
    Raises Failure where it cannot be made or finished, or is no file that may be rewritten.
    """
    target = Path(os.path.realpath(path))
    try:
        state = target.stat() if target.exists() else None
        _refuse(path, target, state, None)
        before = target.read_bytes() if state else b""
        from tempfile import mkstemp

        descriptor, name = mkstemp(prefix=f".{target.name[:100]}.", dir=target.parent)
    except OSError as error:
        raise Failure(reason(error), path) from error
    with os.fdopen(descriptor, "wb") as file, contextlib.ExitStack() as ending:
        ending.callback(_unlink, name)
        try:
            file.write(before)
            yield file
        finally:
            _finish(file, target, state, name, path, len(before))


def _finish(file: BinaryIO, target: Path, state: os.stat_result | None, name: str, path: Path, before: int) -> None:
    """Gives a journal its name, where something was written to it."""
    try:
        if file.tell() > before:
            _inherit(file.fileno(), target, state, 0o600)
            sync(file)
            Path(name).replace(target)
    except OSError as error:
        raise Failure(reason(error), path) from error


def _unlink(name: str) -> None:
    with contextlib.suppress(OSError):
        Path(name).unlink()


def make_folder(folder: Path) -> None:
    """The folder and those above it. Raises Failure."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Failure(reason(error), folder) from error


def sync(file: BinaryIO) -> None:
    """Puts on the disk what was written so far."""
    file.flush()
    os.fsync(file.fileno())


def _refuse(path: Path, target: Path, state: os.stat_result | None, was: Source | None) -> None:
    if state is None:
        if was is not None:
            raise Failure("vanished while it was read; not written", path)
        return
    if not stat.S_ISREG(state.st_mode):
        raise Failure("is not a regular file; not written", path)
    if state.st_nlink > 1:
        raise Failure(f"has {state.st_nlink} hard links, which a rewrite would split; not written", path)
    if not os.access(target, os.W_OK):
        raise Failure("is read-only; not written", path)
    _refuse_changed(path, state, was)


def _refuse_changed(path: Path, state: os.stat_result, was: Source | None) -> None:
    if was is not None and _identity(state) != _identity(was.state):
        raise Failure("was changed by another program while it was read; not written", path)


def _identity(state: os.stat_result) -> tuple[int, ...]:
    return state.st_dev, state.st_ino, state.st_size, state.st_mtime_ns


@contextlib.contextmanager
def _replacing(target: Path, state: os.stat_result | None, mode: int | None, was: Source | None) -> Iterator[BinaryIO]:
    """A temporary file beside ``target`` that takes its place when the block ends well, and goes when it does not."""
    from tempfile import mkstemp

    descriptor, name = mkstemp(prefix=f".{target.name[:100]}.", dir=target.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            yield file
            _inherit(file.fileno(), target, state, mode)
            sync(file)
        if state is not None:
            _refuse_changed(target, target.stat(), was)
        Path(name).replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink(missing_ok=True)
        raise
    _sync_folder(target.parent)


def _inherit(descriptor: int, target: Path, state: os.stat_result | None, mode: int | None) -> None:
    """Owner, mode and extended attributes of the file that is replaced; of a new one the mode it would have had."""
    if state is None:
        os.fchmod(descriptor, 0o666 & ~_umask() if mode is None else mode)
        return
    with contextlib.suppress(PermissionError):  # only root may give a file away
        os.fchown(descriptor, state.st_uid, state.st_gid)
    os.fchmod(descriptor, stat.S_IMODE(state.st_mode))
    if hasattr(os, "listxattr"):
        with contextlib.suppress(OSError):  # a file system without attributes
            for name in os.listxattr(target):
                os.setxattr(descriptor, name, os.getxattr(target, name))


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def _sync_folder(folder: Path) -> None:
    """The new name on the disk too, where folders can be synchronised."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
