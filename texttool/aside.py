"""A file that is written aside and takes its name when it is whole; ``store`` is the only module that uses this."""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

_NAMED = "/proc/self/fd"  # where Linux gives a file without a name one


@contextlib.contextmanager
def replacing(
    target: Path, state: os.stat_result | None, mode: int | None, check: Callable[[], None], *, lasting: bool = True
) -> Iterator[BinaryIO]:
    """A file aside that takes the place of ``target`` when the block ends well, and goes when it does not.

    ``state`` is that of the file that is replaced, None where there is none; ``check`` looks at it once more at the
    last moment. Where the system can, the file has no name until it is whole, so that a kill leaves nothing behind.
    What replaces a file is on the disk before it takes its name. That the new name is too, and all of a file that
    replaces none, is left to the caller where it need not be ``lasting`` at once.
    """
    descriptor, names = _nameless(target.parent) or _named(target)
    try:
        with os.fdopen(descriptor, "wb") as file:
            yield file
            inherit(file.fileno(), target, state, mode)
            if lasting or state is not None:
                sync(file)
            file.flush()
            check()
            if not names:
                _christen(file.fileno(), target, names, new=state is None)
                for name in names:  # at once: a kill between the two leaves the whole file under its name aside
                    Path(name).replace(target)
                names.clear()
        for name in names:
            Path(name).replace(target)
    except BaseException:
        for name in names:
            unlink(name)
        raise
    if lasting:
        sync_folder(target.parent)


def _nameless(folder: Path) -> tuple[int, list[str]] | None:
    """A file in ``folder`` that has no name; None where there is no such thing."""
    if not hasattr(os, "O_TMPFILE") or not Path(_NAMED).is_dir():
        return None
    try:
        return os.open(folder, os.O_TMPFILE | os.O_WRONLY | os.O_CLOEXEC, 0o600), []
    except OSError:  # a file system that has none; any other reason shows when a named one is made
        return None


def _named(target: Path) -> tuple[int, list[str]]:
    import tempfile  # seldom needed, and slow to load

    descriptor, name = tempfile.mkstemp(prefix=f".{target.name[:100]}.", dir=target.parent)
    return descriptor, [name]


def _christen(descriptor: int, target: Path, names: list[str], *, new: bool) -> None:
    """Names a nameless file: the target itself where it is ``new``, or else a name aside, which ``names`` holds then.

    It holds it before the file does, so that no signal comes between the two.
    """
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        if new:
            with contextlib.suppress(FileExistsError):  # somebody else made it meanwhile
                _link(descriptor, target.name, folder)
                return
        for attempt in range(10_000):
            name = f".{target.name[:60]}.{os.getpid()}.{attempt}"
            names[:] = [str(target.with_name(name))]
            try:
                _link(descriptor, name, folder)
                return
            except FileExistsError:
                names.clear()
        raise FileExistsError(17, "no free name for a temporary file")
    finally:
        os.close(folder)


def _link(descriptor: int, name: str, folder: int) -> None:
    os.link(f"{_NAMED}/{descriptor}", name, dst_dir_fd=folder, follow_symlinks=True)


def inherit(descriptor: int, target: Path, state: os.stat_result | None, mode: int | None) -> None:
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


def sync(file: BinaryIO) -> None:
    """Puts on the disk what was written so far."""
    file.flush()
    os.fsync(file.fileno())


def unlink(name: str | Path) -> None:
    """Removes a file that may be gone already."""
    with contextlib.suppress(OSError):
        Path(name).unlink()


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def sync_folder(folder: Path) -> None:
    """The new name on the disk too, where folders can be synchronised."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
