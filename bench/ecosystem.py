"""What a change does to a corpus: ``python -m bench.ecosystem CORPUS [BASE]``, or ``make ecosystem CORPUS=dir``.

Cleans the folder ``CORPUS`` with the working tree and with ``BASE``: a commit, a tag (default: the last one), or the
folder of another checkout. Prints the rules whose number of edits differs, and samples of the lines that do. The exit
status is 1 where any output differs: in a release that mends, the rules that run by default may change none.
"""

from __future__ import annotations

import difflib
import json
import os
import random
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.measure import ROOT

SAMPLED = 20  # changes that are shown
_WIDE = 160  # characters of a line that are shown


def main(arguments: list[str]) -> int:
    """Compares, prints; the exit status."""
    if not 1 <= len(arguments) <= 2 or not Path(arguments[0]).is_dir():
        sys.stderr.write("usage: python -m bench.ecosystem CORPUS [BASE]\n")
        return 2
    corpus = Path(arguments[0]).resolve()
    with tempfile.TemporaryDirectory(prefix="texttool-ecosystem-") as name:
        folder = Path(name)
        base = _checkout(arguments[1] if len(arguments) > 1 else _last_tag(), folder / "base")
        before, after = (_cleaned(tree, corpus, folder / made) for tree, made in ((base, "before"), (ROOT, "after")))
        return _compare(before, after)


def _last_tag() -> str:
    done = subprocess.run(["git", "describe", "--tags", "--abbrev=0"], cwd=ROOT, capture_output=True, check=False)
    if done.returncode:
        raise SystemExit("there is no release yet to compare with: name a commit as BASE")
    return done.stdout.decode().strip()


def _checkout(base: str, folder: Path) -> Path:
    """A tree of the code: a folder as it is, a commit unpacked."""
    if Path(base).is_dir():
        return Path(base).resolve()
    folder.mkdir()
    packed = subprocess.run(["git", "archive", base, "texttool", "rules"], cwd=ROOT, capture_output=True, check=True)
    subprocess.run(["tar", "-x", "-C", str(folder)], input=packed.stdout, check=True)
    return folder


def _cleaned(tree: Path, corpus: Path, folder: Path) -> tuple[Path, dict[str, Any]]:
    """The corpus as a tree of the code cleans it, and its manifest by path."""
    folder.mkdir()
    manifest = folder / "run.jsonl"
    arguments = ("clean", str(corpus), "-o", str(folder / "out"), "--manifest", str(manifest), "-q", "--isolated")
    done = subprocess.run(
        [sys.executable, "-m", "texttool", *arguments],
        cwd=tree,
        env={**os.environ, "PYTHONPATH": str(tree)},
        check=False,
    )
    if done.returncode not in (0, 1, 2) or not manifest.exists():
        raise SystemExit(f"{tree}: status {done.returncode}")
    lines = (json.loads(line) for line in manifest.read_text("utf-8").splitlines())
    return folder / "out", {line["path"]: line for line in lines if "path" in line}


def _compare(before: tuple[Path, dict[str, Any]], after: tuple[Path, dict[str, Any]]) -> int:
    (old, old_lines), (new, new_lines) = before, after
    paths = sorted(old_lines.keys() | new_lines.keys())
    differ = [name for name in _files(old) | _files(new) if _text(old / name) != _text(new / name)]
    print(f"{len(paths)} files; the output of {len(differ)} differs")
    for code, (was, now) in _counts(old_lines, new_lines):
        if was != now:
            print(f"  {code}  {was} -> {now} edits or findings")
    changes = [(name, change) for name in sorted(differ) for change in _changes(old / name, new / name)]
    chance = random.Random(0)  # the same sample in each run
    for name, (minus, plus) in sorted(chance.sample(changes, min(SAMPLED, len(changes)))):
        print(f"{name}\n  - {minus[:_WIDE]}\n  + {plus[:_WIDE]}")
    return int(bool(differ))


def _files(folder: Path) -> set[Path]:
    return {path.relative_to(folder) for path in folder.rglob("*") if path.is_file()}


def _text(path: Path) -> str:
    return path.read_text("utf-8", "replace") if path.is_file() else ""


def _counts(old: dict[str, Any], new: dict[str, Any]) -> Iterator[tuple[str, tuple[int, int]]]:
    """By rule, how much was edited and found before and now."""
    made = [Counter[str](), Counter[str]()]
    for counter, lines in zip(made, (old, new), strict=True):
        for line in lines.values():
            for key in ("edits", "findings"):
                counter.update(line.get(key) or {})
    for code in sorted(made[0].keys() | made[1].keys()):
        yield code, (made[0][code], made[1][code])


def _changes(old: Path, new: Path) -> Iterator[tuple[str, str]]:
    """Runs of lines that differ, before and now."""
    one, two = (_text(path).splitlines() for path in (old, new))
    for kind, a, b, c, d in difflib.SequenceMatcher(None, one, two, autojunk=False).get_opcodes():
        if kind != "equal":
            yield " ⏎ ".join(one[a:b]), " ⏎ ".join(two[c:d])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
