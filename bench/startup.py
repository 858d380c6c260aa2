"""How long it takes to say the version or to lint a page, against a Python that imports click and does nothing."""

from __future__ import annotations

import sys
from pathlib import Path

from bench.measure import ROOT, TEXTTOOL, ratio, with_folder

CLICK = (sys.executable, "-c", "import click")
BYTES = 2_000
PAGES = ("work-report", "technical-page")  # Chinese with its own marks; Chinese with terms, versions and code


def main() -> None:
    """Prints CPU milliseconds and ratios, run in turn."""
    with_folder(_measure)


def _measure(folder: Path) -> None:
    _compare("--version", "--version")
    for name in PAGES:
        page = folder / f"{name}.txt"  # in a folder of its own: the settings of this project are not its settings
        page.write_text(_page((ROOT / "samples" / name / "out.txt").read_text("utf-8")), "utf-8")
        _compare(f"lint {name}", "lint", str(page))


def _page(text: str) -> str:
    """Its first paragraphs, up to so many bytes, with the last of them whole."""
    page = ""
    for paragraph in text.splitlines(keepends=True):
        page += paragraph
        if len(page.encode()) >= BYTES:
            break
    return page


def _compare(name: str, *arguments: str) -> None:
    mine, click, times = ratio((TEXTTOOL, *arguments), CLICK)
    print(f"texttool {name:20} {mine * 1000:6.0f} ms   import click {click * 1000:5.0f} ms   ratio {times:.2f}")
