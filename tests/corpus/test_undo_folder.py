"""``undo`` of a folder: what the run passed over is passed over; what it wrote and was changed since is not."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.conftest import COMMAND

NOISE = bytes.fromhex("89d2773303afa469178a283d2296530ab5c34f9689c4c1273e6398a928b27a936a5e2bef2c0f1cc7") * 2
FILES = {
    "a.txt": "你好,世界。\n".encode(),
    "same.txt": "好。\n".encode(),
    "sub/p.png": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
    "sub/noise.dat": NOISE,
    "x.py": b"print('a,b')\n",
    "t.csv": "甲,乙\n".encode(),
}
SAID = (
    "texttool: in/sub/noise.dat: in no known encoding, which the trail does not know; left as it is\n"
    "texttool: in/sub/p.png: binary, which the trail does not know; left as it is\n"
)


def call(cwd: Path, *args: str) -> tuple[int, str]:
    done = subprocess.run([COMMAND, *args], cwd=cwd, capture_output=True, check=False)
    return done.returncode, done.stderr.decode()


def made(root: Path) -> Path:
    for name, data in FILES.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(data)
    return root


def tree(root: Path) -> dict[str, bytes]:
    names = (path for path in root.rglob("*") if path.is_file() and not path.name.endswith(".audit.gz"))
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in names}


@pytest.mark.parametrize("trail", [("--audit", "t.jsonl"), ("--audit-beside",)])
def test_what_was_never_changed_needs_no_undoing(tmp_path: Path, trail: tuple[str, ...]) -> None:
    root = made(tmp_path / "in")
    assert call(tmp_path, "clean", "-q", "-i", "in", *trail)[0] == 1  # the encoding of one is not known
    assert (root / "a.txt").read_text("utf-8") == "你好，世界。\n"
    undo = ("undo", "-i", "in", *trail) if len(trail) == 2 else ("undo", "-i", "in")
    code, said = call(tmp_path, *undo)
    beside = "texttool: in: 3 files without a trail beside them, left as they are\n"
    assert (code, said) == (0, SAID if len(trail) == 2 else beside)
    assert tree(root) == FILES


def test_into_another_folder_goes_what_was_cleaned(tmp_path: Path) -> None:
    made(tmp_path / "in")
    call(tmp_path, "clean", "-q", "-i", "in", "--audit", "t.jsonl")
    assert call(tmp_path, "undo", "in", "-o", "back", "--audit", "t.jsonl") == (0, SAID)
    assert tree(tmp_path / "back") == {name: FILES[name] for name in ("a.txt", "same.txt")}


@pytest.mark.parametrize("data", [b"\0\0\0\0", "改了。\n".encode(), NOISE])
def test_an_output_that_was_changed_since_is_a_failure(tmp_path: Path, data: bytes) -> None:
    made(tmp_path / "in")
    call(tmp_path, "clean", "-q", "in", "-o", "out", "--audit", "t.jsonl")
    (tmp_path / "out" / "a.txt").write_bytes(data)
    code, said = call(tmp_path, "undo", "out", "-o", "back", "--audit", "t.jsonl")
    assert code == 2
    assert "out/a.txt: the audit trail knows no output with these bytes" in said
    assert "a.txt" not in tree(tmp_path / "back")


def test_a_text_that_the_trail_does_not_know_is_a_failure(tmp_path: Path) -> None:
    made(tmp_path / "in")
    call(tmp_path, "clean", "-q", "-i", "in", "--audit", "t.jsonl")
    (tmp_path / "in" / "new.txt").write_text("新的。\n", "utf-8")
    code, said = call(tmp_path, "undo", "-i", "in", "--audit", "t.jsonl")
    assert (code, "in/new.txt: the audit trail knows no output" in said) == (2, True)
    assert (tmp_path / "in" / "a.txt").read_bytes() == FILES["a.txt"]


def test_a_folder_without_any_trail_is_a_failure(tmp_path: Path) -> None:
    made(tmp_path / "in")
    code, said = call(tmp_path, "undo", "-i", "in")
    assert (code, "in/a.txt: has no trail beside it" in said) == (2, True)
