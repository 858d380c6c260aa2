from __future__ import annotations

import gzip
import io
import lzma
import os
import resource
import stat
import subprocess
import tarfile
import zipfile
from pathlib import Path

import pytest

from tests.conftest import COMMAND


def run(*arguments: object, **more: object) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([COMMAND, *map(str, arguments)], capture_output=True, timeout=120, check=False, **more)  # type: ignore[call-overload, no-any-return]


def tree(root: Path) -> dict[str, str]:
    return {str(path.relative_to(root)): path.read_text("utf-8") for path in root.rglob("*") if path.is_file()}


HOSTILE = ["../up.txt", "/absolute.txt", "a/../../up.txt", "C:\\drive.txt", "..\\up.txt", "inner.zip", "inner.txt.gz"]


def zipped(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("一/a.txt", "甲,乙")
        for name in HOSTILE:
            archive.writestr(name, "坏,的")
        link = zipfile.ZipInfo("link.txt")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr("b.py", "x = 1,2")
        archive.writestr(".hidden/c.txt", "丙,丁")
        old = zipfile.ZipInfo("x.txt")
        old.filename = "旧书.txt".encode("gbk").decode("cp437")
        old.flag_bits = 0
        archive.writestr("z.txt", "子,丑")


def tarred(path: Path) -> None:
    with tarfile.open(path, "w:gz" if path.suffix == ".gz" else "w") as archive:
        for name, text in [("一/a.txt", "甲,乙"), *((name, "坏,的") for name in HOSTILE), ("z.txt", "子,丑")]:
            info = tarfile.TarInfo(name)
            info.size = len(text.encode())
            archive.addfile(info, io.BytesIO(text.encode()))
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE):
            info = tarfile.TarInfo(f"special-{kind.decode()}.txt")
            info.type, info.linkname = kind, "/etc/passwd"
            archive.addfile(info)


@pytest.mark.parametrize("name", ["a.zip", "a.tar", "a.tar.gz"])
@pytest.mark.parametrize("below", [False, True])
def test_an_archive_is_a_folder_whose_names_lead_nowhere_else(tmp_path: Path, name: str, below: bool) -> None:
    root, out = tmp_path / "in", tmp_path / "deep" / "out"
    root.mkdir()
    (zipped if name == "a.zip" else tarred)(root / name)
    before = set(tmp_path.rglob("*"))
    done = run("punct", root if below else root / name, "-o", out, "-j2")
    assert done.returncode == 2
    inside = out / name if below else out
    assert tree(inside) == {"一/a.txt": "甲，乙", "z.txt": "子，丑"}
    said = done.stderr.decode()
    assert said.count("its name leads out of the archive: refused") == 5
    assert said.count("is an archive inside an archive: refused") == 2
    assert said.count("is no regular file: refused") == (1 if name == "a.zip" else 4)
    made = set(tmp_path.rglob("*")) - before
    assert all(path.is_relative_to(tmp_path / "deep") for path in made)


def test_a_name_in_gbk_is_read(tmp_path: Path) -> None:
    path = tmp_path / "old.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("AAAA.txt", "甲,乙")
    path.write_bytes(path.read_bytes().replace(b"AAAA", "旧书".encode("gbk")))
    assert run("punct", "-q", path, "-o", tmp_path / "out").returncode == 0
    assert tree(tmp_path / "out") == {"旧书.txt": "甲，乙"}


def bomb(path: Path) -> None:
    size = 200_000_000
    if path.suffix == ".gz":
        path.write_bytes(gzip.compress(bytes(size), 1))
    elif path.suffix == ".xz":
        path.write_bytes(lzma.compress(b"a" * size, preset=0))
    elif path.suffix == ".zst":
        zstandard = pytest.importorskip("zstandard")
        path.write_bytes(zstandard.ZstdCompressor().compress(b"a" * size))
    else:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            archive.writestr("a.txt", b"a" * size)


@pytest.mark.parametrize("name", ["a.txt.gz", "a.jsonl.gz", "a.txt.xz", "a.txt.zst", "a.zip"])
def test_a_bomb_does_not_go_off(tmp_path: Path, name: str) -> None:
    bomb(tmp_path / name)
    limit = 1 << 30  # bytes of address space: more than what is read may take, less than what is inside would
    done = run(
        "clean",
        tmp_path / name,
        "-o",
        tmp_path / "out",
        "-j1",
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_DATA, (limit, limit)),
    )
    assert done.returncode == 2
    assert b"expands to more than 200 times its size: not read" in done.stderr
    assert not tree(tmp_path / "out") if (tmp_path / "out").is_dir() else True


def test_the_size_that_a_file_may_expand_to_is_a_setting(tmp_path: Path) -> None:
    (tmp_path / "a.txt.gz").write_bytes(gzip.compress(os.urandom(3000).hex().encode()))
    done = run("clean", tmp_path / "a.txt.gz", "--max-size", "5K")
    assert (done.returncode, b"expands to more than 5120 bytes; --max-size allows more" in done.stderr) == (2, True)
    assert run("clean", tmp_path / "a.txt.gz", "--max-size", "6K").returncode == 0
    assert run("clean", tmp_path / "a.txt.gz", "--max-size", "many").returncode == 2
