"""Bytes in, bytes out, with the installed command: what is not to be changed comes back, in every encoding."""

from __future__ import annotations

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
