"""An index of passages: what it takes to build it, to bring it up to date and to ask it about one new file.

``python -m bench.dedup_index [MB]``; 200 MB of Chinese take some minutes to draw. With ``sqlite`` behind it, the seeds
of the same corpus go into a table of SQLite too, clustered by hash, and are looked up there: what our own arrays are
measured against.
"""

from __future__ import annotations

import sqlite3
import statistics
import sys
from pathlib import Path
from time import perf_counter

from bench.dedup_corpus import paragraphs, write
from bench.measure import MB, TEXTTOOL, cost, with_folder


def main(size: int = 20, *, sqlite: bool = False) -> None:
    """Prints seconds of whole processes, and the size of the index."""
    with_folder(lambda folder: _measure(folder, size * MB, sqlite=sqlite))


def _measure(folder: Path, size: int, *, sqlite: bool) -> None:
    corpus, index, new = folder / "corpus", folder / "index", folder / "new.txt"
    count = write(corpus, size)
    some = (corpus / "000" / "000007.txt").read_text(encoding="utf-8")
    drawn = paragraphs(7)
    own = [next(drawn) for _ in range(20_000 // 450)]
    new.write_text("\n".join([*own[:20], own[20] + some[1000:1200], *own[21:]]), encoding="utf-8")
    update = (TEXTTOOL, "dedup", "--index", str(index), str(corpus))
    built = cost(update)
    on_disk = sum(path.stat().st_size for path in index.iterdir())
    print(f"{size / MB:.0f} MB in {count} files: built in {built.cpu:.2f} s CPU, {size / MB / built.cpu:.1f} MB/s,")
    print(f"  {built.memory / MB:.0f} MB of memory, {on_disk / size:.2f} bytes on the disk a byte")
    print(f"nothing new: {_seconds(update):.3f} s")
    print(f"one new file of {new.stat().st_size / 1000:.0f} kB: {_seconds((*update[:-1], str(new))):.3f} s")
    if sqlite:
        _sqlite(folder, index, new)


def _seconds(command: tuple[str, ...], runs: int = 5) -> float:
    """The median wall-clock time of a command, after one run that warms the caches."""
    made = []
    for _ in range(runs + 1):
        start = perf_counter()
        cost(command)
        made.append(perf_counter() - start)
    return statistics.median(made[1:])


def _sqlite(folder: Path, index: Path, new: Path) -> None:
    """The same seeds in SQLite and in our arrays: seconds to write them, to open and look up those of one file."""
    import numpy as np

    from texttool import store
    from texttool.corpus.dedup_index import load
    from texttool.corpus.dedup_segment import SEED, WINDOW, Segment
    from texttool.filters.dedup.fold import fold
    from texttool.filters.dedup.seeds import minimizers

    known = load(index)
    seeds = minimizers(fold([new.read_text(encoding="utf-8")]).codes, SEED, WINDOW)
    parts = [known.segment(name) for name in known.shapes]
    keys = np.sort(np.concatenate([part.keys for part in parts]))
    start = perf_counter()
    store.replace(folder / "arrays", Segment(keys, parts[0].first, parts[0].at).pieces())
    wrote = perf_counter() - start
    start = perf_counter()
    for name in known.shapes:
        known.segment(name).hits(seeds)
    print(f"arrays: {wrote:.2f} s to write {keys.size / 1e6:.1f} million seeds, {perf_counter() - start:.4f} s to ask")
    path = folder / "seeds.sqlite"
    start = perf_counter()
    with sqlite3.connect(path) as base:
        base.execute("create table seeds (hash integer, place integer, primary key (hash, place)) without rowid")
        rows = zip((keys >> np.uint64(32)).tolist(), (keys & np.uint64(0xFFFFFFFF)).tolist(), strict=True)
        base.executemany("insert or ignore into seeds values (?, ?)", rows)
    wrote = perf_counter() - start
    start = perf_counter()
    with sqlite3.connect(path) as base:
        for gram in (seeds >> np.uint64(32)).tolist():
            base.execute("select place from seeds where hash = ? limit 64", (gram,)).fetchall()
    size = path.stat().st_size / keys.nbytes
    print(f"SQLite: {wrote:.2f} s to write, {perf_counter() - start:.4f} s to ask, {size:.1f} times the size")


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:2]), sqlite="sqlite" in sys.argv)
