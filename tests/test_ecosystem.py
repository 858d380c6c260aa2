"""The comparison of two states of the code on a corpus: what differs is told, what does not is not."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from tests.conftest import ROOT


def compared(corpus: Path, base: Path) -> tuple[int, str]:
    command = [sys.executable, "-m", "bench.ecosystem", str(corpus), str(base)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    assert done.stderr == b""
    return done.returncode, done.stdout.decode()


def test_a_change_of_a_rule_is_told_with_its_lines(tmp_path: Path) -> None:
    corpus, base = tmp_path / "corpus", tmp_path / "base"
    corpus.mkdir()
    (corpus / "a.txt").write_text("他来了,我走了;再见。\n", "utf-8")
    (corpus / "b.txt").write_text("没有要改的。\n", "utf-8")
    shutil.copytree(ROOT / "texttool", base / "texttool", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "rules", base / "rules")
    assert compared(corpus, base) == (0, "2 files; the output of 0 differs\n")
    rules = base / "rules" / "punctuation.toml"
    text = rules.read_text("utf-8")
    assert text.count('marks = { ";" = "；" }') == 1
    rules.write_text(text.replace('marks = { ";" = "；" }', 'marks = { ";" = "。" }'), "utf-8")
    status, told = compared(corpus, base)
    assert status == 1
    assert "2 files; the output of 1 differs\n" in told
    assert "a.txt\n  - 他来了，我走了。再见。\n  + 他来了，我走了；再见。\n" in told
    (base / "rules" / "punctuation.toml").write_text(text.replace("[PN102]", "[PN192]"), "utf-8")
    _, told = compared(corpus, base)
    assert "  PN102  0 -> 1 edits or findings\n  PN192  1 -> 0 edits or findings\n" in told
