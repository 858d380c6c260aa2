"""Throughput of the punct and structure filters alone, on text that is right and on text whose marks were flattened.

The process is this one: decoding, starting and writing are not counted. Where autocorrect-py is installed, it reads the
same text in the same run.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from time import process_time

from bench.measure import MB, REPORT
from texttool.pipeline import run
from texttool.rulebook import rules, rules_of

SIZES = (1, 10)
# What a recognizer makes of the marks of Chinese text.
FLAT = {"，": ",", "；": ";", "：": ":", "？": "?", "！": "!", "（": "(", "）": ")"}


def main() -> None:
    """Prints MB of UTF-8 a second of CPU for each filter, text and size."""
    source = run(REPORT.read_text(encoding="utf-8"), (*rules_of("unwrap"), *rules(["punct"]))).text
    flat = source
    for mark, ascii_mark in FLAT.items():
        flat = flat.replace(mark, ascii_mark)
    readers: dict[str, Callable[[str], object]] = {
        name: lambda text, name=name: run(text, rules([name])).text  # type: ignore[misc]
        for name in ("punct", "structure")
    }
    try:
        readers["autocorrect"] = import_module("autocorrect_py").format
    except ImportError:
        print("autocorrect-py is not installed: no peer")
    for name, read in readers.items():
        for kind, text in (("clean", source), ("flat", flat)):
            for size in SIZES:
                _measure(f"{name} {kind}", read, text, size)


def _measure(label: str, read: Callable[[str], object], text: str, size: int) -> None:
    text *= max(1, round(size * MB / len(text.encode())))
    length = len(text.encode())
    read(text[:1000])
    start = process_time()
    read(text)
    spent = process_time() - start
    print(f"{label:20} {size:3} MB  {spent:6.3f} s CPU  {length / MB / spent:6.1f} MB/s", flush=True)


if __name__ == "__main__":
    main()
