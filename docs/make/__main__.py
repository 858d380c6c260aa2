"""Writes the generated pages, or tells with ``--check`` which of them are not what code and rules say."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from docs.make import filters, manual, settings

HERE = Path(__file__).parent.parent


def pages() -> Iterator[tuple[str, str]]:
    """Every generated page: its path below ``docs/``, and its text."""
    yield from filters.pages()
    yield "recipes.md", settings.recipes()
    yield "settings.md", settings.settings()
    yield "commands.md", manual.commands()
    yield from manual.man_pages()


def main(arguments: list[str]) -> int:
    """The exit status: 1 where a page is not current."""
    stale = [name for name, text in pages() if not _settled(HERE / name, text, write="--check" not in arguments)]
    for name in stale:
        sys.stderr.write(f"docs/{name} is not what code and rules say: run `make docs`\n")
    return int(bool(stale))


def _settled(path: Path, text: str, *, write: bool) -> bool:
    """Whether a page is current, or has been made so."""
    if path.is_file() and path.read_bytes() == text.encode():
        return True
    if write:
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(text.encode())
    return write


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
