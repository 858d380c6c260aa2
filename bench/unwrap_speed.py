"""How fast and how lean unwrap is: `python -m bench.unwrap_speed [FILE]`.

The text (a sample of our own, or FILE) is repeated to 1, 10 and 50 MB of UTF-8 and unwrapped in one piece; then as ten
thousand small documents. Prints MB of UTF-8 a second of CPU, and the peak of memory in bytes a byte of input, all that
the process holds included.
"""

from __future__ import annotations

import resource
import sys
import time
from pathlib import Path

from texttool import pipeline
from texttool.filters.unwrap import RULES

MB = 1_000_000
SMALL = 10_000
PARAGRAPH = (
    "水渠修到村口的那一年，坡上的旱地头一回种了稻子。老人们说，这条渠走了十一里，穿过三座石崖，"
    "用掉炸药两千四百斤；每家每户都出过工，连放学的孩子也来背沙石。通水那天，锣鼓从早晨一直敲到天黑。"
)


def sample() -> str:
    """A column that narrows from eighteen ideographs to four, its lines with trailing spaces, as an OCR leaves it."""
    blocks = []
    for width in range(18, 3, -1):
        lines = (PARAGRAPH[at : at + width] for at in range(0, len(PARAGRAPH), width))
        blocks.append("  \n".join(lines))
    return "\n\n".join(blocks) + "\n\n"


def seconds(text: str) -> float:
    """CPU seconds that one run takes."""
    start = time.process_time()
    pipeline.run(text, RULES)
    return time.process_time() - start


def main() -> None:
    """Prints the figures."""
    text = Path(sys.argv[1]).read_text("utf-8") if len(sys.argv) > 1 else sample()
    size = len(text.encode())
    seconds(text)
    for target in (1, 10, 50):
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        times = max(1, target * MB // size)
        taken = seconds(text * times)
        grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024
        print(
            f"{target:3} MB  {times * size / MB / taken:6.1f} MB/s  {grown / (times * size):5.1f} B/B  {taken:6.2f} s"
        )
    small = text[: len(text) // max(1, size // 3000)]
    runs = min(SMALL, 5 * MB // len(small.encode()))
    start = time.process_time()
    for _ in range(runs):
        pipeline.run(small, RULES)
    taken = time.process_time() - start
    print(f"{runs} documents of {len(small.encode())} B  {runs * len(small.encode()) / MB / taken:6.1f} MB/s")


if __name__ == "__main__":
    main()
