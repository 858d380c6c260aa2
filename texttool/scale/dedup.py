"""Duplicates on an engine: the local finder, run on every set of documents that may have something in common.

Four steps, each of them pieces that leave files, so that a worker that dies costs its piece and every engine gives the
same: *sketch* writes the keys of documents into buckets by key; *join* reads one bucket and writes which documents have
one in common; the driver makes connected components of those; *gather* writes the texts of components into buckets;
*find* runs the finder on each component of a bucket. The buckets are the shuffle: files on the disk that all machines
share, and not the memory of an engine, which loses it with the worker.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from texttool import streams
from texttool.config import Options
from texttool.corpus import kinds
from texttool.corpus.intake import FAILED, FINDINGS, NOTHING
from texttool.filters.dedup.policy import Policy
from texttool.scale import run, shuffle
from texttool.scale.engines import engine
from texttool.scale.plan import PARTIAL, Piece, pieces
from texttool.scale.shuffle import Search, Step
from texttool.scale.work import Job, kind_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[Any]

_BUCKET = 256 << 20  # bytes of keys, and of texts, that one worker holds at once
_LARGEST = 64 << 20  # folded characters of a component: the finder takes about 40 bytes for each


def find(paths: tuple[Path, ...], options: Options, policy: Policy, *, documents: bool) -> int:
    """Writes the groups under ``paths`` as a dataset. Gives the exit status. Raises Failure."""
    run.refuse(options, ("in_place", "check", "diff", "audit", "audit_beside", "manifest", "unsafe"))
    assert options.engine and options.output
    column = options.fields[0] if options.fields else kinds.FIELD
    ask = engine(options.engine, options.ray_address)
    planned = pieces(paths, options, column)
    kind_of(planned)
    output = Path(os.path.abspath(options.output))  # noqa: PTH100 - as it is named
    run.refuse_inside(paths, output)
    kinds_wanted = ("document", "span") if documents else ("span",)
    size = sum(file.cut.end - file.cut.start if file.cut else _size(file.path) for p in planned for file in p.files)
    search = Search(
        Job(replace(options, output=None), column, output, "jsonl"),
        policy,
        kinds_wanted,
        len(planned),
        1 + size // _BUCKET,
    )
    run.begin(search.job, planned, (policy, kinds_wanted))
    failures: list[str] = []
    _step(ask, search, shuffle.Sketcher, planned, "sketch", failures)
    _step(ask, search, shuffle.Joiner, _numbered(search.buckets), "join", failures)
    numbers = label(search, planned)
    _step(ask, search, shuffle.Gatherer, planned, "gather", failures)
    figures = _step(ask, search, shuffle.Finder, _numbered(numbers), "find", failures)
    return _end(search, planned, failures, figures)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _numbered(count: int) -> list[Piece]:
    return [Piece(number, "bucket", ()) for number in range(count)]


def _step(
    ask: Any, search: Search, make: Callable[[Search], Step], todo: Sequence[Piece], name: str, failures: list[str]
) -> list[dict[str, Any]]:
    """One step of all pieces; none where an earlier one failed."""
    if failures:
        return []
    failed, figures = run.everything(
        ask, make, search, search.job.output, [piece._replace(step=name) for piece in todo]
    )
    failures += failed
    return figures


def label(search: Search, planned: list[Piece]) -> int:
    """Connected components, and the bucket of each by size. Gives the number of buckets."""
    import numpy as np

    from texttool.filters.dedup.joints import connected

    joined = [shuffle.load(search, "pairs", number) for number in range(search.buckets)]
    pairs = np.concatenate([np.zeros((0, 2), np.int64), *(part.reshape(-1, 2) for part in joined)])
    known, ends = np.unique(pairs, return_inverse=True)
    ends = ends.reshape(-1, 2)
    label = connected(known.size, ends[:, 0], ends[:, 1])
    sizes = {piece.number: shuffle.load(search, "sizes", piece.number) for piece in planned}
    size = np.array([sizes[one >> 32][one & 0xFFFFFFFF] for one in known.tolist()], np.int64)
    first = np.zeros(known.size, np.int64)
    order = np.lexsort((known, label))
    first[order], bucket = _runs(label[order], size[order])
    cut = len(set(first.tolist())) - len(set(label.tolist()))
    if cut:
        streams.say(f"{cut} sets of documents that share formulae are too large, and are compared in parts")
    rows = np.stack((known, known[order][first], bucket[np.argsort(order)]), axis=1).astype(np.int64).reshape(-1, 3)
    edges = known.searchsorted(np.arange(len(planned) + 1) << 32)
    for piece in planned:
        shuffle.save(search, "labels", piece.number, rows[edges[piece.number] : edges[piece.number + 1]])
    count = int(bucket.max()) + 1 if known.size else 0
    held = np.unique(rows[:, 2] << 32 | rows[:, 0] >> 32)  # bucket and piece
    for number in range(count):
        low, high = held.searchsorted([number << 32, (number + 1) << 32])
        shuffle.save(search, "members", number, held[low:high] & 0xFFFFFFFF)
    return count


def _runs(label: Array, size: Array) -> tuple[Array, Array]:
    """Of documents sorted by component the index of the first of each part, and the bucket of each document."""
    import numpy as np

    first, bucket = np.zeros(label.size, np.int64), np.zeros(label.size, np.int64)
    start = had = number = filled = 0
    for at in range(label.size):
        if at and (label[at] != label[at - 1] or had + size[at] > _LARGEST):
            start, had = at, 0
            if filled > _BUCKET // 8:
                number, filled = number + 1, 0
        had += int(size[at])
        filled += int(size[at])
        first[at], bucket[at] = start, number
    return first, bucket


def _end(search: Search, planned: list[Piece], failures: list[str], figures: list[dict[str, Any]]) -> int:
    count = Counter[str]()
    for one in figures:
        count.update({name: one[name] for name in ("document", "span", "compared")})
    for failure in failures[:10]:
        streams.say(failure)
    job = search.job
    if failures:
        streams.say(f"{job.output}: not complete, marked by {PARTIAL}; the same command goes on where this one ended")
        return FAILED
    if not job.options.quiet:
        streams.say(f"{len(planned)} pieces, {count['compared']} documents compared: {count['document']} groups of"
                    f" documents, {count['span']} of passages")  # fmt: skip
    run.unmark(job.output)
    return FINDINGS if count["document"] + count["span"] else NOTHING
