"""Makes the tables of character costs that detection and repair read: ``frequency_<language>.tsv``.

    python rules/tables/make_frequency.py COUNTS [OUT]

COUNTS is a folder with ``characters.<language>.tsv``: a character, a tab, how often it occurs in text of that
language. Any corpus will do. Each line of a table is a cost in tenths of a nat (-10 ln p, rounded) and every character
that has it; the first line, without characters, is the cost of one character that the counts do not hold.

Probabilities are counts with an absolute discount of one half (Ney, Essen, Kneser 1994): what the discount takes from
the characters seen is the mass of those unseen, shared evenly by the characters of the national standard not yet seen.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from math import log
from pathlib import Path

DISCOUNT = 0.5
# Language -> how many characters its national standard has: GB 2312, Big5, JIS X 0208, KS X 1001.
STANDARDS = {"zh-Hans": 7445, "zh-Hant": 13461, "ja": 6879, "ko": 8227}


def read_counts(path: Path) -> dict[str, int]:
    """The counts of a file, without ASCII and white space (detection prices those alike in every language)."""
    rows = (line.split("\t") for line in path.read_text(encoding="utf-8").split("\n") if line)
    return {char: int(count) for char, count in rows if len(char) == 1 and ord(char) > 127 and not char.isspace()}


def table(counts: dict[str, int], standard: int) -> str:
    """The lines of one table, cheapest characters first."""
    total = sum(counts.values())
    reserve = DISCOUNT * len(counts) / total
    unseen = log(max(standard - len(counts), standard // 10) / reserve)
    levels: defaultdict[int, list[str]] = defaultdict(list)
    for char, count in counts.items():
        levels[round(-10 * log((count - DISCOUNT) / total))].append(char)
    lines = [f"{round(10 * unseen)}\t", *(f"{level}\t{''.join(sorted(levels[level]))}" for level in sorted(levels))]
    return "\n".join(lines) + "\n"


def main(source: Path, target: Path) -> None:
    """Reads the counts of every language and writes its table."""
    for language, standard in STANDARDS.items():
        counts = read_counts(source / f"characters.{language}.tsv")
        (target / f"frequency_{language}.tsv").write_text(table(counts, standard), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else Path(__file__).parent)
