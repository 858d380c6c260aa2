"""Writes script.tsv: the characters that only simplified, and only traditional Chinese text uses.

    pip download --no-deps --no-binary :all: opencc-python-reimplemented==0.1.7    # Apache License 2.0
    python rules/tables/make_script.py opencc-python-reimplemented-0.1.7.tar.gz

A character that stands among its own conversions (后, which is also traditional; 著, which is also simplified) belongs
to both scripts and to neither list.
"""

from __future__ import annotations

import sys
import tarfile
from pathlib import Path

from make_fold import rows

TABLES = {"simplified": "STCharacters.txt", "traditional": "TSCharacters.txt"}


def main(archive: Path) -> None:
    """Reads the archive of OpenCC's tables, writes the table beside this file."""
    lines = [f"# Written by make_script.py: OpenCC, by {archive.name} (Apache License 2.0)."]
    with tarfile.open(archive) as tar:
        for script, name in TABLES.items():
            only = sorted({char for char, *others in rows(tar, name) if len(char) == 1 and char not in others})
            lines.append(f"{script}\t{''.join(only)}")
    (Path(__file__).parent / "script.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
