"""Bytes in, bytes out, with the installed command: what is not to be changed comes back, in every encoding."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tests.conftest import COMMAND
from tests.test_document import DAMAGE

ROWS = [(encoding, bom + text.encode(encoding), bad[:1]) for encoding, text, bom, bad in DAMAGE]
IDS = [row[0] + row[2].hex() for row in DAMAGE]


def run(*args: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([COMMAND, *args], input=stdin, capture_output=True, timeout=60, check=False)


@pytest.mark.parametrize(("encoding", "data", "bad"), ROWS, ids=IDS)
def test_nothing_selected_changes_no_byte(encoding: str, data: bytes, bad: bytes) -> None:
    at = len(data) // 2
    for given in (data, data.replace(b"\n", b"\r\n") if bad else data):
        assert run("clean", "--select", "", "--to", "same", stdin=given).stdout == given
    damaged = run("clean", "--select", "", "--to", "same", stdin=data[:at] + bad + data[at:])
    assert damaged.stdout == data[:at] + bad + data[at:]
    assert damaged.returncode == (1 if bad else 0)


@pytest.mark.parametrize(("encoding", "data", "bad"), ROWS, ids=IDS)
def test_a_rewrite_in_the_same_encoding_keeps_a_bad_byte(
    tmp_path: Path, encoding: str, data: bytes, bad: bytes
) -> None:
    comma = ",".encode(encoding)
    lone = bad or "\ud83d".encode(encoding, "surrogatepass")
    path = tmp_path / "a.txt"
    path.write_bytes(data + comma + lone)
    done = run("punct", "-i", "--quiet", "--encoding", encoding, "--to", "same", str(path))
    assert path.read_bytes().endswith(lone)
    assert path.read_bytes().startswith(data[:20])
    assert done.returncode == 1
    assert b"kept" in done.stderr


@pytest.mark.parametrize(("encoding", "data", "bad"), ROWS[:10], ids=IDS[:10])
def test_gb18030_and_back(encoding: str, data: bytes, bad: bytes) -> None:
    there = run("decode", "--encoding", encoding, "--to", "gb18030", stdin=data)
    back = run("decode", "--to", encoding if "16" not in encoding else "utf-8", stdin=there.stdout)
    assert (there.returncode, back.returncode) == (0, 0)
    expected = data if "16" not in encoding else data.decode("utf-16").encode()
    assert back.stdout == expected.removeprefix(b"\xef\xbb\xbf")


def test_a_mixed_file_is_told_line_by_line(tmp_path: Path) -> None:
    traditional = "這些年來，村裡的年輕人大多進城工作，只有過年的時候才會回來。\n" * 3
    simplified = "老人们坐在门口晒太阳，说着从前的事情，孩子们在旁边玩。\n" * 5
    (tmp_path / "a.txt").write_bytes(simplified.encode("gbk") + traditional.encode("big5") + simplified.encode("gbk"))
    told = run("detect", "--output-format", "json", str(tmp_path / "a.txt"))
    [found] = json.loads(told.stdout)
    assert (found["encoding"], found["undecodable"]) == ("gb18030", 0)
    assert found["parts"] == [{"encoding": "cp950", "line": 6, "end_line": 8}]
    assert b"1 part in cp950" in run("detect", str(tmp_path / "a.txt")).stdout
    assert run("decode", str(tmp_path / "a.txt")).stdout.decode() == simplified + traditional + simplified
    assert run("decode", "-i", "--to", "same", str(tmp_path / "a.txt")).returncode == 2  # no encoding holds both as is
