"""The texts that are measured, of any size: a dirty report, clean prose, no line twice, a legacy code, documents."""

from __future__ import annotations

import random
import re
import shutil
from pathlib import Path

from bench.measure import REPORT, ROOT, repeated

_CLEAN = ROOT.parent / "shared" / "seed" / "report.clean.txt"
PROSE = _CLEAN if _CLEAN.is_file() else ROOT / "samples" / "work-report" / "out.txt"
_DOCUMENT = 2_000  # bytes


def made(kind: str, size: int, folder: Path) -> Path:
    """A file (or, of documents, a folder) of about ``size`` bytes."""
    if kind == "documents":
        return _documents(size, folder / f"documents-{size}")
    if kind == "lines":
        path = folder / f"lines-{size}.txt"
        path.write_text(distinct(size), "utf-8")
        return path
    path = repeated(REPORT if kind == "report" else PROSE, size, folder)
    if kind == "gbk":
        text = path.read_text("utf-8").encode("gb18030")
        path = path.with_suffix(".gbk")
        path.write_bytes(text)
    return path


def distinct(size: int) -> str:
    """About ``size`` bytes of UTF-8 of which no line stands twice: parts of sentences in an order of their own."""
    chance = random.Random(0)
    parts = [part for part in re.split("[，。；\n]", PROSE.read_text("utf-8")) if part]
    lines, length = dict[str, None](), 0
    while length < size:
        line = "，".join(chance.choices(parts, k=chance.randint(2, 12))) + "。"
        if line not in lines:
            lines[line] = None
            length += len(line.encode()) + 1
    return "\n".join([*lines, ""])


def _documents(size: int, folder: Path) -> Path:
    """Documents of sentences in an order of their own; each tenth is the one before with a tenth of it left out."""
    chance = random.Random(0)
    sentences = [part + "。" for part in PROSE.read_text("utf-8").replace("\n", "").split("。") if part]
    folder.mkdir()
    before: list[str] = []
    for number in range(size // _DOCUMENT):
        chosen = [part for part in before if chance.random() > 0.1]
        if number % 10 or not chosen:
            chosen, length = [], 0
            while length < _DOCUMENT:
                chosen.append(chance.choice(sentences))
                length += len(chosen[-1].encode())
        (folder / f"{number:06}.txt").write_text("\n".join(chosen), "utf-8")
        before = chosen
    return folder


def size(path: Path) -> int:
    """Bytes of a text."""
    return sum(one.stat().st_size for one in path.iterdir()) if path.is_dir() else path.stat().st_size


def removed(path: Path) -> None:
    """Takes a text away again."""
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink()
