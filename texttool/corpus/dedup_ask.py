"""What a few texts share with the files of an index, in the time that it takes to read those that it shares it with.

The seeds of a text are looked up in the segments; where several stand on one diagonal the stretch is read from its file
and handed, with the text, to the finder that compares whole documents. The index proposes, the finder decides.
"""

from __future__ import annotations

import os
from collections.abc import Container, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from texttool.config import Options
from texttool.corpus.dedup_diagonals import diagonals, in_blocks, longest
from texttool.corpus.dedup_index import Entry, Index, digest_of
from texttool.corpus.dedup_segment import SEED, WINDOW, Segment, build
from texttool.corpus.intake import read
from texttool.document import STDIN
from texttool.errors import Failure
from texttool.filters.dedup import DuplicateGroup, find_duplicates
from texttool.filters.dedup.fold import fold
from texttool.filters.dedup.policy import Policy
from texttool.filters.dedup.seeds import minimizers
from texttool.walk import Input

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[Any]

_AROUND = 256  # folded characters read on both sides: the rest of the passage, and the clauses around it


class Stretch(NamedTuple):
    """A part of a file that may hold what a text holds: code points, ``end`` -1 for the end of the file."""

    key: str
    start: int
    end: int


class Answer(NamedTuple):
    """The groups, the spans in files of the index first in each; the texts by name; and what was not as indexed."""

    groups: list[DuplicateGroup]
    texts: dict[str, str]
    changed: int
    gone: int


def ask(index: Index, asked: Mapping[str, str], options: Options, policy: Policy, *, documents: bool) -> Answer:
    """What stands twice in ``asked`` (texts by name) or in them and in files of the index, as those files are now.

    A file that is asked about is not compared with what the index knows of it. Raises Failure where a segment is
    damaged, and FileNotFoundError where an update has just replaced it.
    """
    segments = {name: index.segment(name) for name in index.shapes}  # at once: what is mapped no update takes away
    mine = {index.key(Path(name)) for name in asked if name != STDIN}
    texts, gone = _stale(index, mine, options)
    known = _Known(index, segments, mine | gone, texts, options)
    row = fold(asked.values())
    found = known.like(minimizers(row.codes, SEED, WINDOW), policy.report // 2, row.codes.size, whole=documents)
    parts: dict[str, tuple[str, int]] = {}  # what the finder sees -> the name of the file, and where it begins there
    pieces: dict[str, str] = {}
    for stretch in found:
        text = known.text(stretch.key)
        piece = text[stretch.start : stretch.end if stretch.end >= 0 else None]
        label = f"{len(pieces)}"
        pieces[label], parts[label] = piece, (index.name(stretch.key), stretch.start)
    for number, (name, text) in enumerate(asked.items(), len(pieces)):
        pieces[f"{number}"], parts[f"{number}"] = text, (name, 0)
    kinds = ("document", "span") if documents else ("span",)
    made = find_duplicates(pieces, min_length=policy.report, identity=policy.identity, keep=policy.keep, kinds=kinds)
    groups = [group for group in (_placed(group, parts, asked) for group in made) if group.spans[-1][0] in asked]
    return Answer(groups, {**known.named(), **asked}, len(texts), len(gone))


def _placed(group: DuplicateGroup, parts: Mapping[str, tuple[str, int]], asked: Container[str]) -> DuplicateGroup:
    """The group with the names of files, those that were asked about last."""
    spans = [(parts[label][0], start + parts[label][1], end + parts[label][1]) for label, start, end in group.spans]
    return group._replace(spans=tuple(sorted(spans, key=lambda span: span[0] in asked)))


def _stale(index: Index, mine: Container[str], options: Options) -> tuple[dict[str, str], set[str]]:
    """The texts of files that changed, by key, and the keys of those that are gone or no text any more.

    A file with another time or size is read, and counts if its content is another one.
    """
    texts: dict[str, str] = {}
    gone = set()
    state, below = os.stat, index.path("")
    for key, entry in index.files.items():
        if key in mine:
            continue
        try:
            if entry.is_now(state(below + key)):  # of every file: a Path would take ten times as long
                continue
            data, text = _read(index, entry, options)
        except (OSError, Failure):
            gone.add(key)
            continue
        if digest_of(data) != entry.digest:
            texts[key] = text
    return texts, gone


def _read(index: Index, entry: Entry, options: Options) -> tuple[bytes, str]:
    """The bytes and the text of a file of the index, in the encoding it was indexed with. Raises Failure."""
    path = Path(index.name(entry.path))
    got = read(Input(path, path), replace(options, encoding=entry.encoding))
    return got.data, got.document.text if got.document else ""


class _Known:
    """The files of an index as they are now: mapped segments, and one in memory of those that changed."""

    def __init__(
        self,
        index: Index,
        segments: Mapping[str, Segment],
        left_out: Container[str],
        changed: Mapping[str, str],
        options: Options,
    ) -> None:
        self.index = index
        self.options = options
        self.texts = dict(changed)
        keys: dict[str, dict[int, str]] = {}
        for key, entry in index.files.items():
            if key not in left_out and key not in changed:
                keys.setdefault(entry.segment, {})[entry.number] = key
        self.parts = [(segments[name], numbers) for name, numbers in keys.items()]
        if changed:
            self.parts.append((build(tuple(changed.values())), dict(enumerate(changed))))

    def text(self, key: str) -> str:
        """The text of a file. Raises Failure."""
        if key not in self.texts:
            self.texts[key] = _read(self.index, self.index.files[key], self.options)[1]
        return self.texts[key]

    def named(self) -> dict[str, str]:
        """The texts that were read, by the names of their files."""
        return {self.index.name(key): text for key, text in self.texts.items()}

    def like(self, seeds: Array, least: int, size: int, *, whole: bool) -> list[Stretch]:
        """The stretches that hold what ``least`` characters of a row of ``size`` with these ``seeds`` hold.

        With ``whole`` those files that share a quarter of the seeds come whole.
        """
        import numpy as np

        found, files = [np.empty((0, 6), np.int64)], list[Stretch]()
        blocks = list(in_blocks(seeds))
        for part, (segment, keys) in enumerate(self.parts):
            live = np.zeros(len(segment.first), bool)
            live[list(keys)] = True
            shared = np.zeros(live.size, np.int64)
            for block in blocks:
                places, there = segment.hits(block)
                number = segment.first.searchsorted(there, "right") - 1
                alive = live[number]
                places, there, number = places[alive], there[alive], number[alive]
                shared += np.bincount(number, minlength=live.size)
                rows = diagonals(places, there, number, least)
                found.append(np.column_stack((np.full(len(rows), part), rows)))
            enough = np.flatnonzero(shared >= max(sum(map(len, blocks)) / 4, 1)) if whole else shared[:0]
            files += [Stretch(keys[n], 0, -1) for n in enough.tolist()]
        complete = {stretch.key for stretch in files}
        rest = self._read_at(longest(np.concatenate(found), size))
        return files + [stretch for stretch in rest if stretch.key not in complete]

    def _read_at(self, rows: Array) -> Iterator[Stretch]:
        """The stretches in code points, those of a file that meet made one."""
        last: tuple[int, int, int, int] | None = None
        for part, number, start, end in sorted(map(tuple, rows.tolist())):
            if last and last[:2] == (part, number) and start - _AROUND <= last[3] + _AROUND:
                last = part, number, last[2], max(last[3], end)
                continue
            if last:
                yield self._stretch(*last)
            last = part, number, start, end
        if last:
            yield self._stretch(*last)

    def _stretch(self, part: int, number: int, start: int, end: int) -> Stretch:
        segment, keys = self.parts[part]
        low, high = int(segment.first[number]) + 1, int(segment.first[number + 1])
        return Stretch(keys[number], *segment.stretch(number, max(start - _AROUND, low), min(end + _AROUND, high)))
