"""The same documents without an engine, on local processes, on Daft, on a Ray cluster; and what each step costs a core.

``python -m bench.scale [MB]``: by default 60 MB of JSON lines in eight files.
"""

from __future__ import annotations

import json
import os
import resource
import secrets
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from bench.dedup_corpus import paragraphs
from bench.measure import MB, ROOT, TEXTTOOL, with_folder

FILES, ROUNDS = 8, 2
FILTERS = ("--filters", "punct")  # the cheapest work there is: what is left is the cost of the engines
_CLUSTER = ROOT / "tests" / "corpus" / "ray_cluster.py"


def main() -> None:
    """Prints MB a second on the clock with two processes, and for each step MB a second of CPU and peak memory."""
    with_folder(_engines)
    with_folder(_steps)


def write(folder: Path, size: int) -> Path:
    """JSON lines of about ``size`` bytes: prose with an ASCII mark in each paragraph."""
    folder.mkdir()
    said = paragraphs(1)
    texts = ["\n".join(f"{next(said)},{next(said)}。" for _ in range(5)) for _ in range(400)]
    for file in range(FILES):
        with (folder / f"{file}.jsonl").open("w", encoding="utf-8") as out:
            written = number = 0
            while written < size // FILES:
                text = f"{file}:{number}\n{texts[(number + file) % len(texts)]}"
                written += 3 * out.write(json.dumps({"id": number, "text": text}, ensure_ascii=False) + "\n")
                number += 1
    return folder


def _engines(folder: Path) -> None:
    size = int(sys.argv[1]) if len(sys.argv) == 2 and __name__ == "__main__" else 60
    source = write(folder / "in", size * MB)
    with _cluster() as (address, told):
        ways: dict[str, tuple[str, ...]] = {"no engine": (), "local": ("--engine", "local")}
        if find_spec("daft"):
            ways["daft"] = ("--engine", "daft")
        if address:
            ways["ray"] = ("--engine", "ray", "--ray-address", address)
        spent: dict[str, list[float]] = {way: [] for way in ways}
        for number in range(ROUNDS):
            for way, options in ways.items():
                out = folder / f"{way}-{number}"
                command = [TEXTTOOL, "clean", "-q", "-j2", *FILTERS, str(source), "-o", str(out), *options]
                began = time.monotonic()
                subprocess.run(command, check=True, env={**os.environ, **told})
                spent[way].append(time.monotonic() - began)
    total = sum(path.stat().st_size for path in source.iterdir()) / MB
    base = min(spent["no engine"])
    for way, seconds in spent.items():
        print(f"{way:10} {total / min(seconds):6.1f} MB/s, {base / min(seconds):.2f} times no engine", flush=True)


@contextmanager
def _cluster() -> Iterator[tuple[str, dict[str, str]]]:
    """The address of a cluster of two nodes, and the environment for it; nothing where Ray is not installed."""
    if not (find_spec("ray") and find_spec("daft")):
        yield "", {}
        return
    told = {"RAY_AUTH_MODE": "token", "RAY_AUTH_TOKEN": secrets.token_hex(32), "RAY_USAGE_STATS_ENABLED": "0"}
    pipe = subprocess.PIPE
    with subprocess.Popen(
        [sys.executable, str(_CLUSTER)], stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, env={**os.environ, **told}
    ) as process:
        assert process.stdin and process.stdout
        yield process.stdout.readline().decode().strip(), told
        process.stdin.close()


def _steps(folder: Path) -> None:
    """Each step on one piece, in this process."""
    from texttool.config import Options
    from texttool.filters.dedup.policy import DEFAULT
    from texttool.scale import dedup, shuffle
    from texttool.scale.plan import Piece, pieces
    from texttool.scale.work import Job, Worker

    source = write(folder / "in", 16 * MB)
    planned = pieces((source,), Options(), "text")
    job = Job(Options(), "text", folder / "out", "jsonl")
    size = sum(path.stat().st_size for path in source.iterdir())
    _timed("clean, all filters", size, lambda: [Worker(job)(piece) for piece in planned[:1]], 1 / FILES)
    search = shuffle.Search(job._replace(output=folder / "dedup"), DEFAULT, ("document", "span"), len(planned), 1)
    todo = [piece._replace(step="sketch") for piece in planned]
    _timed("sketch", size, lambda: list(map(shuffle.Sketcher(search), todo)))
    keys = sum(shuffle.path(search, "keys", piece.number).stat().st_size for piece in planned)
    print(f"{'':20} {keys / size:.2f} bytes of keys a byte")
    _timed("join", keys, lambda: shuffle.Joiner(search)(Piece(0, "bucket", (), step="join")))
    count = dedup.label(search, planned)
    todo = [piece._replace(step="gather") for piece in planned]
    _timed("gather", size, lambda: list(map(shuffle.Gatherer(search), todo)))
    buckets = [Piece(number, "bucket", (), step="find") for number in range(count)]
    _timed("find", size, lambda: list(map(shuffle.Finder(search), buckets)))
    print(f"{'peak memory':20} {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / MB:.0f} MB")


def _timed(name: str, size: int, work: Callable[[], Any], part: float = 1.0) -> None:
    began = time.process_time()
    work()
    print(f"{name:20} {part * size / MB / (time.process_time() - began):6.2f} MB/s of CPU", flush=True)


if __name__ == "__main__":
    main()
