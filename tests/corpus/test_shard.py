"""The parts of a run are the run: nothing is missing, nothing is done twice."""

from __future__ import annotations

import io
import json
import subprocess
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import COMMAND
from texttool.config import Options
from texttool.corpus import shard
from texttool.walk import Cut, Input

names = st.lists(st.text("abc甲乙.é ", min_size=1, max_size=6), min_size=1, max_size=20, unique=True)


def run(*arguments: object, code: int = 0) -> subprocess.CompletedProcess[bytes]:
    made = subprocess.run([COMMAND, *map(str, arguments)], capture_output=True, timeout=120, check=False)
    assert made.returncode == code, made.stderr
    return made


@given(names, st.integers(1, 9))
def test_each_file_is_in_one_part_whatever_else_there_is(found: list[str], parts: int) -> None:
    items = [Input(Path("a", name), Path(name)) for name in found]
    shares = [list(shard.share(items, Options(shard=(part, parts)))) for part in range(1, parts + 1)]
    assert Counter(item.inside for share in shares for item in share) == Counter(item.inside for item in items)
    for part, share in enumerate(shares, 1):  # a file that comes or goes moves no other
        assert list(shard.share(items[1:], Options(shard=(part, parts)))) == [
            item for item in share if item in items[1:]
        ]


@given(st.lists(st.sampled_from([b"", b"a", b"\r", b"abcdefg", b"\n"]), max_size=30), st.integers(1, 12))
def test_each_line_is_in_one_piece(lines: list[bytes], count: int) -> None:
    data = b"\n".join(lines)
    edges = [len(data) * at // count for at in range(count + 1)]
    pieces = [b"".join(shard.lines(io.BytesIO(data), Cut(at + 1, count, *edges[at : at + 2]))) for at in range(count)]
    assert b"".join(pieces) == data
    assert all(piece.endswith(b"\n") for piece in pieces[:-1] if piece and piece != data[-len(piece) :])


def records(path: Path, size: int) -> None:
    """More than ``size`` bytes of JSON lines, of which few are Chinese text."""
    line = json.dumps({"text": "你好,世界", "pad": "x" * 20_000}, ensure_ascii=False)
    path.write_text(f"{line}\n" * (size // len(line) + 1) + "{broken\n", encoding="utf-8")


def test_pieces_of_a_large_file_are_the_whole_put_together(tmp_path: Path) -> None:
    source = tmp_path / "a.jsonl"
    records(source, 3 * shard.LEAST)
    run("punct", "-q", source, "-o", tmp_path / "whole.jsonl", code=2)
    whole = (tmp_path / "whole.jsonl").read_bytes()
    assert "你好，世界".encode() in whole
    said = b""
    (tmp_path / "out").mkdir()
    for part in range(1, 6):  # more parts than pieces: some have nothing to do
        parts = ["--shard", f"{part}/5", "--audit-beside", "--manifest", tmp_path / f"{part}.manifest"]
        made = subprocess.run([COMMAND, "punct", source, "-o", tmp_path / "out", *parts], capture_output=True)
        assert made.returncode in (0, 2)
        said += made.stderr
    pieces = [tmp_path / "out" / f"a.{number}-of-3.jsonl" for number in (1, 2, 3)]
    assert b"".join(piece.read_bytes() for piece in pieces) == whole
    assert f"{source}@".encode() in said and b"is no object" not in said
    assert sorted(path.name for path in (tmp_path / "out").glob("*.REJECTED")) == ["a.3-of-3.jsonl.REJECTED"]
    back = b"".join(run("undo", piece).stdout for piece in pieces)
    assert back == source.read_bytes()


def test_a_piece_that_is_done_is_left_out_the_next_time(tmp_path: Path) -> None:
    source = tmp_path / "a.jsonl"
    records(source, 2 * shard.LEAST)
    for part in (1, 2):
        command = ("punct", "-v", source, "-o", tmp_path, "--shard", f"{part}/2", "--manifest", tmp_path / f"{part}.m")
        first = subprocess.run([COMMAND, *map(str, command)], capture_output=True)
        again = subprocess.run([COMMAND, *map(str, command)], capture_output=True)
        assert (b"done before" in again.stderr) == (first.returncode == 0)  # the one with the broken record is not
        assert again.returncode == first.returncode


@pytest.mark.parametrize("command", [("lint", "--output-format", "jsonl"), ("detect",), ("unwrap", "--explain")])
def test_reports_of_the_parts_are_the_report(tmp_path: Path, command: tuple[str, ...]) -> None:
    for name in "abcdefgh":
        (tmp_path / f"{name}.txt").write_text("你好,世界\n乙" * 3, encoding="utf-8")
    code = 1 if command[0] == "lint" else 0
    whole = run(*command, tmp_path, code=code).stdout
    parts = [
        subprocess.run([COMMAND, *command, str(tmp_path), "--shard", f"{part}/3"], capture_output=True).stdout
        for part in (1, 2, 3)
    ]
    assert len([part for part in parts if part]) > 1
    told = [line.split() for part in parts for line in part.splitlines()]
    assert sorted(told) == sorted(line.split() for line in whole.splitlines())


def test_a_file_that_is_cut_is_not_rewritten_in_place(tmp_path: Path) -> None:
    source = tmp_path / "a.jsonl"
    records(source, 2 * shard.LEAST)
    before = source.read_bytes()
    said = [subprocess.run([COMMAND, "punct", "-i", source, "--shard", f"{n}/2"], capture_output=True) for n in (1, 2)]
    assert [made.returncode for made in said] == [2, 2]
    assert all(b"is cut by --shard" in made.stderr for made in said)
    assert source.read_bytes() == before


@pytest.mark.parametrize(
    ("command", "code"),
    [(("stats", "--each", "--output-format", "json"), 0), (("doctor", "--output-format", "json"), 1)],
)
def test_what_looks_at_texts_looks_at_its_part(tmp_path: Path, command: tuple[str, ...], code: int) -> None:
    for name in "abcdefgh":
        (tmp_path / f"{name}.txt").write_text("你好,世界。\n", "utf-8")
    met = Counter[str]()
    for part in (1, 2):
        made = json.loads(run(*command, tmp_path, "--shard", f"{part}/2", code=code).stdout)
        met.update(Path(one["path"]).name for one in (made["texts"] if command[0] == "stats" else made))
    assert met == Counter(f"{name}.txt" for name in "abcdefgh")
