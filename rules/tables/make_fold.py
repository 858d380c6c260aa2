"""Writes fold.tsv and fold-kept.tsv, the tables by which texts are made comparable.

    pip download --no-deps --no-binary :all: opencc-python-reimplemented==0.1.7    # Apache License 2.0
    python rules/tables/make_fold.py opencc-python-reimplemented-0.1.7.tar.gz

The first has a line for each character that is compared as another one: width, case, accent and compatibility forms
from the Unicode data of the Python that runs this, traditional to simplified characters from OpenCC.
The second has the ranges of code points that are compared at all: letters, digits, and the vowel signs of the scripts
that write them; not white space, marks or symbols.
"""

from __future__ import annotations

import sys
import tarfile
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

HERE = Path(__file__).parent
LAST = 0x323AF  # the end of CJK Extension H: behind it there are no letters
ACCENTS = range(0x300, 0x370)
NOT_COMPARED = ((0x300, 0x36F), (0x20D0, 0x20FF), (0xFE00, 0xFE0F), (0x3099, 0x309A))


def simplified(archive: Path) -> dict[str, str]:
    """Characters to simplified ones: the first choice of TSCharacters, and what Taiwan and Hong Kong write for it."""
    with tarfile.open(archive) as tar:
        chinese = {row[0]: row[1] for row in rows(tar, "TSCharacters.txt")}
        regional = [*rows(tar, "TWVariants.txt"), *rows(tar, "HKVariants.txt")]
    for standard, *variants in regional:
        for variant in variants:
            chinese.setdefault(variant, chinese.get(standard, standard))
    return chinese


def rows(tar: tarfile.TarFile, name: str) -> list[list[str]]:
    """The lines of one of OpenCC's tables that have two columns or more."""
    file = tar.extractfile(next(m for m in tar.getmembers() if m.name.endswith(f"dictionary/{name}")))
    assert file is not None
    return [line.split() for line in file.read().decode("utf-8").splitlines() if len(line.split()) > 1]


def compared(code: int) -> bool:
    """Whether the code point takes part in a comparison."""
    kind = unicodedata.category(chr(code))
    return kind[0] in "LNM" and kind != "Me" and not any(a <= code <= b for a, b in NOT_COMPARED)


def plain(char: str) -> str:
    """Width, compatibility form, accent and case taken off, where one character remains."""
    flat = unicodedata.normalize("NFKC", char)
    flat = flat if len(flat) == 1 else char
    parts = unicodedata.normalize("NFD", flat)
    if all(ord(mark) in ACCENTS for mark in parts[1:]):
        flat = parts[0]
    low = flat.lower()
    return low if len(low) == 1 else flat


def ranges(test: Callable[[int], bool]) -> Iterator[tuple[int, int]]:
    """Ends of the longest runs of code points that pass, both included."""
    start = None
    for code in range(LAST + 2):
        inside = code <= LAST and test(code)
        if inside and start is None:
            start = code
        elif not inside and start is not None:
            yield start, code - 1
            start = None


def main(archive: Path) -> None:
    """Writes both tables."""
    chinese = simplified(archive)
    origin = f"# Written by make_fold.py: Unicode {unicodedata.unidata_version}"
    with (HERE / "fold.tsv").open("w", encoding="utf-8", newline="\n") as out:
        out.write(
            f"{origin}; OpenCC TSCharacters, TWVariants and HKVariants, by {archive.name} (Apache License 2.0).\n"
        )
        for code in filter(compared, range(LAST + 1)):
            char = chr(code)
            put = plain(char)
            put = chinese.get(put, put)
            put = chinese.get(put, put)  # a variant of what is not simplified yet
            # Both in the Basic Multilingual Plane, or both outside: a text is compared in 16 bits where it can be.
            if put != char and compared(ord(put)) and (ord(put) > 0xFFFF) <= (code > 0xFFFF):
                out.write(f"{char}\t{put}\n")
    with (HERE / "fold-kept.tsv").open("w", encoding="utf-8", newline="\n") as out:
        out.write(f"{origin}: categories L, N and M. First and last code point.\n")
        out.writelines(f"{a:04X}\t{b:04X}\n" for a, b in ranges(compared))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
