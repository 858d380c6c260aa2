"""The settings of a run, as one frozen value."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Options:
    """What to do with each document, and where it goes. Codes are rule codes or their beginnings."""

    filters: tuple[str, ...] | None = None  # None: all
    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] = ()
    unsafe: bool = False
    guess: bool = False  # repair misread text of which bytes were lost, and list each guess
    locale: str = "auto"  # one of texttool.filters.punct.locale.LOCALES
    layout: str = "auto"  # one of texttool.filters.unwrap.LAYOUTS
    encoding: str = "auto"
    to: str = "utf-8"  # "same": the encoding of the input
    as_text: bool = False
    output: Path | None = None
    in_place: bool = False
    concatenate: bool = False  # several inputs may become one standard output
    check: bool = False
    diff: bool = False
    audit: Path | None = None
    quiet: bool = False
    verbose: bool = False


def codes(values: tuple[str, ...]) -> tuple[str, ...]:
    """Rule codes as given on the command line: repeated, separated by commas, or both."""
    return tuple(code.strip() for value in values for code in value.split(",") if code.strip())
