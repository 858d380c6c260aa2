"""A baseline knows what was there; what is new, what moved, and what was mended and comes back."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tests.conftest import COMMAND

BAD = "春天来了,花开了。\n\n夏天来了,蝉叫了。\n"


def lint(*args: str, cwd: Path) -> tuple[int, list[str], str]:
    done = subprocess.run([COMMAND, "lint", *args], cwd=cwd, capture_output=True, timeout=60, check=False)
    return done.returncode, done.stdout.decode().splitlines(), done.stderr.decode()


@pytest.fixture
def known(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text(BAD, "utf-8")
    (tmp_path / "b.txt").write_text("好。\n", "utf-8")
    told = lint("--write-baseline", "known.json", ".", cwd=tmp_path)
    assert told == (0, [], "texttool: known.json: 2 findings in 1 files are known from now on\n")
    return tmp_path


def found(folder: Path, *args: str) -> list[str]:
    """Places and codes of what is reported beside the baseline."""
    code, lines, _ = lint("--baseline", "known.json", *(args or (".",)), cwd=folder)
    assert code == (1 if lines else 0)
    return [" ".join(line.split(" ")[:2]) for line in lines]


def test_what_is_known_is_not_reported(known: Path) -> None:
    assert found(known) == []
    assert len(lint(".", cwd=known)[1]) == 2


@pytest.mark.parametrize("above", ["新的一行。\n", "新的一行。\n\n又一行。\n\n", "\n"])
def test_it_survives_lines_put_in_above(known: Path, above: str) -> None:
    before = (known / "known.json").read_bytes()
    (known / "a.txt").write_text(above + BAD, "utf-8")
    assert found(known) == []
    assert (known / "known.json").read_bytes() == before


def test_what_is_new_is_reported(known: Path) -> None:
    (known / "a.txt").write_text(f"{BAD}\n秋天来了,叶落了。\n", "utf-8")
    assert found(known) == ["a.txt:5:5: PN101"]
    (known / "b.txt").write_text("春天来了,花开了。\n", "utf-8")  # known of another file
    assert found(known, "b.txt") == ["b.txt:1:5: PN101"]


def test_the_same_once_more_is_new(known: Path) -> None:
    (known / "a.txt").write_text(f"{BAD}\n春天来了,花开了。\n", "utf-8")
    assert found(known, "--select", "PN", ".") == ["a.txt:5:5: PN101"]


def test_what_was_mended_is_reported_when_it_comes_back(known: Path) -> None:
    (known / "a.txt").write_text(BAD.replace("了,花", "了，花"), "utf-8")
    code, lines, said = lint("--baseline", "known.json", ".", cwd=known)
    assert (code, lines, said) == (0, [], "texttool: known.json: 1 mended, taken out of the baseline\n")
    (known / "a.txt").write_text(BAD, "utf-8")
    assert found(known) == ["a.txt:1:5: PN101"]


def test_what_did_not_run_or_was_not_read_stays_known(known: Path) -> None:
    before = (known / "known.json").read_bytes()
    assert found(known, "--ignore", "PN", ".") == []
    assert found(known, "b.txt") == []
    assert found(known, "--filters", "unwrap", ".") == []
    (known / "a.txt").rename(known / "c.txt")
    assert len(found(known)) == 2
    assert (known / "known.json").read_bytes() == before


def test_it_is_found_from_any_folder_and_named_by_the_configuration(known: Path) -> None:
    (known / "texttool.toml").write_text('baseline = "known.json"\n', "utf-8")
    (known / "sub").mkdir()
    assert lint(".", cwd=known) == (0, [], "")
    assert lint("../a.txt", cwd=known / "sub") == (0, [], "")
    assert lint(str(known / "a.txt"), cwd=Path("/")) == (0, [], "")
    told = lint("--write-baseline", "known.json", ".", cwd=known)  # what is known is recorded again
    assert told[2] == "texttool: known.json: 2 findings in 1 files are known from now on\n"


def test_it_says_nothing_of_the_text(known: Path) -> None:
    text = (known / "known.json").read_text("utf-8")
    assert "春" not in text
    assert list(json.loads(text)["files"]) == ["a.txt"]


@pytest.mark.parametrize(
    "data", [b"", b"[]", b"{}", b"\xff", b'{"about": "texttool baseline", "version": 1, "files": 3}']
)
def test_what_is_no_baseline_is_refused(known: Path, data: bytes) -> None:
    (known / "known.json").write_bytes(data)
    code, lines, said = lint("--baseline", "known.json", ".", cwd=known)
    assert (code, lines) == (2, [])
    assert said == "texttool: known.json: is no baseline; --write-baseline makes one\n"


def test_a_baseline_that_cannot_be_written_does_not_stop_the_lint(known: Path) -> None:
    (known / "other.json").hardlink_to(known / "known.json")
    (known / "a.txt").write_text(BAD.replace("了,花", "了，花"), "utf-8")
    code, lines, said = lint("--baseline", "known.json", ".", cwd=known)
    assert (code, lines) == (0, [])
    assert "hard links" in said
