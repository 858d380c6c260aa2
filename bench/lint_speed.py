"""CPU per file where lint reads many small files in two processes; beside autocorrect, where it is installed."""

from __future__ import annotations

import random
import re
import shutil
from pathlib import Path

from bench.measure import ROOT, TEXTTOOL, cost, with_folder

FILES, BYTES = 10_000, 2_000
SOURCE = ROOT / "samples" / "work-report" / "out.txt"


def main() -> None:
    """Prints milliseconds of CPU a file, less those of one file alone."""
    with_folder(_measure)


def _measure(folder: Path) -> None:
    one = _plant(folder)
    for name, command in (
        ("texttool lint -j 2", (TEXTTOOL, "lint", "-j", "2")),
        ("autocorrect", ("autocorrect", "--lint")),
    ):
        if shutil.which(command[0]):
            start, all_ = (cost((*command, str(path))).cpu for path in (one, folder))
            print(f"{name:20} {(all_ - start) / FILES * 1000:6.2f} ms a file   start-up {start * 1000:5.0f} ms")


def _plant(folder: Path) -> Path:
    """Files of whole sentences of a sample, no sentence twice in one; gives the first of them."""
    sentences = re.findall(r"[^。\n]{8,60}。", SOURCE.read_text("utf-8"))
    made = random.Random(1)
    for i in range(FILES):
        made.shuffle(sentences)
        text, at = "", 0
        while len(text.encode()) < BYTES:
            text += f"{''.join(sentences[at : at + 3])}\n\n"
            at += 3
        path = folder / f"{i // 500:02}" / f"{i:05}.txt"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    return folder / "00" / "00000.txt"
