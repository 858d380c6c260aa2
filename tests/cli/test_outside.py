"""What texttool does to the world around it: nothing but write where it was told to."""

from __future__ import annotations

import errno
import os
import pty
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import COMMAND, SAMPLES

TEXT = "第一行,没有\n完。这里还有一,二,三。\n" * 40
SECRET = "机密的一段话"
OPENED = re.compile(r'(?:open|openat|creat)\((?:[^,"]+, )?"([^"]*)", ([A-Z_|]+)')
WRITES = re.compile(r"O_WRONLY|O_RDWR|O_CREAT")
NETWORK = re.compile(r"\b(socket|connect|bind|sendto|getaddrinfo)\(")


def strace() -> str:
    """The program, where it is there and may trace."""
    program = shutil.which("strace")
    if not program or subprocess.run([program, "-o", os.devnull, "true"], capture_output=True, check=False).returncode:
        pytest.skip("nothing can be traced here")
    return program


@pytest.mark.parametrize(
    "arguments",
    [
        ["clean", "in/", "-o", "out/", "-j", "2", "--audit", "trail.jsonl", "--manifest", "run.jsonl"],
        ["clean", "-i", "in/a.txt"],
        ["lint", "in/", "--output-file", "report.json", "--output-format", "json"],
        ["convert", "--to", "s2t", "in/a.txt"],
        ["detect", "in/gbk.txt"],
        ["dedup", "in/", "--groups", "groups.jsonl"],
        ["rules"],
    ],
    ids=lambda arguments: arguments[0],
)
def test_no_network_and_no_write_outside_the_targets(tmp_path: Path, arguments: list[str]) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(TEXT, "utf-8")
    (tmp_path / "in" / "gbk.txt").write_bytes(TEXT.encode("gbk"))
    log = tmp_path / "log"
    done = subprocess.run(
        [strace(), "-f", "-y", "-o", log, "-e", "trace=%network,open,openat,creat", COMMAND, *arguments],
        cwd=tmp_path,
        capture_output=True,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},  # modules that Python compiles are no work of ours
        check=False,
    )
    assert done.returncode in (0, 1), done.stderr
    lines = log.read_text("utf-8", "replace").splitlines()
    assert len(lines) > 50
    assert [line for line in lines if NETWORK.search(line) and "AF_UNIX" not in line] == []
    written = [made[1] for line in lines if (made := OPENED.search(line)) and WRITES.search(made[2])]
    assert [path for path in written if not inside(tmp_path, path)] == []
    expected = set() if arguments[0] in ("convert", "detect", "rules") else {"written"}
    assert bool(expected) == any((tmp_path / path).resolve().is_relative_to(tmp_path) for path in written)


def inside(folder: Path, path: str) -> bool:
    """Whether a path that was opened for writing is in the folder, or is no file."""
    return (folder / path).resolve().is_relative_to(folder) or path.startswith(("/dev/", "/proc/self/fd"))


@pytest.mark.parametrize("arguments", [["clean"], ["lint", "--output-format", "json"], ["clean", "--diff"], ["detect"]])
def test_the_seed_of_hashes_changes_nothing(arguments: list[str]) -> None:
    paths = [str(sample / "in.txt") for sample in SAMPLES]
    made = set()
    for seed in "012":
        env = {**os.environ, "PYTHONHASHSEED": seed}
        for path in paths:
            done = subprocess.run([COMMAND, *arguments, path], capture_output=True, env=env, check=False)
            made.add((path, done.stdout, done.stderr, done.returncode))
    assert len(made) == len(paths)


@pytest.mark.parametrize("arguments", [["clean", "-v"], ["clean", "-v", "--unsafe"], ["punct", "-v"], ["dedup", "-v"]])
def test_what_verbose_says_holds_no_text(tmp_path: Path, arguments: list[str]) -> None:
    (tmp_path / "a.txt").write_text(f"{SECRET},{SECRET}\n在这里,{SECRET}。\n" * 12, "utf-8")
    done = subprocess.run([COMMAND, *arguments, "a.txt"], cwd=tmp_path, capture_output=True, check=False)
    assert done.stderr.count(b"\n") > 0
    assert not any(part in done.stderr.decode() for part in (SECRET, SECRET[:3], SECRET[-3:], "在这里"))


def test_a_trail_is_for_its_owner_only(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    line = f'umask 022; "{COMMAND}" clean a.txt -q --audit t.jsonl >b.txt; stat -c %a t.jsonl b.txt'
    done = subprocess.run(["bash", "-c", line], cwd=tmp_path, capture_output=True, check=True)
    assert done.stdout.split() == [b"600", b"644"]


HOSTILE = "甲\x1b[31m红\x1b[0m \x1b]8;;http://a.example\x1b\\链接\x1b]8;;\x1b\\ [/x] [bold]乙[/bold]\x07\r\n丙\r丁\n"


@pytest.mark.parametrize("name", ["clean", "punct", "unwrap", "decode"])
def test_standard_output_is_the_document_and_nothing_else(name: str) -> None:
    done = subprocess.run([COMMAND, name], input=HOSTILE.encode(), capture_output=True, check=True)
    assert done.stdout.decode() == HOSTILE
    assert through_a_terminal([COMMAND, name, "-q"], HOSTILE) == HOSTILE


def through_a_terminal(command: list[str], text: str) -> str:
    """What a command prints on a terminal that changes nothing of it."""
    reader, writer = pty.openpty()
    subprocess.run(["stty", "raw"], stdin=writer, check=True)
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=writer) as process:
        assert process.stdin
        process.stdin.write(text.encode())
        process.stdin.close()
        os.close(writer)
        made = b""
        while True:
            try:
                part = os.read(reader, 1 << 16)
            except OSError as error:
                assert error.errno == errno.EIO  # the other side is closed
                break
            made += part
            if not part:
                break
    os.close(reader)
    return made.decode()


LIMIT = "import resource, os, sys; resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv[1]),) * 2); os.execv(sys.argv[2], sys.argv[2:])"  # noqa: E501
GB = 1 << 30


def limited(space: int, *arguments: str | Path) -> subprocess.CompletedProcess[bytes]:
    """A command that may have so many bytes of address space."""
    command = [sys.executable, "-c", LIMIT, str(space), COMMAND, *map(str, arguments)]
    env = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}  # its threads take address space by the core
    return subprocess.run(command, capture_output=True, env=env, check=False)


def test_memory_does_not_grow_with_a_long_text(tmp_path: Path) -> None:
    path, out = tmp_path / "long.txt", tmp_path / "out.txt"
    paragraph = "这是很长的一段话,要在不多的内存里读完;它有标点,也有数字3.14。\n\n"
    count = 130_000_000 // len(paragraph.encode())
    with path.open("w", encoding="utf-8") as file:
        for _ in range(count // 1000):
            file.write(paragraph * 1000)
    done = limited(GB // 2, "punct", "-q", path, "-o", out)
    assert (done.returncode, done.stderr) == (0, b"")
    assert out.read_bytes()[-200:].decode("utf-8", "replace").endswith("读完；它有标点，也有数字3.14。\n\n")


def test_a_line_longer_than_memory_is_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "line.txt"
    path.write_bytes("没有换行的一行,".encode() * 10_000_000)
    done = limited(1 * GB, "punct", path, "-o", tmp_path / "out.txt")
    assert (done.returncode, done.stderr.decode()) == (2, f"texttool: {path}: out of memory; it was left as it was\n")
    assert not (tmp_path / "out.txt").exists()
