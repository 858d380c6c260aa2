"""``convert`` against OpenCC itself, in process and in turn: text to convert, and text with nothing to convert."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from bench.measure import MB, ROOT

# Clean prose; where a real report is at hand, that.
_REPORT = ROOT.parent / "shared" / "seed" / "report.clean.txt"
SOURCE = _REPORT if _REPORT.is_file() else ROOT / "samples" / "work-report" / "out.txt"


def main() -> None:
    """Prints MB of UTF-8 a second of CPU of both, and the median of their ratios."""
    import opencc

    import texttool

    text = _repeated(SOURCE, 10 * MB)
    size = len(text.encode())
    for name, config, code in (("s2t", "s2t", "ZH101"), ("t2s, nothing to do", "t2s", "ZH102")):
        theirs = opencc.OpenCC(config).convert
        ours = partial(texttool.clean, text, ["convert"], select=[code])
        pairs = [(_cpu(ours), _cpu(partial(theirs, text))) for _ in range(7)]
        mine, other = (statistics.median(side) for side in zip(*pairs, strict=True))
        ratio = statistics.median(b / a for a, b in pairs)
        print(f"{name:20} texttool {size / MB / mine:6.1f} MB/s   OpenCC {size / MB / other:6.1f} MB/s   {ratio:.2f}x")


def _cpu(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def _repeated(path: Path, size: int) -> str:
    data = path.read_bytes()
    return (data * round(size / len(data))).decode()
