"""The steps of a search for duplicates: what a worker does with a piece, or a bucket, of each."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from texttool import store
from texttool.errors import Failure
from texttool.filters.dedup import find_duplicates
from texttool.filters.dedup.policy import Policy
from texttool.scale import schema
from texttool.scale.plan import PARTIAL, Piece
from texttool.scale.rows import batches
from texttool.scale.sketch import pairs, sketch
from texttool.scale.work import Job

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[Any]


_TOGETHER = 4 << 20  # code points


class Search(NamedTuple):
    """What all steps share: which ``kinds`` of groups are wanted, how many ``pieces`` and ``buckets`` there are.

    What a piece has for all buckets is one file, sorted by bucket: a bucket is a slice of each.
    """

    job: Job
    policy: Policy
    kinds: tuple[str, ...]
    pieces: int
    buckets: int


class Step:
    """A worker of one step: called with a piece, it gives its figures as JSON, or what failed."""

    def __init__(self, search: Search) -> None:
        self.search = search
        self.job = search.job

    def __call__(self, piece: Piece) -> str:
        """Does it, and marks it as done."""
        try:
            made = json.dumps({"piece": piece.number, **self.do(piece)})
            store.replace(piece.mark(self.job.output), [made.encode()])
        except Failure as failure:
            return json.dumps({"piece": piece.number, "failure": str(failure)})
        return made

    def do(self, piece: Piece) -> dict[str, Any]:
        """Does it, and gives the figures. Raises Failure."""
        raise NotImplementedError

    def documents(self, piece: Piece) -> Iterator[tuple[str, int, str]]:
        """The documents of a piece with a text: source, number there, text. Their order numbers them."""
        for batch in batches(piece, self.job.options, self.job.column):
            for at, text in enumerate(batch.texts):
                source = batch.reads[at].path if batch.reads else batch.source
                yield source, batch.numbers[at], text or ""


def path(search: Search, name: str, number: int) -> Path:
    """A file between two steps."""
    return search.job.output / PARTIAL / name / f"{number:06}.npy"


def save(search: Search, name: str, number: int, rows: Array) -> None:
    """Writes an array. Raises Failure."""
    import numpy as np

    data = io.BytesIO()
    np.save(data, rows, allow_pickle=False)
    to = path(search, name, number)
    store.make_folder(to.parent)
    store.replace(to, [data.getvalue()])


def load(search: Search, name: str, number: int) -> Array:
    """Reads one. Raises Failure."""
    import numpy as np

    made: Array = np.load(io.BytesIO(store.read(path(search, name, number)).data), allow_pickle=False)
    return made


def mapped(search: Search, name: str, number: int) -> Array:
    """One of which only a slice is read. Raises Failure."""
    import numpy as np

    file = path(search, name, number)
    try:
        made: Array = np.load(file, mmap_mode="r", allow_pickle=False)
    except (OSError, ValueError) as error:
        raise Failure(str(error), file) from error
    return made


class Sketcher(Step):
    """A piece -> the keys of its documents, in buckets, and their lengths."""

    def do(self, piece: Piece) -> dict[str, Any]:
        """Writes them."""
        import numpy as np

        keys, of, size = [np.zeros(0, np.uint64)], [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
        first = 0
        wanted = {"spans": "span" in self.search.kinds, "documents": "document" in self.search.kinds}
        for texts in _runs(text for _, _, text in self.documents(piece)):
            made = sketch(texts, **wanted)
            keys.append(made.keys)
            of.append(made.documents + first + (piece.number << 32))
            size.append(made.size)
            first += len(texts)
        every, owner = np.concatenate(keys), np.concatenate(of)
        bucket = (every >> np.uint64(40)) % np.uint64(self.search.buckets)
        order = np.argsort(bucket, kind="stable")
        save(self.search, "keys", piece.number, np.stack((every[order], owner[order].astype(np.uint64)), axis=1))
        ends = bucket[order].searchsorted(np.arange(self.search.buckets + 1))
        save(self.search, "edges", piece.number, ends.astype(np.int64))
        save(self.search, "sizes", piece.number, np.concatenate(size))
        return {"documents": first}


def _runs(texts: Iterator[str]) -> Iterator[list[str]]:
    """Texts by the megabyte."""
    run, had = list[str](), 0
    for text in texts:
        run.append(text)
        had += len(text)
        if had > 1 << 20:
            yield run
            run, had = [], 0
    if run:
        yield run


class Joiner(Step):
    """A bucket of keys -> pairs of documents that share one."""

    def do(self, piece: Piece) -> dict[str, Any]:
        """Writes them."""
        import numpy as np

        parts = [np.zeros((0, 2), np.uint64)]
        for number in range(self.search.pieces):
            low, high = mapped(self.search, "edges", number)[piece.number : piece.number + 2].tolist()
            parts.append(mapped(self.search, "keys", number)[low:high])
        rows = np.concatenate(parts)
        save(self.search, "pairs", piece.number, pairs(rows[:, 0], rows[:, 1].astype(np.int64)))
        return {}


class Gatherer(Step):
    """A piece -> the texts of those of its documents that are in a component, sorted by the buckets of those."""

    def do(self, piece: Piece) -> dict[str, Any]:
        """Writes them."""
        import numpy as np

        labels = load(self.search, "labels", piece.number).tolist()
        mine = {one & 0xFFFFFFFF: (of, to) for one, of, to in labels}
        lines: dict[int, list[bytes]] = {}
        for number, (source, record, text) in enumerate(self.documents(piece) if mine else ()):
            if number in mine:
                of, to = mine[number]
                row = [of, piece.number << 32 | number, source, record, text]
                lines.setdefault(to, []).append(json.dumps(row).encode() + b"\n")
        index, pieces, at = list[tuple[int, int, int]](), list[bytes](), 0
        for to, rows in sorted(lines.items()):
            data = b"".join(rows)
            index.append((to, at, at + len(data)))
            pieces.append(data)
            at += len(data)
        save(self.search, "index", piece.number, np.array(index, np.int64).reshape(-1, 3))
        target = path(self.search, "texts", piece.number)
        store.make_folder(target.parent)
        store.replace(target, pieces)
        return {}


def _together(components: Iterable[list[list[Any]]]) -> Iterator[list[list[Any]]]:
    """Components, small ones together: they have nothing in common, and the finder takes its time even for one pair."""
    held, size = list[list[Any]](), 0
    for component in components:
        more = sum(len(row[-1]) for row in component)
        if held and size + more > _TOGETHER:
            yield held
            held, size = [], 0
        held += component
        size += more
    if held:
        yield held


class Finder(Step):
    """A bucket of texts -> the groups in each of its components."""

    def do(self, piece: Piece) -> dict[str, Any]:
        """Writes them."""
        components: dict[int, list[list[Any]]] = {}
        for number in load(self.search, "members", piece.number).tolist():
            for line in self._slice(number, piece.number).splitlines():
                row = json.loads(line)
                components.setdefault(row[0], []).append(row)
        sets = _together(texts for _, texts in sorted(components.items()))
        rows = [row for texts in sets for row in self._groups(sorted(texts, key=lambda row: int(row[1])))]
        self._write(piece, rows)
        count = {kind: sum(row["kind"] == kind for row in rows) for kind in ("document", "span")}
        return {"compared": sum(map(len, components.values())), **count}

    def _slice(self, number: int, bucket: int) -> bytes:
        """The lines that piece ``number`` has for a bucket."""
        index = load(self.search, "index", number)
        _, start, end = index[index[:, 0] == bucket][0].tolist()
        with store.reading(path(self.search, "texts", number)) as (file, _):
            file.seek(start)
            return file.read(end - start)

    def _groups(self, texts: list[list[Any]]) -> Iterator[dict[str, Any]]:
        policy = self.search.policy
        named = {str(number): text for number, (*_, text) in enumerate(texts)}
        found = find_duplicates(
            named, min_length=policy.report, identity=policy.identity, keep=policy.keep, kinds=self.search.kinds
        )
        for group in found:
            spans = []
            for name, start, end in group.spans:
                _, _, source, record, _ = texts[int(name)]
                spans.append({"source": source, "record": record, "start": start, "end": end})
            yield {"kind": group.kind, "identity": group.identity, "spans": spans}

    def _write(self, piece: Piece, rows: list[dict[str, Any]]) -> None:
        pa, pq = schema.arrow()
        place = {"source": pa.large_string(), "record": pa.int64(), "start": pa.int64(), "end": pa.int64()}
        spans = pa.list_(pa.struct(list(place.items())))
        wanted = pa.schema([("kind", pa.string()), ("identity", pa.float64()), ("spans", spans)])
        data = io.BytesIO()
        pq.write_table(pa.Table.from_pylist(rows, wanted), data, compression="zstd")
        target = self.job.output / "groups" / f"part-{piece.number:06}.parquet"
        store.make_folder(target.parent)
        store.replace(target, [data.getvalue()])
