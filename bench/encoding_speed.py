"""Speed of decoding, detection and the repair of misread text, beside chardet and ftfy in the same run.

CPU time of this process, the best of several runs. chardet is asked twice: as it comes, and told to read all of a file.
ftfy is a peer where it is installed. Figures are ratios: above 1 is faster than the peer.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from time import process_time
from typing import Any

import chardet

from bench.measure import MB, ROOT
from texttool.filters.decode import decode, detect
from texttool.filters.mojibake import scan
from texttool.filters.unicode import RULES as UNICODE
from texttool.pipeline import run

RUNS = 5
SMALL = 4096  # bytes


def main() -> None:
    """Prints the figures of each part."""
    text = _prose()
    _utf8(text)
    _whole_file(text)
    _small_files(text)
    _repair(text)


def _prose() -> str:
    """A megabyte of clean Chinese: the cleaned samples, repeated."""
    samples = sorted((ROOT / "samples").glob("*/out.txt"))
    source = "\n".join(path.read_text(encoding="utf-8") for path in samples)
    return source * (MB // 3 // len(source) + 1)


def _utf8(text: str) -> None:
    data = text.encode() * 20
    for name, read in (("detect", detect), ("decode", decode)):
        print(f"{name:8} clean UTF-8, {len(data) / MB:.0f} MB      {len(data) / MB / _best(read, data):8.0f} MB/s")


def _whole_file(text: str) -> None:
    data = text.encode("gb18030", "ignore") * 15
    ours, peer = _best(detect, data), _best(lambda each: chardet.detect(each, max_bytes=len(each)), data)
    size = f"GBK, {len(data) / MB:.0f} MB"
    print(f"detect   {size:23} {1000 * ours:8.1f} ms    {peer / ours:6.1f} x chardet (all of it)")
    print(f"decode   {size:23} {len(data) / MB / _best(decode, data):8.1f} MB/s")


def _small_files(text: str) -> None:
    for code in ("gb18030", "big5", "utf-16-le", "utf-8"):
        data = text.encode(code, "ignore")[:SMALL]
        ours, peer = _best(detect, data, 10 * RUNS), _best(chardet.detect, data, 10 * RUNS)
        print(f"detect   {code:10} {SMALL} bytes   {1000 * ours:8.2f} ms    {peer / ours:6.1f} x chardet")


def _repair(text: str) -> None:
    size = len(text.encode()) / MB
    ours = _best(scan, text)
    print(f"mojibake clean Chinese          {size / ours:8.1f} MB/s")
    print(f"unicode  clean Chinese          {size / _best(lambda each: run(each, UNICODE), text):8.1f} MB/s")
    misread = text[:20_000].encode().decode("latin-1")
    print(f"mojibake misread text           {len(misread.encode()) / MB / _best(scan, misread, 1):8.2f} MB/s")
    try:
        ftfy = import_module("ftfy")
    except ImportError:
        print("ftfy is not installed: no peer")
        return
    for name in ("fix_text", "fix_encoding"):
        peer = _best(getattr(ftfy, name), text, 1)
        print(f"mojibake clean Chinese          {size / peer:8.1f} MB/s    {peer / ours:6.1f} x ftfy.{name}")


def _best(function: Callable[[Any], object], argument: object, runs: int = RUNS) -> float:
    """Seconds of CPU of the fastest run, after one to warm up."""
    function(argument)
    return min(_seconds(function, argument) for _ in range(runs))


def _seconds(function: Callable[[Any], object], argument: object) -> float:
    start = process_time()
    function(argument)
    return process_time() - start


if __name__ == "__main__":
    main()
