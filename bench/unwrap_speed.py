"""How fast and how lean unwrap is: ``python -m bench unwrap_speed``, or ``python -m bench.unwrap_speed [FILE]``.

The text (a report of narrow columns, our own sample, or FILE) is repeated to 1, 10 and 50 MB of UTF-8 and unwrapped in
one piece, edits checked and made; then prose, wrapped at different widths, is unwrapped as ten thousand small
documents. The process is this one: decoding and starting are not counted. Prints MB of UTF-8 a second of CPU, and the
peak of memory in bytes a byte of input, all that the process holds included.
"""

from __future__ import annotations

import resource
import sys
from itertools import cycle, islice
from pathlib import Path
from time import process_time

from bench.measure import MB, REPORT
from texttool.pipeline import run
from texttool.rulebook import rules_of

SIZES = (1, 10, 50)
SMALL, SMALL_BYTES = 10_000, 3000
WIDTHS = range(12, 41, 4)  # ideographs: from a newspaper's column to a book's page
PARAGRAPHS = (
    "水渠修到村口的那一年，坡上的旱地头一回种了稻子。老人们说，这条渠走了十一里，穿过三座石崖，"
    "用掉炸药两千四百斤；每家每户都出过工，连放学的孩子也来背沙石。通水那天，锣鼓从早晨一直敲到天黑。",
    "管水的人叫何守田，六十七岁，住在渠首的小屋里。他每天走两遍渠，清晨一遍，傍晚一遍，看哪里漏水，哪里塌方，"
    "回来记在一个硬皮本子上：“三号闸渗水，已补。”“落石一处，清走。”这样的本子，他有二十六本。",
    "去年秋天，县里派人来测量，说要把渠道加宽到2.5米，再装上自动闸门。何守田听了没说话，"
    "第二天带着测量的人把整条渠走了一遍，指给他们看哪一段的石头是一九五八年砌的，哪一段后来重修过。",
)


def main() -> None:
    """Prints the figures."""
    source = Path(sys.argv[1]) if __name__ == "__main__" and len(sys.argv) > 1 else REPORT
    text = source.read_text(encoding="utf-8")
    print(f"text: {source.name}, repeated")
    run(text, rules_of("unwrap"))
    for size in SIZES:
        _whole(text * max(1, round(size * MB / len(text.encode()))), size)
    _small(documents())


def documents() -> list[str]:
    """Small documents, one for each width: wrapped prose with blank lines between its paragraphs."""
    return [_page(width) for width in WIDTHS]


def _page(width: int) -> str:
    made, size = list[str](), 0
    for paragraph in cycle(PARAGRAPHS):
        if size >= SMALL_BYTES:
            break
        lines = [paragraph[at : at + width] for at in range(0, len(paragraph), width)]
        made.append("\n".join(lines) + "\n")
        size += len(made[-1].encode())
    return "\n".join(made)


def _whole(text: str, size: int) -> None:
    """Prints the figures of one text of ``size`` MB."""
    length = len(text.encode())
    start = process_time()
    run(text, rules_of("unwrap"))
    spent = process_time() - start
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    told = f"{size:3} MB  {spent:6.2f} s CPU  {length / MB / spent:6.1f} MB/s"
    print(f"{told}  {held / length:6.1f} bytes of memory a byte", flush=True)


def _small(pages: list[str]) -> None:
    """Prints the figures of many small documents, taken in turn from ``pages``."""
    length = sum(len(page.encode()) for page in islice(cycle(pages), SMALL))
    start = process_time()
    for page in islice(cycle(pages), SMALL):
        run(page, rules_of("unwrap"))
    spent = process_time() - start
    print(
        f"{SMALL} documents of {length // SMALL} bytes  {spent:6.2f} s CPU  {length / MB / spent:6.1f} MB/s", flush=True
    )


if __name__ == "__main__":
    main()
