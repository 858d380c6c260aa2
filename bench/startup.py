"""How long the command takes to say its version, against a Python that imports click and does nothing."""

from __future__ import annotations

import sys

from bench.measure import ROOT, TEXTTOOL, ratio

CLICK = (sys.executable, "-c", "import click")
PAGE = ROOT / "samples" / "technical-page" / "out.txt"


def main() -> None:
    """Prints CPU milliseconds and ratios, run in turn."""
    for name, command in (("--version", (TEXTTOOL, "--version")), ("lint of 2 KB", (TEXTTOOL, "lint", str(PAGE)))):
        mine, click, times = ratio(command, CLICK)
        print(f"texttool {name:12} {mine * 1000:6.0f} ms   import click {click * 1000:5.0f} ms   ratio {times:.2f}")
