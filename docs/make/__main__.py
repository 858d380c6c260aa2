"""Writes the generated pages, or tells with ``--check`` which of them are not what code and rules say."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from docs.make import filters, licences, manual, settings

HERE = Path(__file__).parent.parent


def pages() -> Iterator[tuple[str, str]]:
    """Every generated page: its path below ``docs/``, and its text."""
    yield from filters.pages()
    yield "recipes.md", settings.recipes()
    yield "settings.md", settings.settings()
    yield "commands.md", manual.commands()
    yield "licences.md", licences.page()
    yield from manual.man_pages()


# What packages say of themselves changes with their versions: this page is written, and not compared.
_LOOSE = {"licences.md"}


def main(arguments: list[str]) -> int:
    """The exit status: 1 where a page is not current."""
    check = "--check" in arguments
    made = [(name, text) for name, text in pages() if not (check and name in _LOOSE)]
    stale = [name for name, text in made if not _settled(HERE / name, text, write=not check)]
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
