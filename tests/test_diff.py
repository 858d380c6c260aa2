from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.strategies import edits_of
from texttool.diff import unified
from texttool.document import Document
from texttool.edits import Edits

newlines = st.sampled_from(["\n", "\r\n"])
sources = st.text(st.sampled_from("ab\n\n\n，"), max_size=60)


def document(text: str, newline: str = "\n") -> Document:
    return Document("f", b"", text, "utf-8", b"", newline)


@pytest.mark.parametrize("tool", [["git", "apply", "-p0", "p"], ["patch", "-p0", "--binary", "-s", "-i", "p"]])
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(case=sources.flatmap(lambda text: st.tuples(st.just(text), edits_of(text))), newline=newlines)
def test_a_diff_is_a_patch(tool: list[str], case: tuple[str, Edits], newline: str, tmp_path: Path) -> None:
    if not shutil.which(tool[0]):
        pytest.skip(f"{tool[0]} is not installed")
    source, edits = case
    want = edits.apply(source).replace("\n", newline).encode()
    file = tmp_path / "f"
    file.write_bytes(source.replace("\n", newline).encode())
    patch = unified(document(source, newline), edits)
    assert bool(patch) == (edits.apply(source) != source)
    if patch:
        (tmp_path / "p").write_bytes(patch)
        done = subprocess.run(tool, cwd=tmp_path, capture_output=True, check=False)
        assert done.returncode == 0, done.stderr
    assert (file.read_bytes() if file.exists() else b"") == want


@pytest.mark.parametrize("name", ["a b.txt", "甲 乙.txt", 'q"uote.txt', "back\\slash.txt"])
@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"])
def test_any_name_and_mark(name: str, bom: bytes, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(bom + "甲,\n乙\n".encode())
    patch = unified(Document(name, b"", "甲,\n乙\n", "utf-8", bom, "\n"), Edits.of([(1, 2, "，")]))
    (tmp_path / "p").write_bytes(patch)
    subprocess.run(["patch", "-p0", "--binary", "-s", "-i", "p"], cwd=tmp_path, check=True)
    assert (tmp_path / name).read_bytes() == bom + "甲，\n乙\n".encode()


def test_by_hand() -> None:
    patch = unified(document("一\n二\n三\n四\n五\n\n\n六\n七\n八\n九"), Edits.of([(2, 3, "2"), (18, 19, "9")]))
    assert patch.decode() == (
        "--- f\n+++ f\n@@ -1,5 +1,5 @@\n 一\n-二\n+2\n 三\n 四\n 五\n"
        "@@ -8,4 +8,4 @@\n 六\n 七\n 八\n-九\n\\ No newline at end of file\n+9\n\\ No newline at end of file\n"
    )
    assert unified(document("甲\n"), Edits.of([(0, 1, "甲")])) == b""


def test_a_name_cannot_command_the_terminal() -> None:
    hostile = Document("a\x1b]52;c;eA==\x07", b"", "a", "utf-8", b"", "\n")
    made = unified(hostile, Edits.of([(0, 1, "b")]))
    assert b"\x1b" not in made
    assert made.startswith(b'--- "a\\033]52;c;eA==\\007"\n')
