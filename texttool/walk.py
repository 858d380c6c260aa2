"""Paths -> files, in a fixed order."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from texttool.document import STDIN
from texttool.leftout import HIDDEN, IGNORED, LINKS, NOT_TEXT, LeftOut
from texttool.rulebook import load

if TYPE_CHECKING:
    from texttool.ignores import LeaveOut


class Cut(NamedTuple):
    """Part ``number`` (from 1) of ``of`` of a file of lines: those that begin at the bytes ``start`` to ``end``."""

    number: int
    of: int
    start: int
    end: int


class Input(NamedTuple):
    """One file to read. ``inside`` is its path below the folder that was named, or its name where it was named.

    A file inside an archive has a path below that of the archive; ``member`` is its name there. Where it may not be
    read at all, ``refusal`` says why. Of a file that is shared out by its lines, ``cut`` says which are meant.
    """

    path: Path
    inside: Path
    archive: Path | None = None
    member: str = ""
    refusal: str = ""
    named: bool = True  # by the user, and not found below a folder
    cut: Cut | None = None

    @property
    def name(self) -> str:
        """What messages and trails call it; lines of a part are counted from the byte that is named there."""
        return f"{self.path}@{self.cut.start}" if self.cut else str(self.path)

    @property
    def is_stdin(self) -> bool:
        """Whether this is standard input and no file."""
        return str(self.path) == STDIN


def walk(
    paths: tuple[Path, ...],
    leave_out: LeaveOut | None = None,
    also: Collection[str] = (),
    left: LeftOut | None = None,
) -> Iterator[Input]:
    """Every file named, and every one below a folder named, sorted by the bytes of its path; no file twice.

    Below a folder, hidden names are left out, and files that by their names hold programs or tables, unless ``also``
    has their suffix; links to folders are not followed, nor links to what lies outside it. What cannot be looked into,
    a folder or a link to nothing, is among them: to read it fails with the reason. ``leave_out`` says what
    else is left out below a folder; what is left out is counted in ``left``.
    """
    seen: set[tuple[int, int]] = set()
    left = left or LeftOut()
    for path in paths or (Path(STDIN),):
        if not path.is_dir():
            yield Input(path, Path(path.name))
            continue
        met, top = False, len(os.path.join(path, ""))
        for file, state in _below(path, leave_out.below(path) if leave_out else _nothing, also, left):
            met = True
            if (state.st_dev, state.st_ino) not in seen:
                seen.add((state.st_dev, state.st_ino))
                yield Input(Path(file), Path(file[top:]), named=False)
        if not met:
            left.barren.append(path)


def _below(
    folder: Path, left_out: Callable[[str, str, bool], bool], also: Collection[str], left: LeftOut
) -> Iterator[tuple[str, os.stat_result]]:
    """The files below a folder and their states, sorted by the bytes of their paths.

    The system is asked once of each: paths and their methods take longer than all else that is done to a small file.
    """
    root = Path(os.path.realpath(folder))
    files: list[str] = []
    closed: list[OSError] = []
    for parent, folders, names in os.walk(folder, onerror=closed.append):
        here = [name for name in folders if not name.startswith(".") and not left_out(parent, name, True)]
        kept = [name for name in names if prose(name, also) and not left_out(parent, name, False)]
        files += [os.path.join(parent, name) for name in kept]
        _count(left, parent, set(folders).difference(here), here, set(names).difference(kept), also)
        folders[:] = here
    files += [str(error.filename) for error in closed]
    for file in sorted(files, key=os.fsencode):
        state = os.lstat(file)
        if not stat.S_ISLNK(state.st_mode) or not os.path.exists(file):
            yield file, state
        elif _inside(Path(file), root):
            yield file, os.stat(file)
        else:
            left.file(LINKS)


def _count(
    left: LeftOut, parent: str, closed: set[str], folders: list[str], files: set[str], also: Collection[str]
) -> None:
    """Counts what is left out in one folder: folders, links among those that are not, and files."""
    for name in closed:
        left.folder(HIDDEN if name.startswith(".") else IGNORED)
    for name in folders:
        if os.path.islink(os.path.join(parent, name)):
            left.folder(LINKS)
    for name in files:
        left.file(*_why(name, also))


def _why(name: str, also: Collection[str]) -> tuple[str, str]:
    """Why a file is left out, and the suffix of its name."""
    if name.startswith("."):
        return HIDDEN, ""
    return (IGNORED, "") if prose(name, also) else (NOT_TEXT, suffix_of(name)[0])


def _nothing(_folder: str, _name: str, _is_folder: bool) -> bool:
    return False


def prose(name: str, also: Collection[str] = ()) -> bool:
    """Whether a file of this name is read where it is found: not hidden, no program and no table."""
    suffix = suffix_of(name)[0]
    return not name.startswith(".") and (suffix in also or suffix not in load("files")["not_prose"])


def suffix_of(name: str) -> tuple[str, str]:
    """What the name says of the content (``.txt``), and how it is packed (``.gz``; empty where it is not)."""
    name = name.lower()
    suffix = last_suffix(name)
    if suffix not in load("files")["packed"]:
        return suffix, ""
    return last_suffix(name[: -len(suffix)]), suffix


def last_suffix(name: str) -> str:
    """As ``Path(name).suffix``, without a path: it is asked of every name in a walk."""
    at = name.rfind(".")
    return name[at:] if 0 < at < len(name) - 1 else ""


def _inside(link: Path, root: Path) -> bool:
    return link.is_file() and Path(os.path.realpath(link)).is_relative_to(root)
