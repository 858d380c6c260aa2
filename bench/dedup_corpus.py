"""A corpus of Chinese prose of any size, drawn from a table of how often two characters follow one another."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path

from bench.measure import ROOT

# How often two characters stand side by side in published prose, where it is at hand; else in our own samples.
_TABLE = ROOT.parent / "shared" / "data" / "bigrams.zh-Hans.tsv"
_SAMPLES = ROOT / "samples"
PARAGRAPH = 150  # characters of a paragraph


def write(folder: Path, size: int, each: int = 20_000, seed: int = 1) -> int:
    """Files of about ``each`` bytes, ``size`` bytes in all, in folders of a hundred. Gives how many."""
    drawn = paragraphs(seed)
    count = max(1, size // each)
    for number in range(count):
        path = folder / f"{number // 100:03}" / f"{number:06}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        length, said = 0, list[str]()
        while length < each:
            said.append(next(drawn))
            length += len(said[-1].encode()) + 1
        path.write_text("\n".join(said), encoding="utf-8")
    return count


def paragraphs(seed: int) -> Iterator[str]:
    """Paragraphs without end: chains of characters in which each follows the one before as often as in the table."""
    draw = random.Random(seed)
    table = {first: (list(row), list(accumulate(row.values()))) for first, row in _pairs().items()}
    starts = list(table)
    while True:
        said, char = list[str](), draw.choice(starts)
        while len(said) < PARAGRAPH:
            said.append(char)
            row, weights = table.get(char) or ((draw.choice(starts),), (1,))
            [char] = draw.choices(row, cum_weights=weights)
        yield "".join(said)


def _pairs() -> dict[str, dict[str, int]]:
    counts: dict[str, dict[str, int]] = {}
    if _TABLE.is_file():
        rows = (line.split("\t") for line in _TABLE.read_text(encoding="utf-8").splitlines())
        pairs = [(pair, int(count)) for pair, count in rows]
    else:
        text = "".join(path.read_text(encoding="utf-8") for path in sorted(_SAMPLES.glob("*/out.txt")))
        pairs = [(text[i : i + 2], 1) for i in range(len(text) - 1)]
    for pair, count in pairs:
        row = counts.setdefault(pair[0], {})
        row[pair[1]] = row.get(pair[1], 0) + count
    return counts
