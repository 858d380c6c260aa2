"""What is drawn for people, with rich: as bytes, so that one module writes and rich never alters a text."""

from __future__ import annotations

import io
import os
import shutil
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from texttool import streams

if TYPE_CHECKING:
    from rich.console import Console

WIDTH = 100  # columns where no terminal says how many it has
NARROW = 60  # columns below which labels stand above what they label
_MOST = 120  # columns: longer lines are hard to read


def width() -> int:
    """The columns of the terminal that standard output is, or WIDTH."""
    if sys.stdout is None or not sys.stdout.isatty():
        return WIDTH
    return max(20, min(shutil.get_terminal_size((WIDTH, 24)).columns, _MOST))


def console(colour: str, columns: int) -> Console:
    """A console that keeps what it draws: ``colour`` is auto, always or never."""
    from rich.console import Console

    coloured = streams.colours(colour)
    return Console(
        file=io.StringIO(),
        width=columns,
        force_terminal=coloured,
        color_system=("truecolor" if "truecolor" in os.environ.get("COLORTERM", "") else "standard")
        if coloured
        else None,
        no_color=not coloured,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )


def drawn(parts: Iterable[Any], colour: str, columns: int | None = None) -> bytes:
    """The parts, rich's renderables, one below the other."""
    paper = console(colour, columns or width())
    for part in parts:
        paper.print(part)
    text: str = paper.file.getvalue()  # type: ignore[attr-defined]
    return streams.for_people("".join(f"{line.rstrip(' ')}\n" for line in text.split("\n")[:-1])).encode()
