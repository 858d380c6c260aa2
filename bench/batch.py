"""Runs over many files and over one file of records: throughput by processes, resume, memory, and audit trails.

``BENCH_LARGE`` is the size of the largest file of records in megabytes; a gigabyte takes some minutes.
"""

from __future__ import annotations

import json
import os
import random
import time
from itertools import islice
from pathlib import Path
from statistics import median

from bench.measure import MB, REPORT, TEXTTOOL, cost, with_folder

FILES, SIZE = 2000, 20_000  # bytes each
PAIRS = 3
LARGEST = int(os.environ.get("BENCH_LARGE", "20"))  # MB
LINES = (LARGEST * MB // 4, LARGEST * MB)  # bytes of JSON lines: their memory must be the same


def main() -> None:
    """Prints seconds on the clock, for processes are about those; CPU seconds and peak memory where they matter."""
    with_folder(_tree)
    with_folder(_records)


def _texts(count: int, size: int) -> list[str]:
    source, chance = REPORT.read_text("utf-8"), random.Random(1)
    source *= 1 + 2 * size // len(source)
    return [source[at : at + size // 3] for at in (chance.randrange(len(source) - size // 3) for _ in range(count))]


def _tree(folder: Path) -> None:
    root = folder / "in"
    for i, text in enumerate(_texts(FILES, SIZE)):
        path = root / f"{i % 20:02}" / f"{i:04}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    command = [TEXTTOOL, "clean", "-q", str(root), "-o"]
    pairs = []
    for turn in range(PAIRS):  # in turn, for a machine is not always as fast
        pair = [_clock((*command, str(folder / f"{turn}-{jobs}"), "-j", jobs)) for jobs in ("1", "2")]
        pairs.append(pair)
        print(f"{FILES} files of {SIZE} bytes: -j 1 {pair[0]:6.1f} s, -j 2 {pair[1]:6.1f} s", flush=True)
    print(f"-j 2 is {median(one / two for one, two in pairs):.2f} times as fast (median of {PAIRS})")
    recorded = (*command, str(folder / "out"), "-j", "2", "--manifest", str(folder / "manifest"))
    first, again = _clock(recorded), _clock(recorded)
    print(f"run again, with all done: {100 * again / first:.1f} % of the time")


def _records(folder: Path) -> None:
    for size in LINES:
        path = folder / f"{size // MB}.jsonl"
        with path.open("w", encoding="utf-8") as file:
            rows = [json.dumps({"id": i, "text": text}, ensure_ascii=False) for i, text in enumerate(_texts(200, 6000))]
            lines = "".join(f"{row}\n" for row in rows)
            for _ in range(max(1, size // len(lines.encode()))):
                file.write(lines)
        filters = ("--filters", "decode,unwrap,punct")
        run = cost((TEXTTOOL, "clean", "-q", "-j1", *filters, "--field", "text", str(path), "-o", f"{path}.out"))
        speed = path.stat().st_size / MB / run.cpu
        print(
            f"{size // MB:5} MB of JSON lines: {speed:.2f} MB/s a core, {run.memory / MB:.0f} MB of memory", flush=True
        )
        if size == LINES[0]:
            print(f"      the same texts in memory: {_in_memory(path):.2f} MB/s a core")


def _in_memory(path: Path) -> float:
    """MB a second of CPU for the texts alone, without reading, JSON and writing."""
    import texttool

    with path.open(encoding="utf-8") as file:  # the first of them: what is held here counts as memory of later runs
        rows = list(islice(file, 2000))
    texts = [json.loads(row)["text"] for row in rows]
    began = time.process_time()
    for text in texts:
        texttool.clean(text, ["decode", "unwrap", "punct"])
    return sum(len(row.encode()) for row in rows) / MB / (time.process_time() - began)


def _clock(command: tuple[str, ...]) -> float:
    began = time.monotonic()
    cost(command)
    return time.monotonic() - began
