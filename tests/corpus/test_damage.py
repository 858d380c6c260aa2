"""Damaged inputs of many kinds in one run: each is named, in what is said and in the manifest; the rest is done."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import os
import random
import socket
import subprocess
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import COMMAND

TEXT = "第一句,第二句。\n" * 30
LINES = "".join(json.dumps({"id": i, "text": "甲乙,丙丁。"}, ensure_ascii=False) + "\n" for i in range(20))
TABLE = "id,text\n" + '1,"甲乙,丙丁。"\n' * 5


def cut(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(1, len(data) - 8)]


def zstd(data: bytes) -> bytes:
    return bytes(pytest.importorskip("zstandard").ZstdCompressor().compress(data))


def parquet() -> bytes:
    pa = pytest.importorskip("pyarrow")
    file = io.BytesIO()
    pytest.importorskip("pyarrow.parquet").write_table(pa.table({"text": ["甲乙,丙丁。"] * 50}), file)
    return file.getvalue()


def flipped(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(12, len(data) - 8)
    return data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :]


def zipped(chance: random.Random) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", TEXT + str(chance.random()))
    return file.getvalue()


def tarred(chance: random.Random) -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w:gz") as archive:
        info = tarfile.TarInfo("a.txt")
        info.size = len(TEXT.encode())
        archive.addfile(info, io.BytesIO(TEXT.encode()))
    return file.getvalue()


def bad_line(line: str) -> Callable[[Path, random.Random], None]:
    def make(path: Path, chance: random.Random) -> None:
        lines = LINES.splitlines(keepends=True)
        lines.insert(chance.randrange(len(lines)), line)
        path.write_bytes("".join(lines).encode("utf-8", "surrogateescape"))

    return make


def content(make: Callable[[random.Random], bytes]) -> Callable[[Path, random.Random], None]:
    return lambda path, chance: path.write_bytes(make(chance)) and None


def a_socket(path: Path, _: random.Random) -> None:
    here = Path.cwd()
    os.chdir(path.parent)  # the name of a socket is short
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(path.name)
    finally:
        os.chdir(here)


# name -> how one is made. Each kind ends in exit status 2, but for those of KEPT: text that is kept as it is, and told.
KINDS: dict[str, Callable[[Path, random.Random], None]] = {
    "noise.txt": content(lambda chance: bytes(chance.randrange(128, 256) for _ in range(97)).replace(b"\n", b"\xff")),
    "bad-byte.txt": content(lambda chance: TEXT.encode()[: 3 * chance.randrange(2, 90)] + b"\xff\xfe" + TEXT.encode()),
    "cut.txt": content(lambda chance: TEXT.encode()[: 23 * chance.randrange(1, 20) - 3]),
    "folder.txt.gz": lambda path, _: path.symlink_to("/nowhere/at/all"),
    "loop.txt": lambda path, _: path.symlink_to(path.name),
    "dangling.txt": lambda path, _: path.symlink_to("gone"),
    "pipe.txt": lambda path, _: os.mkfifo(path),
    "socket.txt": a_socket,
    "cut.txt.gz": content(lambda chance: cut(gzip.compress(TEXT.encode()), chance)),
    "flipped.txt.gz": content(lambda chance: flipped(gzip.compress(TEXT.encode()), chance)),
    "cut.txt.xz": content(lambda chance: cut(lzma.compress(TEXT.encode()), chance)),
    "cut.txt.bz2": content(lambda chance: cut(bz2.compress(TEXT.encode()), chance)),
    "cut.txt.zst": content(lambda chance: cut(zstd(TEXT.encode()), chance)),
    "empty.txt.gz": content(lambda _: b"\0"),
    "no-gzip.txt.gz": content(lambda _: TEXT.encode()),
    "bomb.txt.gz": content(lambda chance: gzip.compress(b"\0" * (12_000_000 + chance.randrange(1000)))),
    "cut.jsonl": bad_line('{"id": 7, "text": "甲乙\n'),
    "no-object.jsonl": bad_line('["text"]\n'),
    "no-utf8.jsonl": bad_line('{"text": "\udcff\udcfe"}\n'),
    "two.jsonl": bad_line('{"text": "甲"} {"text": "乙"}\n'),
    "comma.jsonl": bad_line('{"text": "甲",}\n'),
    "cut.jsonl.gz": content(lambda chance: cut(gzip.compress(LINES.encode()), chance)),
    "cut.json": content(lambda chance: ("[" + LINES.replace("\n", ",\n"))[: chance.randrange(60, 400)].encode()),
    "columns.csv": content(lambda _: (TABLE + "2,a,b\n").encode()),
    "quote.csv": content(lambda _: (TABLE + '3,"甲乙\n').encode()),
    "bytes.csv": content(lambda _: TABLE.encode() + b"4,\xff\xfe\n"),
    "cut.parquet": content(lambda chance: cut(parquet(), chance)),
    "no.parquet": content(lambda _: TEXT.encode()),
    "cut.zip": content(lambda chance: cut(zipped(chance), chance)),
    "no.zip": content(lambda _: TEXT.encode()),
    "cut.tar.gz": content(lambda chance: cut(tarred(chance), chance)),
}
KEPT = {"noise.txt", "bad-byte.txt", "cut.txt"}
EACH = 7


def test_every_damaged_input_is_named_and_the_rest_is_done(tmp_path: Path) -> None:
    root, out, manifest = tmp_path / "in", tmp_path / "out", tmp_path / "m.jsonl"
    chance = random.Random(20)
    damaged, whole = [], []
    for kind, make in KINDS.items():
        for i in range(EACH):
            path = root / f"{kind.replace('.', '-')}-{i}" / kind
            path.parent.mkdir(parents=True, exist_ok=True)
            make(path, chance)
            damaged.append(path)
    for i in range(40):
        path = root / f"whole-{i:02}" / ("x.txt" if i % 2 else "x.jsonl")
        path.parent.mkdir(parents=True)
        path.write_text(TEXT if i % 2 else LINES, "utf-8")
        whole.append(path)
    named = [root / "folder" / "x.txt", root / "vanished.txt"]
    named[0].mkdir(parents=True)  # a folder of that name; an empty one holds nothing to do
    command = [COMMAND, "clean", str(root), str(named[1]), "-o", str(out), "--field", "text", "-j2"]
    done = subprocess.run([*command, "--manifest", str(manifest)], capture_output=True, timeout=300, check=False)
    assert len(damaged) >= 200
    assert len(KINDS) >= 25
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr
    said = done.stderr.decode()
    known = {entry["path"]: entry for entry in map(json.loads, manifest.read_bytes().splitlines()[1:])}
    for path in [*damaged, named[1]]:
        assert f"texttool: {path}" in said, path  # a place or a member may follow
        entry = known[str(path)]
        assert entry["exit"] == (1 if path.name in KEPT else 2), path
        assert entry["status"] == "failed" or entry["said"], path
    for path in whole:
        made = out / path.relative_to(root)
        wanted = TEXT if path.suffix == ".txt" else LINES
        assert made.read_text("utf-8") == wanted.replace(",第", "，第").replace("乙,", "乙，")
        assert known[str(path)]["status"] == "cleaned"
    assert not [path for path in tmp_path.rglob(".*") if path.is_file()]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read anything")
def test_what_may_not_be_read_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT)
    path.chmod(0)
    done = subprocess.run([COMMAND, "clean", str(path)], capture_output=True, check=False)
    assert (done.returncode, done.stderr.decode()) == (2, f"texttool: {path}: Permission denied\n")
