"""Writes compiled.json: the tables in TOML as JSON, each with the checksum of the file it was made of.

    python rules/tables/make_compiled.py            # after any change of a table
    python rules/tables/make_compiled.py --check    # tells whether it is current

A table that has changed since is read from its TOML all the same, which takes longer.
"""

from __future__ import annotations

import json
import sys
import tomllib
from pathlib import Path
from zlib import crc32

RULES = Path(__file__).parent.parent
COMPILED = RULES / "tables" / "compiled.json"


def compiled() -> str:
    """One line a table."""
    lines = []
    for path in sorted((*RULES.glob("*.toml"), *RULES.glob("tables/*.toml"))):
        data = path.read_bytes()
        name = path.relative_to(RULES).with_suffix("").as_posix()
        made = json.dumps([crc32(data), tomllib.loads(data.decode())], ensure_ascii=False)
        lines.append(f"{json.dumps(name)}: {made}")
    return "{\n" + ",\n".join(lines) + "\n}\n"


def main(arguments: list[str]) -> int:
    """Writes the file, or with ``--check`` says whether it is what the tables say."""
    if arguments != ["--check"]:
        COMPILED.write_text(compiled(), encoding="utf-8")
        return 0
    current = COMPILED.read_text(encoding="utf-8") == compiled()
    if not current:
        sys.stderr.write(f"{COMPILED.name} is not what rules/ says: run `make docs`\n")
    return 0 if current else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
