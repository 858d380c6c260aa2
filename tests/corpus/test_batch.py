"""Runs over many files, with the installed command: order, processes, signals, kills, resume."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import COMMAND

SOURCE = "第一句,第二句。\n" * 200
CLEAN = SOURCE.replace(",", "，")


def make(root: Path, count: int) -> Path:
    for i in range(count):
        path = root / f"d{i % 5}" / f"{i:03}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{i}\n{SOURCE}", "utf-8")
    return root


def files(root: Path) -> dict[str, bytes]:
    return {str(path.relative_to(root)): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def run(*arguments: object, **more: object) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([COMMAND, *map(str, arguments)], capture_output=True, timeout=120, check=False, **more)  # type: ignore[call-overload, no-any-return]


def entries(manifest: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in manifest.read_bytes().splitlines()]


def without_seconds(manifest: Path) -> list[dict[str, object]]:
    return [{k: v for k, v in entry.items() if k not in ("seconds", "output")} for entry in entries(manifest)]


def test_the_results_are_the_same_whatever_the_number_of_processes(tmp_path: Path) -> None:
    root = make(tmp_path / "in", 40)
    (root / "d0" / "broken.txt").write_bytes(b"\x81\xfe\xff\x00")
    (root / "d1" / "gone.txt").symlink_to("nowhere")
    told, made, trails, manifests = [], [], [], []
    for jobs in ("1", "2", "8"):
        out = tmp_path / f"out{jobs}"
        trail, manifest = tmp_path / f"{jobs}.jsonl.gz", tmp_path / f"m{jobs}.jsonl"
        done = run("punct", root, "-o", out, "-j", jobs, "--audit", trail, "--manifest", manifest)
        assert done.returncode == 2
        told.append(done.stderr)
        made.append(files(out))
        trails.append(trail.read_bytes())
        manifests.append(without_seconds(manifest))
    assert told[0] == told[1] == told[2]
    assert made[0] == made[1] == made[2]
    assert trails[0] == trails[1] == trails[2]
    assert manifests[0] == manifests[1] == manifests[2]
    assert len(made[0]) == 40
    assert all(data.decode().endswith(CLEAN) for data in made[0].values())


def test_the_order_of_the_arguments_changes_no_output(tmp_path: Path) -> None:
    root = make(tmp_path / "in", 12)
    paths = sorted(root.rglob("*.txt"))
    run("punct", *paths, "-o", tmp_path / "a", "-j2", "-q")
    random.Random(7).shuffle(paths)
    run("punct", *paths, "-o", tmp_path / "b", "-j2", "-q")
    assert files(tmp_path / "a") == files(tmp_path / "b")
    assert len(files(tmp_path / "a")) == 12


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_all_processes_and_leaves_whole_files(tmp_path: Path, number: signal.Signals) -> None:
    root = make(tmp_path / "in", 400)
    running = subprocess.Popen(
        [COMMAND, "punct", "-i", "-j4", str(root)], stderr=subprocess.PIPE, start_new_session=True
    )
    first = root / "d0" / "000.txt"
    while "，" not in first.read_text("utf-8") and running.poll() is None:
        time.sleep(0.005)
    children = subprocess.run(["pgrep", "-P", str(running.pid)], capture_output=True, check=False).stdout.split()
    running.send_signal(number)
    _, err = running.communicate(timeout=30)
    assert (running.returncode, err) == (-number, b"")
    assert children
    assert not [child for child in children if Path(f"/proc/{child.decode()}").exists()]
    texts = files(root)
    assert len(texts) == 400
    assert {data.decode().split("\n", 1)[1] for data in texts.values()} <= {SOURCE, CLEAN}


KILLER = """
import os, signal, sys
from texttool.corpus import batch, job
inner = job.Job._outcome
def outcome(self, task):
    if task.item.path.name == "007.txt": os.kill(os.getpid(), signal.SIGKILL)
    return inner(self, task)
job.Job._outcome = outcome
sys.argv[0] = "texttool"
from texttool.__main__ import main; main()
"""


def test_a_process_that_dies_is_named_and_the_rest_is_done(tmp_path: Path) -> None:
    root = make(tmp_path / "in", 20)
    out, manifest = tmp_path / "out", tmp_path / "m.jsonl"
    arguments = ["punct", str(root), "-o", str(out), "-j2", "--manifest", str(manifest)]
    done = subprocess.run([sys.executable, "-c", KILLER, *arguments], capture_output=True, check=False)
    assert done.returncode == 2
    name = f"{root}/d2/007.txt"
    first, second = done.stderr.decode().splitlines()[:2]
    assert first == f"texttool: {name}: the process that cleaned it was killed by SIGKILL; left as it was"
    assert second == "texttool: 19 cleaned, 1 failed"
    assert len(files(out)) == 19
    [entry] = [entry for entry in entries(manifest)[1:] if entry["status"] == "failed"]
    assert entry["path"] == name


def test_what_is_done_and_unchanged_is_left_out(tmp_path: Path) -> None:
    root, out, manifest = make(tmp_path / "in", 6), tmp_path / "out", tmp_path / "m.jsonl"
    first = run("punct", root, "-o", out, "--manifest", manifest)
    assert b"6 cleaned" in first.stderr
    before = without_seconds(manifest)
    os.utime(root / "d0" / "000.txt")  # content counts, not time
    assert run("punct", root, "-o", out, "--manifest", manifest).stderr == b"texttool: 6 done before\n"
    assert without_seconds(manifest) == before
    (root / "d0" / "000.txt").write_text("新,的", "utf-8")
    (out / "d1" / "001.txt").write_text("changed by somebody", "utf-8")
    (out / "d2" / "002.txt").unlink()
    again = run("punct", root, "-o", out, "--manifest", manifest)
    assert b"texttool: 3 cleaned, 3 done before" in again.stderr
    assert (out / "d0" / "000.txt").read_text("utf-8") == "新，的"
    # Other options: nothing of it counts.
    assert b"done before" not in run("clean", root, "-o", out, "--manifest", manifest).stderr


def test_in_place_a_second_run_finds_what_the_first_made(tmp_path: Path) -> None:
    root, manifest = make(tmp_path / "in", 6), tmp_path / "m.jsonl"
    run("punct", "-i", root, "--manifest", manifest)
    assert run("punct", "-i", root, "--manifest", manifest).stderr == b"texttool: 6 done before\n"


def test_a_run_that_was_killed_is_taken_up_where_it_was(tmp_path: Path) -> None:
    root, manifest, out = make(tmp_path / "in", 200), tmp_path / "m.jsonl", tmp_path / "out"
    running = subprocess.Popen([COMMAND, "punct", "-q", str(root), "-o", str(out), "-j2", "--manifest", str(manifest)])
    while running.poll() is None and (not manifest.exists() or manifest.read_bytes().count(b"\n") < 100):
        time.sleep(0.002)
    running.kill()
    running.wait()
    with manifest.open("ab") as file:
        file.write(b'{"type":"document","path":"cut')  # what a kill may leave of a line
    finished = manifest.read_bytes().count(b"\n") - 1
    assert finished >= 99
    done = run("punct", root, "-o", out, "-j2", "--manifest", manifest)
    assert done.returncode == 0
    if finished < 200:
        assert f"{200 - finished} cleaned, {finished} done before".encode() in done.stderr
    run("punct", "-q", root, "-o", tmp_path / "undisturbed")
    assert files(out) == files(tmp_path / "undisturbed")
    assert len(entries(manifest)) == 201


def test_a_kill_at_any_moment_loses_no_source_and_leaves_no_half_file(tmp_path: Path) -> None:
    root, trail = make(tmp_path / "in", 12), tmp_path / "t.jsonl.gz"
    whole = {str(i): {f"{i}\n{SOURCE}", f"{i}\n{CLEAN}"} for i in range(12)}
    moments = random.Random(5)
    for _ in range(100):
        running = subprocess.Popen(
            [COMMAND, "punct", "-q", "-i", "-j2", str(root), "--audit", str(trail)], stderr=subprocess.DEVNULL
        )
        time.sleep(moments.uniform(0.05, 0.5))
        running.kill()
        running.wait()
        time.sleep(0.03)  # what the kill left alive ends with the file in hand, when it finds its pipe closed
        every = files(root)
        found = {name: data for name, data in every.items() if not name.rsplit("/", 1)[-1].startswith(".")}
        assert len(found) == 12
        for name in every.keys() - found.keys():  # killed between its two names: a whole text, which no run reads
            assert every[name].decode() in whole[every[name].decode().split("\n")[0]]
            (root / name).unlink(missing_ok=True)
        assert all(text in whole[text.split("\n")[0]] for text in (data.decode() for data in found.values()))
        for name, data in found.items():  # half of them are put back, so that there is always something to do
            if moments.random() < 0.5:
                (root / name).write_text(data.decode().replace("，", ","), "utf-8")
    time.sleep(0.3)
    assert run("punct", "-q", "-i", root, "--audit", trail).returncode == 0
    assert run("undo", "-i", root, "--audit", trail).returncode == 0
    assert {data.decode().split("\n", 1)[1] for data in files(root).values()} == {SOURCE}


def test_four_runs_at_once_make_the_tree_that_one_makes(tmp_path: Path) -> None:
    root = make(tmp_path / "in", 30)
    four = [subprocess.Popen([COMMAND, "punct", "-i", "-q", str(root)], stderr=subprocess.DEVNULL) for _ in range(4)]
    assert {process.wait(timeout=60) for process in four} <= {0, 2}  # 2: another one was faster with a file
    assert {data.decode().split("\n", 1)[1] for data in files(root).values()} == {CLEAN}
    assert len(files(root)) == 30


def test_hard_links_are_split_only_when_that_is_asked_for(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("甲,乙", "utf-8")
    os.link(tmp_path / "a.txt", tmp_path / "b.txt")
    done = run("punct", "-i", tmp_path / "a.txt")
    assert (done.returncode, b"2 hard links" in done.stderr) == (2, True)
    assert run("punct", "-i", "-q", "--break-links", tmp_path / "a.txt").returncode == 0
    assert (tmp_path / "a.txt").read_text("utf-8") == "甲，乙"
    assert (tmp_path / "b.txt").read_text("utf-8") == "甲,乙"


def test_a_bar_is_shown_on_a_terminal_and_only_there(tmp_path: Path) -> None:
    root = make(tmp_path / "in", 600)  # several times what is done before a bar is worth showing
    seen = subprocess.run(
        ["script", "-qec", f"{COMMAND} clean {root} -o {tmp_path}/out -j1", "/dev/null"],
        capture_output=True,
        env={**os.environ, "TERM": "xterm", "COLUMNS": "120"},
        check=False,
    )
    if seen.returncode == 127:
        pytest.skip("no terminal to be had")
    assert b"600 files" in seen.stdout
    assert b"600 cleaned" in seen.stdout
    piped = run("clean", root, "-o", tmp_path / "out2")
    assert b" of 600 files" not in piped.stderr
    assert run("clean", "-q", root, "-o", tmp_path / "out3").stderr == b""
