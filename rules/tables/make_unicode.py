"""Makes ``unicode_radicals.tsv``: radicals, and the ideographs that stand for the same.

    python rules/tables/make_unicode.py EquivalentUnifiedIdeograph.txt [OUT]

The input is a file of the Unicode Character Database (https://www.unicode.org/Public/UCD/latest/ucd/, under the Unicode
License v3; in Debian's package unicode-data as well). CJK strokes, which it also lists, are left out: they are drawings
of strokes and stand in no text by mistake.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

_ROW = re.compile(r"^([0-9A-F]+)(?:\.\.([0-9A-F]+))?\s*;\s*([0-9A-F]+)", re.MULTILINE)


def table(source: str) -> str:
    """The lines of the table: a radical, a tab, its ideograph; in order of code points."""
    lines = ["# Radical and equivalent unified ideograph: made by make_unicode.py from the Unicode Character Database."]
    for first, last, ideograph in _ROW.findall(source):
        codes = range(int(first, 16), int(last or first, 16) + 1)
        lines += [f"{chr(code)}\t{chr(int(ideograph, 16))}" for code in codes if 0x2E80 <= code <= 0x2FDF]
    return "\n".join(lines) + "\n"


def main(source: Path, target: Path) -> None:
    """Reads the property file and writes the table."""
    target.write_text(table(source.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    default = Path(__file__).parent / "unicode_radicals.tsv"
    main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else default)
