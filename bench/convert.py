"""``convert`` against OpenCC itself, in turn: in process, and one whole process a file.

Text to convert, once the same page over and over and once with no line twice, so that nobody gains by remembering; and
text with nothing to convert.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from bench.measure import MB, TEXTTOOL, ratio, repeated, with_folder
from bench.texts import PROSE, distinct

_OPENCC = """
import sys, opencc
text = open(sys.argv[2], "rb").read().decode()
sys.stdout.buffer.write(opencc.OpenCC(sys.argv[1]).convert(text).encode())
"""
# What it is called, the conversion, its rule, and the one that the text is made with.
_TASKS = (
    ("s2t", "s2t", "ZH101", ""),
    ("s2t, nothing to do", "s2t", "ZH101", "s2t"),
    ("t2s, nothing to do", "t2s", "ZH102", ""),
)


def main() -> None:
    """Prints MB of UTF-8 a second of CPU of both, and the median of their ratios: above 1, texttool is faster."""
    with_folder(_measured)


def _measured(folder: Path) -> None:
    for size in (1 * MB, 10 * MB):
        path = folder / f"lines-{size}.txt"
        path.write_text(distinct(size), "utf-8")
        for about, file in (("one page", repeated(PROSE, size, folder)), ("no line twice", path)):
            for name, config, code, made_by in _TASKS:
                source = _converted(file, made_by) if made_by else file
                _in_process(f"{size // MB} MB, {about}: {name}", source.read_text("utf-8"), config, code)
                _processes(f"{size // MB} MB, {about}: {name}", source, config)


def _converted(file: Path, config: str) -> Path:
    """The text as the conversion leaves it."""
    import opencc

    made = file.with_name(f"{config}-{file.name}")
    made.write_text(opencc.OpenCC(config).convert(file.read_text("utf-8")), "utf-8")
    return made


def _in_process(name: str, text: str, config: str, code: str) -> None:
    import opencc

    import texttool

    theirs = opencc.OpenCC(config).convert
    ours = partial(texttool.clean, text, ["convert"], select=[code])
    pairs = [(_cpu(ours), _cpu(partial(theirs, text))) for _ in range(7)]
    mine, other = (statistics.median(side) for side in zip(*pairs, strict=True))
    _print(name, "in process", len(text.encode()), mine, other, statistics.median(b / a for a, b in pairs))


def _processes(name: str, path: Path, config: str) -> None:
    theirs = (sys.executable, "-c", _OPENCC, config, str(path))
    other, mine, times = ratio(theirs, (TEXTTOOL, "convert", "--to", config, str(path)), runs=7)
    _print(name, "whole process", path.stat().st_size, mine, other, times)


def _print(name: str, how: str, size: int, mine: float, other: float, times: float) -> None:
    speeds = f"texttool {size / MB / mine:6.1f} MB/s   OpenCC {size / MB / other:6.1f} MB/s"
    print(f"{name:40} {how:13}   {speeds}   {times:.2f}x", flush=True)


def _cpu(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start
