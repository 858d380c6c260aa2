"""An index of passages on disk: which files it knows, in which state, and in which segment each stands.

A folder holds ``manifest.json`` and segment files that never change. An update writes new segments first and then the
manifest, each aside, synchronised and renamed (``store.replace``): whatever kills it, the index is the old one or the
new one. What no manifest names is removed by the next update. One process updates at a time.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple

from texttool import store
from texttool.corpus.dedup_segment import SEED, STEP, WINDOW, Segment, Shape, opened
from texttool.errors import Failure, reason
from texttool.rulebook import rules_dir

VERSION = 2  # of the layout, the seeds and their hashes
MANIFEST, LOCK, SUFFIX = "manifest.json", "lock", ".segment"


class Entry(NamedTuple):
    """A file that is in the index: its state when it was read, and where it stands. ``path`` is below the index."""

    path: str
    size: int
    mtime: int  # nanoseconds
    ctime: int  # the same, of the last change of any kind: who writes a file can set back its time, but not this one
    digest: str
    encoding: str
    segment: str
    number: int  # in the segment

    def is_now(self, state: os.stat_result) -> bool:
        """Whether a file in this state is the one that was read."""
        return (self.size, self.mtime, self.ctime) == (state.st_size, state.st_mtime_ns, state.st_ctime_ns)


class Index(NamedTuple):
    """What the manifest says: files by path, segments by name. ``root`` is the folder with all links followed."""

    folder: Path
    root: str
    files: dict[str, Entry]
    shapes: dict[str, Shape]

    def key(self, path: Path) -> str:
        """The path of a file or a folder as the index names it, all links followed."""
        whole = os.path.abspath(path)  # noqa: PTH100 - of ten thousand files: five times as fast as Path
        if os.path.islink(whole):  # noqa: PTH114
            whole = os.path.realpath(whole)
        parent, name = os.path.split(whole)
        return os.path.join(_relative(parent, self.root), name) if name else _relative(parent, self.root)  # noqa: PTH118

    def path(self, key: str) -> str:
        """The path of a file that the index names so."""
        return f"{self.root}{os.sep}{key}"

    def name(self, key: str) -> str:
        """The same, as a user would name it from here."""
        path = os.path.normpath(self.path(key))
        here = os.path.relpath(path)
        return path if here.startswith("..") else here

    def segment(self, name: str) -> Segment:
        """A segment, mapped. Raises Failure, and FileNotFoundError where an update has just replaced it."""
        return opened(self.folder / name, self.shapes[name])


@lru_cache(maxsize=1024)
def _relative(folder: str, root: str) -> str:
    """An absolute path of a folder, as seen from ``root``."""
    return os.path.relpath(os.path.realpath(folder), root)


def load(folder: Path) -> Index:
    """The index in ``folder``. Raises Failure where there is none, or one that is damaged or not of this version."""
    try:
        data = json.loads((folder / MANIFEST).read_bytes())
        made = data["version"]
    except FileNotFoundError as error:
        raise Failure("is no index; name the folders to build it from", folder) from error
    except OSError as error:
        raise Failure(reason(error), folder) from error
    except (ValueError, KeyError, TypeError) as error:
        raise Failure("is damaged; remove the index and build it again", folder / MANIFEST) from error
    if made != _version():
        raise Failure("was made by another version of texttool; remove it and build it again", folder)
    try:
        files = {entry[0]: entry for entry in map(Entry._make, data["files"])}
        return Index(
            folder, os.path.realpath(folder), files, {name: Shape(*shape) for name, shape in data["segments"].items()}
        )
    except (ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
        raise Failure("is damaged; remove the index and build it again", folder / MANIFEST) from error


def digest_of(data: bytes) -> str:
    """What tells contents apart."""
    return blake2b(data, digest_size=16).hexdigest()


def _version() -> str:
    """Of all that decides what the index holds: the layout and the seeds, and the tables of folding."""
    tables = b"".join((rules_dir() / "tables" / name).read_bytes() for name in ("fold.tsv", "fold-kept.tsv"))
    return f"{VERSION}-{SEED}-{WINDOW}-{STEP}-{digest_of(tables)}"


def save(index: Index) -> None:
    """Makes ``index`` the one that is on the disk. Raises Failure."""
    used = {entry.segment for entry in index.files.values()}
    data: dict[str, Any] = {
        "version": _version(),
        "segments": {name: shape for name, shape in index.shapes.items() if name in used},
        "files": list(index.files.values()),
    }
    store.replace(index.folder / MANIFEST, [json.dumps(data).encode()])


def tidy(index: Index) -> None:
    """Removes segments that the manifest does not name, and what a killed update left aside."""
    used = {entry.segment for entry in index.files.values()}
    for path in _ours(index.folder):
        if path.name not in used and path.name not in (MANIFEST, LOCK):
            store.remove(path)


def _ours(folder: Path) -> Iterator[Path]:
    for path in folder.iterdir():
        aside = path.name.startswith((f".{MANIFEST}.", f".{LOCK}.")) or f"{SUFFIX}." in path.name
        if aside or path.name in (MANIFEST, LOCK) or path.suffix == SUFFIX:
            yield path


def refuse_foreign(folder: Path) -> None:
    """Raises Failure where the folder holds what is not ours."""
    ours = set(_ours(folder))
    if any(path not in ours for path in folder.iterdir()):
        raise Failure("is no index and not empty; name a folder of its own for it", folder)
