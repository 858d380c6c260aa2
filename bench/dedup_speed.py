"""Throughput, memory and growth of the search for duplicates, whole processes, and of peers on documents.

Kinds of text: prose drawn from how often characters follow one another (as much recurs as in any prose), up to 200 MB;
a report over and over (everything is a duplicate), characters drawn at random (nothing is), one line over and over
(a run), and a log (lines with other values). Peers, where they are installed, read the same records in the same run:
datasketch and rensa make MinHashes of them, which is the work of the document search alone; pydivsufsort makes a suffix
array and the longest common prefixes, which is what it takes to know exact spans (Lee et al. 2022), and those only.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from time import process_time
from typing import Any

from bench.dedup_corpus import PARAGRAPH, paragraphs
from bench.measure import MB, REPORT, cost, repeated, with_folder

SIZES = (1, 10, 50)
RECORD = 1000  # characters of a record where documents are compared
GRAM = 5
LINE = "渡口的老船工把缆绳解开，招呼岸边的人上船\n"
LOG = "2031-07-{:02} {:02}:{:02}:{:02} 第{}号泵站：水位{}厘米，流量{}立方米，值班员签字确认。\n"
VALUES = (28, 23, 59, 59, 40, 999, 9999)


def main() -> None:
    """Prints MB of UTF-8 a second of CPU and bytes of memory a byte for each kind and size."""
    with_folder(_growth)
    with_folder(_peers)


def _growth(folder: Path) -> None:
    draw = random.Random(1)
    kinds: dict[str, Callable[[int], Path]] = {
        "report repeated": lambda size: repeated(REPORT, size, folder),
        "random characters": lambda size: _written(folder, lambda: "".join(draw.choices(_han(), k=RECORD)), size),
        "one line repeated": lambda size: _written(folder, lambda: LINE, size),
        "a log": lambda size: _written(folder, lambda: LOG.format(*(draw.randint(1, n) for n in VALUES)), size),
    }
    for path in _prose(folder, (10 * MB, 200 * MB)):
        _measured("Chinese prose", path)
    for kind, make in kinds.items():
        for size in SIZES:
            _measured(kind, make(size * MB))


def _measured(kind: str, path: Path) -> None:
    length = path.stat().st_size
    spent = cost((sys.executable, "-m", "bench.dedup_speed", str(path)))
    print(
        f"{kind:20} {length / MB:3.0f} MB  {spent.cpu:6.2f} s CPU  {length / MB / spent.cpu:6.1f} MB/s"
        f"  {spent.memory / length:6.1f} bytes of memory a byte",
        flush=True,
    )


def _prose(folder: Path, sizes: Sequence[int]) -> list[Path]:
    """Files of prose: drawn once, then again with each character put for another, so that nothing recurs by that."""
    import numpy as np

    made = paragraphs(3)
    text = "。\n".join(next(made) for _ in range(10 * MB // (3 * PARAGRAPH)))
    codes, draw = np.frombuffer(text.encode("utf-32-le"), np.uint32), np.random.default_rng(1)
    han = np.unique(codes[(codes >= 0x4E00) & (codes <= 0x9FFF)])
    paths = [folder / f"prose-{size // MB}mb.txt" for size in sizes]
    for path, size in zip(paths, sizes, strict=True):
        table = np.arange(0x110000, dtype=np.uint32)
        with path.open("wb") as file:
            while file.tell() < size:
                file.write(table[codes].tobytes().decode("utf-32-le").encode())
                table[han] = draw.permutation(han)
    return paths


def _peers(_: Path) -> None:
    draw = random.Random(2)
    records = ["".join(draw.choices(_han(), k=RECORD)) for _ in range(3 * MB // RECORD)]
    _in_turn("documents", records, {"texttool": _texttool, "datasketch": _datasketch, "rensa": _rensa})
    copied = [record[200:500] for record in records[::20]]
    _in_turn("spans", [*records, *copied], {"texttool": _spans, "pydivsufsort": _suffixes})


def _in_turn(what: str, records: list[str], makers: dict[str, Callable[[list[str]], Iterator[Any]]]) -> None:
    """The CPU time of each maker; a run on a few records goes before, for what is loaded once."""
    size = sum(len(record.encode()) for record in records)
    for name, make in makers.items():
        if name != "texttool" and find_spec(name) is None:
            print(f"{what}, {name:12} skipped: not installed")
            continue
        for _ in make(records[:10]):
            pass
        start = process_time()
        found = sum(1 for _ in make(records))
        spent = process_time() - start
        speed = f"{size / MB:3.0f} MB  {spent:6.2f} s CPU  {size / MB / spent:6.1f} MB/s"
        print(f"{what}, {name:12} {speed}  {found} found", flush=True)


def _texttool(records: list[str]) -> Iterator[Any]:
    from texttool.filters.dedup.fold import fold
    from texttool.filters.dedup.minhash import clusters

    yield from clusters(fold(records), 0.5, 24)


def _spans(records: list[str]) -> Iterator[Any]:
    from texttool.filters.dedup import find_duplicates

    yield from find_duplicates({f"{number}": record for number, record in enumerate(records)}, kinds=("span",))


def _suffixes(records: list[str], least: int = 24) -> Iterator[int]:
    """Where copies of ``least`` characters end, in UTF-16."""
    import numpy as np

    module = import_module("pydivsufsort")
    data = np.frombuffer("\n".join(records).encode("utf-16-le"), np.uint16).astype(np.int32)
    order = module.divsufsort(data)
    common = np.asarray(module.kasai(data, order))
    copied = np.zeros(data.size + least, bool)
    copied[order[np.flatnonzero(common >= least)]] = True
    yield from np.flatnonzero(copied[:-1] & ~copied[1:]).tolist()


def _datasketch(records: list[str]) -> Iterator[Any]:
    minhash = import_module("datasketch").MinHash
    for record in records:
        made = minhash(num_perm=128)
        made.update_batch([gram.encode() for gram in _grams(record)])
        yield made


def _rensa(records: list[str]) -> Iterator[Any]:
    minhash = import_module("rensa").RMinHash
    for record in records:
        made = minhash(num_perm=128, seed=1)
        made.update(_grams(record))
        yield made


def _grams(record: str) -> list[str]:
    return [record[i : i + GRAM] for i in range(len(record) - GRAM + 1)]


def _han() -> list[str]:
    return [chr(code) for code in range(0x4E00, 0x5E00)]


def _written(folder: Path, piece: Callable[[], str], size: int) -> Path:
    """A file of ``size`` bytes, piece by piece: what this process holds counts as memory of those it starts."""
    path = folder / "text.txt"
    with path.open("wb") as file:
        while file.tell() < size:
            file.write(piece().encode())
    return path


def _search(path: Path) -> None:
    """What the measured process does."""
    from texttool.filters.dedup import find_duplicates

    for _ in find_duplicates({path.name: path.read_bytes().decode()}):
        pass


if __name__ == "__main__":
    if len(sys.argv) > 1:
        _search(Path(sys.argv[1]))
    else:
        main()
