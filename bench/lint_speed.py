"""CPU per file where lint reads many small files in two processes; beside autocorrect, where it is installed."""

from __future__ import annotations

import random
import re
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from bench.measure import ROOT, TEXTTOOL, cost, with_folder

FILES, BYTES = 10_000, 2_000
SOURCES = [ROOT / "samples" / name / "out.txt" for name in ("work-report", "novel-gbk")]
_TWICE = 12  # characters: sentences that share so many tell the same, and one file would have a passage twice
# autocorrect as its Python package has it: without the walk, the reading of settings and the report of its command.
_AUTOCORRECT = """
import sys, pathlib, autocorrect_py
path = pathlib.Path(sys.argv[1])
for file in sorted(path.rglob("*.txt")) if path.is_dir() else [path]:
    autocorrect_py.lint_for(file.read_text("utf-8"), "text")
"""


def main() -> None:
    """Prints milliseconds of CPU a file, less those of one file alone."""
    with_folder(_measure)


def _measure(folder: Path) -> None:
    one = _plant(folder)
    for name, command in _commands():
        start, all_ = (cost((*command, str(path))).cpu for path in (one, folder))
        print(f"{name:20} {(all_ - start) / FILES * 1000:6.2f} ms a file   start-up {start * 1000:5.0f} ms")


def _commands() -> Iterator[tuple[str, tuple[str, ...]]]:
    yield "texttool lint -j 2", (TEXTTOOL, "lint", "-j", "2")
    if find_spec("autocorrect_py"):
        yield "autocorrect, alone", (sys.executable, "-c", _AUTOCORRECT)
    else:
        print("autocorrect is not installed (pip install autocorrect-py)")


def _plant(folder: Path) -> Path:
    """Files of whole sentences of the samples, none of which says what another one does; gives the first of them."""
    sentences = list(_sentences("\n".join(source.read_text("utf-8") for source in SOURCES)))
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


def _sentences(text: str) -> Iterator[str]:
    known = set[str]()
    for sentence in re.findall(r"[^。\n]{8,60}。", text):
        grams = {sentence[at : at + _TWICE] for at in range(len(sentence) - _TWICE + 1)}
        if known.isdisjoint(grams) and sentence.count("“") == sentence.count("”"):
            yield sentence
        known |= grams
