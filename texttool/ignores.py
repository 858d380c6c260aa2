"""Patterns of gitignore: which paths they match, and what the ignore files of a tree leave out."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

GITIGNORE = ".gitignore"


def matcher(patterns: Sequence[str], root: Path) -> Callable[[str], bool]:
    """Whether a path matches any of ``patterns``, which are relative to ``root`` or to the current folder."""
    from pathspec import GitIgnoreSpec

    spec = GitIgnoreSpec.from_lines(patterns)

    def matches(path: str) -> bool:
        names = {_below(path, root), _below(path, Path())} - {None} or {Path(path).name}
        return any(spec.match_file(name) for name in names if name)

    return matches


def _below(path: str, root: Path) -> str | None:
    """The path relative to ``root``, with slashes; a folder's ends with one. None where it is not below."""
    slash = "/" if path.endswith("/") else ""
    inside = os.path.relpath(os.path.abspath(path), os.path.abspath(root))
    if inside.split(os.sep, 1)[0] == "..":
        return None
    return "" if inside == "." else inside.replace(os.sep, "/") + slash


class LeaveOut:
    """What a walk leaves out below the folders that were named: what is excluded, and what ignore files say."""

    def __init__(self, exclude: Sequence[str], root: Path, *, ignore_files: bool) -> None:
        self._excluded = matcher(exclude, root) if exclude else None
        self._ignore_files = ignore_files

    def excluded(self, path: str) -> bool:
        """Whether a path, which ends with a slash where it is a folder's, is excluded."""
        return self._excluded is not None and self._excluded(path)

    def below(self, top: Path) -> Callable[[str, str, bool], bool]:
        """Whether a folder (its path), a name in it, and whether that is a folder, is to be left out of the walk."""
        files = IgnoreFiles(top) if self._ignore_files else None

        def left_out(folder: str, name: str, is_folder: bool) -> bool:
            if self._excluded and self.excluded(os.path.join(folder, name) + ("/" if is_folder else "")):
                return True
            return files is not None and files.leaves_out(folder, name, is_folder=is_folder)

        return left_out


class IgnoreFiles:
    """The ignore files at and above the folders of one walk, as git reads them: the deepest that speaks decides."""

    def __init__(self, top: Path) -> None:
        self._specs: dict[str, list[tuple[str, Any]]] = {}  # folder -> (folder, patterns), the deepest last
        self._top = os.path.abspath(top)
        self._above = self._repository()

    def leaves_out(self, folder: str, name: str, *, is_folder: bool) -> bool:
        """Whether ``name`` in ``folder``, which is in the walk, is ignored."""
        folder = os.path.abspath(folder)
        specs = self._of(folder)
        path = os.path.join(folder, name) if specs else ""
        for base, spec in reversed(specs):
            inside = os.path.relpath(path, base).replace(os.sep, "/") + ("/" if is_folder else "")
            said = spec.check_file(inside).include
            if said is not None:
                return bool(said)
        return False

    def _of(self, folder: str) -> list[tuple[str, Any]]:
        if folder not in self._specs:
            parent = os.path.dirname(folder)
            above = self._of(parent) if folder != self._above and parent != folder else []
            own = _read(os.path.join(folder, GITIGNORE))
            self._specs[folder] = [*above, (folder, own)] if own else above
        return self._specs[folder]

    def _repository(self) -> str:
        """The root of the repository that holds the top of the walk; the top itself where none does."""
        folder = self._top
        while not os.path.exists(os.path.join(folder, ".git")):
            parent = os.path.dirname(folder)
            if parent == folder:
                return self._top
            folder = parent
        return folder


def _read(path: str) -> Any:
    """The patterns of an ignore file; None where there is none."""
    if not os.path.isfile(path):
        return None
    from pathspec import GitIgnoreSpec

    try:
        return GitIgnoreSpec.from_lines(Path(path).read_text("utf-8", "surrogateescape").splitlines())
    except OSError:
        return None
