"""Brings an index of passages up to date with the files in some folders."""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import NamedTuple

from texttool import store
from texttool.config import Options
from texttool.corpus.dedup_index import (
    LOCK,
    MANIFEST,
    SUFFIX,
    Entry,
    Index,
    digest_of,
    load,
    refuse_foreign,
    save,
    tidy,
)
from texttool.corpus.dedup_segment import STEP, build
from texttool.corpus.intake import NOTHING, guarded, read
from texttool.log import lock
from texttool.walk import Input, walk

# Code points that make a segment full: 50 MB of Chinese. Building one takes about 200 MB of memory.
_FULL = 1 << 24
_SMALL = 8  # segments that are not full: more are made one


class Changes(NamedTuple):
    """How many files came, changed and went, and the exit status of reading them."""

    came: int
    changed: int
    gone: int
    status: int


def update(folder: Path, below: Iterable[Path], options: Options) -> Changes:
    """Brings the index in ``folder`` up to date with the files in the folders ``below``; builds it where there is none.

    Raises Failure where it is not ours, in use, or cannot be written.
    """
    store.make_folder(folder)
    with lock(folder / LOCK):
        if not (folder / MANIFEST).exists():
            refuse_foreign(folder)
            save(Index(folder, "", {}, {}))
        index = load(folder)
        before = dict(index.files)
        changes = _update(index, tuple(below), options)
        if index.files != before:
            save(index)
        tidy(index)
    return changes


def _update(index: Index, below: tuple[Path, ...], options: Options) -> Changes:
    """Changes the index in memory, and writes the segments it then needs."""
    inputs = {index.key(item.path): item for item in walk(below)}
    roots = [index.key(path) for path in below]
    before = dict(index.files)
    gone = [key for key in before if key not in inputs and any(_is_below(key, root) for root in roots)]
    for key in gone:
        del index.files[key]
    writer = _Writer(index, options)
    for key, item in inputs.items():
        if not key.startswith(os.pardir + os.sep):
            continue  # the index itself
        writer.see(key, item)
    for key in _scattered(index):
        writer.take(key, Input(Path(index.name(key)), Path(key)))
    writer.flush()
    came = sum(key not in before for key in index.files)
    return Changes(came, writer.changed, len(gone), writer.status)


def _is_below(key: str, root: str) -> bool:
    """Whether a file is below a folder, both as the index names them: a path that leaves the folder begins with .. ."""
    rest = key.removeprefix(root + os.sep)
    return rest != key and not rest.startswith(os.pardir + os.sep)


def _scattered(index: Index) -> list[str]:
    """The files of segments of which half is dead, and of those that are small where there are many."""
    live: dict[str, int] = {}
    for entry in index.files.values():
        live[entry.segment] = live.get(entry.segment, 0) + 1
    dead = {name for name, shape in index.shapes.items() if 2 * live.get(name, 0) < shape.first - 1}
    small = [name for name, shape in index.shapes.items() if 2 * shape.at * STEP < _FULL and name in live]
    again = dead | set(small if len(small) > _SMALL else ())
    for name in [name for name in dead if name not in live]:
        del index.shapes[name]
    return [key for key, entry in index.files.items() if entry.segment in again]


class _Writer:
    """Reads files and gathers their texts into segments."""

    def __init__(self, index: Index, options: Options) -> None:
        self.index = index
        self.options = options
        self.changed = 0
        self.status = NOTHING
        self.texts: list[str] = []
        self.entries: list[Entry] = []
        self.length = 0

    def see(self, key: str, item: Input) -> None:
        """Takes a file that is new or another one."""
        known = self.index.files.get(key)
        with contextlib.suppress(OSError):  # reading says what is wrong
            if known and known.encoding == self.options.encoding and known.is_now(item.path.stat()):
                return
        self.take(key, item, known)

    def take(self, key: str, item: Input, known: Entry | None = None) -> None:
        """Reads a file, unless it is still the ``known`` one; what cannot be read is said, and is not in the index."""
        self.index.files.pop(key, None)
        self.status = max(self.status, guarded(item, partial(self._take, key, item, known)))

    def _take(self, key: str, item: Input, known: Entry | None) -> int:
        got = read(item, self.options)
        if got.source is None or got.document is None or not got.document.known:
            return NOTHING
        state, text, digest = got.source.state, got.document.text, digest_of(got.data)
        if known and (known.digest, known.encoding) == (digest, self.options.encoding):
            self.index.files[key] = known._replace(size=state.st_size, mtime=state.st_mtime_ns, ctime=state.st_ctime_ns)
            return NOTHING
        times = state.st_mtime_ns, state.st_ctime_ns
        entry = Entry(key, state.st_size, *times, digest, self.options.encoding, "", 0)
        self.changed += known is not None
        self.entries.append(entry)
        self.texts.append(text)
        self.length += len(text)
        if self.length >= _FULL:
            self.flush()
        return NOTHING

    def flush(self) -> None:
        """Writes the segment of the texts gathered so far."""
        if not self.texts:
            return
        segment = build(self.texts)
        name = secrets.token_hex(8) + SUFFIX
        store.replace(self.index.folder / name, segment.pieces())
        self.index.shapes[name] = segment.shape
        for number, entry in enumerate(self.entries):
            self.index.files[entry.path] = entry._replace(segment=name, number=number)
        self.texts, self.entries, self.length = [], [], 0
