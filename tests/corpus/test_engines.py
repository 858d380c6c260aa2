"""The same bytes on every engine, whatever dies on the way. The cluster is a real one: two nodes on this machine."""

from __future__ import annotations

import json
import os
import re
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import COMMAND

pytest.importorskip("daft", reason="daft is not installed: pip install texttool[scale]")

FILES, EACH = 8, 625  # 5,000 documents
FILTERS = ("--filters", "unwrap,punct")  # what is tested is the engines
TEXTS = [
    "全年新建服务站46个,覆盖职工12.",
    "你好,世界...",
    "“引号”和(括号)",
    "x = 1",
    "",
    '他说:"好".',
    "第一行\n第二行,接着",
]


def documents(folder: Path) -> Path:
    folder.mkdir()
    for file in range(FILES):
        rows = [{"id": f"{file}-{at}", "text": TEXTS[at % 7] * (at % 5), "n": at / 4} for at in range(EACH)]
        lines = [json.dumps(row, ensure_ascii=at % 2 == 0) for at, row in enumerate(rows)]
        if file == 1:
            lines[3:3] = ["{broken", '{"text": 5}', '{"text": "\\ud800"}', "[]", '{"id": "no text"}']
        (folder / f"{file}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def command(source: Path, out: Path, *more: str) -> list[str]:
    return [COMMAND, "clean", str(source), "-o", str(out), "--audit-beside", "-j", "2", *FILTERS, *more]


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return documents(tmp_path_factory.mktemp("scale") / "in")


@pytest.fixture(scope="module")
def expected(source: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    out = tmp_path_factory.mktemp("local") / "out"
    made = subprocess.run(command(source, out, "--engine", "local"), capture_output=True, text=True, check=False)
    assert made.returncode == 2, made.stderr  # for the records that were rejected
    assert f"{FILES * EACH + 5} documents in {FILES} pieces" in made.stderr
    return files(out)


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, dict[str, str], int]]:
    """The address of a cluster that wants a token, the environment that has it, and the process of the cluster."""
    pytest.importorskip("ray", reason="ray is not installed: pip install texttool[ray]")
    token = tmp_path_factory.mktemp("token") / "token"
    token.write_text(secrets.token_hex(32))
    told = {"RAY_AUTH_MODE": "token", "RAY_AUTH_TOKEN_PATH": str(token), "RAY_USAGE_STATS_ENABLED": "0"}
    environment = {name: value for name, value in os.environ.items() if name != "RAY_ADDRESS"} | told
    program = [sys.executable, str(Path(__file__).with_name("ray_cluster.py"))]
    with subprocess.Popen(
        program, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment
    ) as process:
        assert process.stdin and process.stdout
        yield process.stdout.readline().strip(), environment, process.pid
        process.stdin.close()


def below(process: int) -> Iterator[tuple[int, str]]:
    """The processes that came of one, with their command lines."""
    for entry in Path("/proc").iterdir():
        try:
            parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1]) if entry.name.isdigit() else -1
            if parent == process:
                yield int(entry.name), (entry / "cmdline").read_text()
                yield from below(int(entry.name))
        except OSError:
            continue  # it has ended


def kill_one(root: int, running: subprocess.Popen[str], out: Path, what: str) -> None:
    """Kills a worker once something is done and before all is."""
    until = time.monotonic() + 60
    while running.poll() is None and time.monotonic() < until:
        if list(out.glob("_partial/part-*.json")):
            found = [process for process, line in below(root) if re.search(what, line)]
            if found:
                os.kill(found[0], signal.SIGKILL)
                return
        time.sleep(0.01)
    pytest.fail("no worker was there to be killed")


def test_local_is_what_clean_makes_of_each_text(expected: dict[str, bytes], source: Path, tmp_path: Path) -> None:
    plain = [COMMAND, "clean", str(source), "-o", str(tmp_path), "-q", *FILTERS]
    assert subprocess.run(plain, check=False, capture_output=True).returncode == 2
    for number in range(FILES):
        rows = [json.loads(line) for line in expected[f"documents/part-{number:06}.jsonl"].splitlines()]
        known = {}
        for line in (tmp_path / f"{number}.jsonl").read_text(encoding="utf-8").splitlines():
            if '"id"' in line:
                known[json.loads(line)["id"]] = json.loads(line)
        assert len(rows) == len(known) >= EACH
        for row in rows:
            edits, status = row.pop("edits"), row.pop("status")
            assert row == known[row["id"]]
            assert (status == "cleaned") == bool(edits)
    assert not any(name.startswith("_") for name in expected)


def test_daft_leaves_the_same_bytes(expected: dict[str, bytes], source: Path, tmp_path: Path) -> None:
    made = subprocess.run(command(source, tmp_path / "out", "--engine", "daft"), capture_output=True, text=True)
    assert made.returncode == 2 and "again" not in made.stderr, made.stderr
    assert files(tmp_path / "out") == expected


def test_a_cluster_leaves_the_same_bytes(
    expected: dict[str, bytes], source: Path, cluster: tuple[str, dict[str, str], int], tmp_path: Path
) -> None:
    address, environment, _ = cluster
    run = command(source, tmp_path / "out", "--engine", "ray", "--ray-address", address)
    made = subprocess.run(run, capture_output=True, text=True, env=environment, timeout=120)
    assert made.returncode == 2 and "again" not in made.stderr, made.stderr
    assert files(tmp_path / "out") == expected


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are found by /proc")
@pytest.mark.parametrize("engine", ["local", "daft", "ray"])
def test_a_worker_that_is_killed_loses_and_repeats_nothing(
    engine: str, expected: dict[str, bytes], source: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    address, environment, root = "", dict(os.environ), 0
    if engine == "ray":
        address, environment, root = request.getfixturevalue("cluster")
    out = tmp_path / "out"
    run = command(source, out, "--engine", engine, "--ray-address", address)
    with subprocess.Popen(run, stderr=subprocess.PIPE, text=True, env=environment) as running:
        kill_one(root or running.pid, running, out, {"local": "", "daft": "udf_worker", "ray": "UDFActor"}[engine])
        said = running.communicate(timeout=120)[1]
    assert running.returncode == 2, said
    assert files(out) == expected, said
    assert "done again" in said or engine == "ray"  # the cluster has a new worker made by itself
