"""Makes structure_singles.tsv: common Chinese characters that hardly ever stand twice in a row.

    python make_structure_singles.py FOLDER > structure_singles.tsv

FOLDER holds characters.<language>.tsv and bigrams.<language>.tsv: a character or a pair, a tab, how often it occurs.

A character that occurred 300 times without a pair of its own among the counted ones doubles in less than one case of
a hundred ("rule of three": Hanley and Lippman-Hand 1983, no event in n trials bounds the rate by 3/n at 95 %).
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

LANGUAGES = ("zh-Hans", "zh-Hant")
SEEN = 300
# Ends the name of a field and begins that of a society, ends a quantity and begins its value: 数学学会, 参数数量.
MEETING = "学學数數"
HEAD = """\
# Common characters that hardly ever stand twice in a row: made by make_structure_singles.py.
# character\toccurrences counted
"""


def counts(folder: Path, kind: str) -> Counter[str]:
    """How often each character or pair occurs in all languages together."""
    total: Counter[str] = Counter()
    for language in LANGUAGES:
        for line in (folder / f"{kind}.{language}.tsv").read_text(encoding="utf-8").splitlines():
            key, _, count = line.rpartition("\t")
            total[key] += int(count)
    return total


def main(folder: Path) -> None:
    """Writes the table to standard output."""
    characters, pairs = counts(folder, "characters"), counts(folder, "bigrams")
    singles = [
        (char, count)
        for char, count in characters.most_common()
        if count >= SEEN and char not in MEETING and "\u3400" <= char <= "\u9fff" and not pairs[char * 2]
    ]
    rows = [f"{char}\t{count}\n" for char, count in singles]
    sys.stdout.writelines([HEAD, *rows])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
