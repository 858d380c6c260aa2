"""A large text is cleaned in pieces: the same bytes, messages and status as at once."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.test_document import DAMAGE
from texttool import pieces
from texttool.config import Options
from texttool.corpus import batch, large

Told = pytest.CaptureFixture[str]


def clean(path: Path, out: Path, **options: object) -> int:
    return batch.clean((path,), Options(output=out, quiet=True, **options))  # type: ignore[arg-type]


@pytest.fixture
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    monkeypatch.setattr(large, "LARGE", 100)
    monkeypatch.setattr(pieces.cleaned, "__defaults__", (400, 200))
    return monkeypatch


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("damaged", [False, True])
@pytest.mark.parametrize("to", ["utf-8", "same", "utf-16"])
@pytest.mark.parametrize(("encoding", "text", "bom", "bad"), DAMAGE, ids=[row[0] + row[2].hex() for row in DAMAGE])
def test_the_same_as_at_once(
    tmp_path: Path,
    capfd: Told,
    small_pieces: pytest.MonkeyPatch,
    encoding: str,
    text: str,
    bom: bytes,
    bad: bytes,
    newline: str,
    damaged: bool,
    to: str,
) -> None:
    lines = (text + "\n甲乙,丙" * encoding.startswith(("utf", "gb")) + "\n") * 30
    data = bom + lines.replace("\n", newline).encode(encoding)
    if damaged and bad:
        at = len(bom) + len((text + newline).encode(encoding))
        data = data[:at] + bad[:1] + data[at:]
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    options = {"filters": ("punct",), "encoding": encoding, "to": to}
    in_pieces = clean(path, tmp_path / "pieces.txt", **options), capfd.readouterr().err
    small_pieces.setattr(large, "LARGE", 1 << 40)
    at_once = clean(path, tmp_path / "once.txt", **options), capfd.readouterr().err
    assert in_pieces == at_once
    if at_once[0] < 2:
        assert (tmp_path / "pieces.txt").read_bytes() == (tmp_path / "once.txt").read_bytes()
    else:
        assert not (tmp_path / "pieces.txt").exists()


def test_the_manifest_counts_every_byte(tmp_path: Path, small_pieces: pytest.MonkeyPatch) -> None:
    path, manifest = tmp_path / "a.txt", tmp_path / "m.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + "甲乙,丙丁。\n".encode() * 30)
    assert clean(path, tmp_path / "b.txt", manifest=manifest) == 0
    entry = json.loads(manifest.read_bytes().splitlines()[-1])
    out = (tmp_path / "b.txt").stat().st_size
    assert (entry["status"], entry["bytes"], entry["output_bytes"]) == ("cleaned", path.stat().st_size, out)


def test_an_unchanged_text_in_place_is_not_touched(tmp_path: Path, small_pieces: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_text("好的，没有错。\n" * 100, "utf-8")
    before = path.stat()
    assert batch.clean((path,), Options(in_place=True, quiet=True)) == 0
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_a_character_that_the_output_cannot_hold(tmp_path: Path, small_pieces: pytest.MonkeyPatch, capfd: Told) -> None:
    path = tmp_path / "a.txt"
    path.write_text("好的，没有错。\n" * 100 + "😀\n" + "好的，没有错。\n" * 100, "utf-8")
    assert clean(path, tmp_path / "b.txt", to="gbk") == 2
    assert "a.txt: line 101: gbk cannot hold U+1F600" in capfd.readouterr().err
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.txt"]


def test_what_needs_the_whole_text_gets_it(small_pieces: pytest.MonkeyPatch, tmp_path: Path) -> None:
    text = "每到秋天，山坡上的柿子熟了，孩子们就提着篮子上山去摘，一直摘到天黑才肯回家，手上脸上全是泥。\n"
    path = tmp_path / "a.txt"
    path.write_text(text + "另外一段话，没有重复过的内容。\n" + "甲。\n乙。\n" * 40 + text, "utf-8")
    assert clean(path, tmp_path / "b.txt", filters=("dedup",), unsafe=True) == 0
    assert (tmp_path / "b.txt").read_text("utf-8").count("柿子") == 1


def test_an_unknown_encoding_is_named(tmp_path: Path, small_pieces: pytest.MonkeyPatch, capfd: Told) -> None:
    path = tmp_path / "a.txt"
    path.write_text("甲,乙\n" * 100, "utf-8")
    assert clean(path, tmp_path / "b.txt", encoding="klingon") == 2
    assert "unknown encoding 'klingon'" in capfd.readouterr().err
