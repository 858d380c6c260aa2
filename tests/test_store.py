from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from texttool import store
from texttool.errors import Failure
from texttool.log import Log

OLD, NEW = b"old " * 1000, b"new " * 1200


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "文 件.txt"
    path.write_bytes(OLD)
    return path


def names(path: Path) -> list[str]:
    return sorted(entry.name for entry in path.parent.iterdir())


def test_the_new_content_takes_the_place_of_the_old(file: Path) -> None:
    assert store.write(file, NEW, was=store.read(file))
    assert file.read_bytes() == NEW
    assert names(file) == [file.name]


def test_unchanged_means_untouched(file: Path) -> None:
    before = file.stat()
    assert not store.write(file, OLD, was=store.read(file))
    assert not store.write(file, OLD)
    after = file.stat()
    assert (before.st_ino, before.st_mtime_ns, before.st_ctime_ns) == (
        after.st_ino,
        after.st_mtime_ns,
        after.st_ctime_ns,
    )


@pytest.mark.parametrize("mode", [0o640, 0o2755, 0o600])
def test_the_mode_stays(file: Path, mode: int) -> None:
    file.chmod(mode)
    store.write(file, NEW, was=store.read(file))
    assert stat.S_IMODE(file.stat().st_mode) == mode


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may give files away")
def test_the_owner_stays(file: Path) -> None:
    os.chown(file, 12345, 12346)
    store.write(file, NEW, was=store.read(file))
    assert (file.stat().st_uid, file.stat().st_gid) == (12345, 12346)


def test_extended_attributes_stay(file: Path) -> None:
    try:
        os.setxattr(file, "user.origin", b"scan")
    except OSError:
        pytest.skip("no extended attributes here")
    store.write(file, NEW, was=store.read(file))
    assert os.getxattr(file, "user.origin") == b"scan"


def test_a_new_file_has_the_mode_that_the_umask_gives(tmp_path: Path) -> None:
    old = os.umask(0o027)
    try:
        store.write(tmp_path / "new.txt", NEW)
        assert stat.S_IMODE((tmp_path / "new.txt").stat().st_mode) == 0o640
    finally:
        os.umask(old)


def test_a_link_stays_a_link(file: Path) -> None:
    link = file.with_name("link.txt")
    link.symlink_to(file.name)
    store.write(link, NEW, was=store.read(link))
    assert link.is_symlink()
    assert file.read_bytes() == NEW


def test_hard_links_are_not_split(file: Path) -> None:
    os.link(file, file.with_name("twin.txt"))
    with pytest.raises(Failure, match="2 hard links"):
        store.write(file, NEW, was=store.read(file))
    assert file.read_bytes() == OLD


def test_a_file_that_changed_meanwhile_is_not_overwritten(file: Path) -> None:
    was = store.read(file)
    file.write_bytes(b"someone else's work")
    with pytest.raises(Failure, match="changed by another program"):
        store.write(file, NEW, was=was)
    assert file.read_bytes() == b"someone else's work"
    file.unlink()
    with pytest.raises(Failure, match="vanished"):
        store.write(file, NEW, was=was)
    assert not file.exists()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anything")
def test_a_read_only_file_is_respected(file: Path) -> None:
    file.chmod(0o444)
    with pytest.raises(Failure, match="read-only"):
        store.write(file, NEW, was=store.read(file))


@pytest.mark.parametrize("kind", ["missing", "folder", "pipe"])
def test_what_is_no_file_is_named(tmp_path: Path, kind: str) -> None:
    path = tmp_path / kind
    if kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    reason = {"missing": "No such file", "folder": "is a directory", "pipe": "not a regular file"}[kind]
    with pytest.raises(Failure, match=reason):
        store.read(path)


@pytest.mark.parametrize("call", ["write", "fsync", "fchmod", "replace"])
def test_every_failure_leaves_the_old_file_and_no_litter(
    file: Path, call: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    if call == "write":
        real = os.fdopen
        monkeypatch.setattr(os, "fdopen", lambda *a, **k: _Full(real(*a, **k)))
    elif call == "replace":
        monkeypatch.setattr(Path, "replace", fail)
    else:
        monkeypatch.setattr(os, call, fail)
    with pytest.raises(Failure, match="No space left"):
        store.write(file, NEW, was=store.read(file))
    monkeypatch.undo()
    assert file.read_bytes() == OLD
    assert names(file) == [file.name]


class _Full:
    """A file on a full disk."""

    def __init__(self, file: object) -> None:
        self.file = file

    def __enter__(self) -> _Full:
        return self

    def __exit__(self, *args: object) -> None:
        self.file.close()  # type: ignore[attr-defined]

    def write(self, _data: bytes) -> int:
        raise OSError(28, "No space left on device")


def test_a_real_limit_on_file_size_leaves_the_old_file(file: Path) -> None:
    code = (
        "import resource, signal, sys; from pathlib import Path; from texttool import store;"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN); resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000));"
        "path = Path(sys.argv[1]);"
        "store.write(path, b'x' * 100000, was=store.read(path))"
    )
    done = subprocess.run([sys.executable, "-c", code, str(file)], capture_output=True, check=False)
    assert b"File too large" in done.stderr
    assert file.read_bytes() == OLD
    assert names(file) == [file.name]


def test_a_kill_at_any_moment_leaves_the_old_file_or_the_new(tmp_path: Path) -> None:
    file = tmp_path / "big.txt"
    old, new = b"old\n" * 750_000, b"new\n" * 760_000
    file.write_bytes(old)
    code = (
        "import sys; from pathlib import Path; from texttool import store; path = Path(sys.argv[1]);"
        "texts = b'new\\n' * 760_000, b'old\\n' * 750_000\n"
        "while True:\n  for text in texts: store.write(path, text, was=store.read(path))"
    )
    for i in range(25):
        running = subprocess.Popen([sys.executable, "-c", code, str(file)])
        time.sleep(0.08 + i * 0.013)
        running.send_signal(signal.SIGKILL)
        running.wait()
        assert file.read_bytes() in (old, new)


def test_what_is_settled_later_is_whole_under_its_name_at_once(tmp_path: Path) -> None:
    paths = [tmp_path / f"{i}.txt" for i in range(20)]
    for path in paths:
        store.write(path, NEW, lasting=False)
        assert path.read_bytes() == NEW
    assert list(store.settle(paths, new=True)) == []
    paths[3].unlink()
    assert [failure.path for failure in store.settle(paths, new=True)] == [paths[3]]


def test_what_replaces_a_file_is_on_the_disk_before_it_takes_its_name(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[str] = []
    for module, name in ((os, "fsync"), (Path, "replace")):
        real = getattr(module, name)
        monkeypatch.setattr(module, name, lambda *a, _real=real, _name=name: (calls.append(_name), _real(*a)))
    store.write(file, NEW, was=store.read(file), lasting=False)
    assert calls == ["fsync", "replace"]


def test_a_log_is_private_and_grows_entry_by_entry(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    log = Log(path, 0)
    assert not path.exists()  # where nothing is written, nothing is made
    log.write(b"first\n")
    assert path.read_bytes() == b"first\n"  # a kill now would lose nothing
    log.close()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    log = Log(path, 6)
    log.write(b"second\n")
    log.close()
    assert path.read_bytes() == b"first\nsecond\n"
    with pytest.raises(Failure, match="No such file"):
        Log(tmp_path / "no" / "a.jsonl", 0)


def test_what_a_kill_cut_is_cut_off_first(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"first\nsec")
    log = Log(path, 6)
    log.write(b"third\n")
    log.close()
    assert path.read_bytes() == b"first\nthird\n"


def test_only_the_store_opens_files_for_writing() -> None:
    root = Path(store.__file__).parent
    writers: Callable[[str], bool] = lambda text: any(  # noqa: E731
        word in text for word in ('open("w', ".write_bytes(", ".write_text(", '"wb"', "os.replace(", "mkstemp")
    )
    assert sorted(path.name for path in root.rglob("*.py") if writers(path.read_text("utf-8"))) == ["aside.py"]
