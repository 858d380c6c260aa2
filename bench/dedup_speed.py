"""Throughput, memory and growth of the search for duplicates, whole processes, and of peers on documents.

Three kinds of text: a report over and over (everything is a duplicate), characters drawn at random (nothing is), and
one line over and over (a run). Where datasketch or rensa is installed, it makes MinHashes of the same records in the
same run; its work is then that of the document search alone.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from time import process_time
from typing import Any

from bench.measure import MB, REPORT, cost, repeated, with_folder

SIZES = (1, 10, 50)
RECORD = 1000  # characters of a record where documents are compared
GRAM = 5
LINE = "渡口的老船工把缆绳解开，招呼岸边的人上船\n"


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
    }
    for kind, make in kinds.items():
        for size in SIZES:
            path = make(size * MB)
            length = path.stat().st_size
            spent = cost((sys.executable, "-m", "bench.dedup_speed", str(path)))
            print(
                f"{kind:20} {size:3} MB  {spent.cpu:6.2f} s CPU  {length / MB / spent.cpu:6.1f} MB/s"
                f"  {spent.memory / length:6.1f} bytes of memory a byte",
                flush=True,
            )


def _peers(_: Path) -> None:
    draw = random.Random(2)
    records = ["".join(draw.choices(_han(), k=RECORD)) for _ in range(3 * MB // RECORD)]
    size = sum(len(record.encode()) for record in records)
    makers = {"texttool": _texttool, "datasketch": _datasketch, "rensa": _rensa}
    for name, make in makers.items():
        if name != "texttool" and find_spec(name) is None:
            print(f"{name} is not installed: no peer")
            continue
        start = process_time()
        for _ in make(records):
            pass
        spent = process_time() - start
        print(
            f"documents, {name:12} {size / MB:3.0f} MB  {spent:6.2f} s CPU  {size / MB / spent:6.1f} MB/s", flush=True
        )


def _texttool(records: list[str]) -> Iterator[Any]:
    from texttool.filters.dedup.fold import fold
    from texttool.filters.dedup.minhash import clusters

    yield from clusters(fold(records), 0.5, 24)


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

    for _ in find_duplicates({path.name: path.read_text(encoding="utf-8")}):
        pass


if __name__ == "__main__":
    if len(sys.argv) > 1:
        _search(Path(sys.argv[1]))
    else:
        main()
