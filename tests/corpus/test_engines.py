"""The same bytes on every engine, whatever dies on the way. The cluster is a real one: two nodes on this machine."""

from __future__ import annotations

import json
import os
import random
import re
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

import texttool
from bench.dedup_corpus import paragraphs
from tests.conftest import COMMAND, SEED
from texttool.config import Options
from texttool.filters.dedup.policy import DEFAULT
from texttool.scale import dedup as dedup_on_engine
from texttool.scale import shuffle

pytest.importorskip("daft", reason="daft is not installed: pip install texttool[scale]")

PLANTED = SEED.parent / "bench" / "dedup" / "docs"
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
        if list(out.glob("_partial/*/part-*.json")):
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


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are found by /proc")
@pytest.mark.parametrize("engine", ["local", "daft", "ray"])
def test_every_engine_leaves_the_same_bytes_though_a_worker_is_killed(
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


@pytest.fixture(scope="module")
def copies(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """Records of which some hold the same passages or are nearly the same; and the texts by their places."""
    folder = tmp_path_factory.mktemp("copies") / "in"
    folder.mkdir()
    draw, said = random.Random(7), paragraphs(7)
    rows = [[next(said) for _ in range(4)] for _ in range(120)]
    for at in range(30):
        passage = "".join(draw.choice(rows[at]))[20 : 20 + draw.choice((30, 60, 120))]
        rows[60 + at].insert(1, f"{next(said)[:30]}{passage}{next(said)[:30]}")
    rows += [[*rows[at][:3], next(said)] for at in range(0, 20, 2)] + [["短文一篇"], ["短文一篇"]]
    texts = ["\n".join(row) for row in rows]
    draw.shuffle(texts)
    places = {}
    for file in range(3):
        lines = [json.dumps({"text": text}, ensure_ascii=False) for text in texts[file::3]]
        (folder / f"{file}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
        places |= {f"{folder}/{file}.jsonl:{number}": text for number, text in enumerate(texts[file::3], 1)}
    return folder, places


def dedup(source: Path, out: Path, *more: str, env: dict[str, str] | None = None) -> dict[str, bytes]:
    run = [COMMAND, "dedup", str(source), "-o", str(out), "--documents", "-j", "2", *more]
    made = subprocess.run(run, capture_output=True, text=True, timeout=120, env=env)
    assert made.returncode == 1 and "again" not in made.stderr, made.stderr
    return files(out)


def pairs(groups: Iterable[tuple[str, list[tuple[str, int, int]]]]) -> set[Any]:
    return {(kind, *pair) for kind, spans in groups for pair in combinations(sorted(spans), 2)}


def groups(out: Path) -> list[dict[str, Any]]:
    return [row for path in sorted((out / "groups").iterdir()) for row in pq.read_table(path).to_pylist()]


def test_duplicates_are_those_of_the_local_finder(copies: tuple[Path, dict[str, str]], tmp_path: Path) -> None:
    source, places = copies
    dedup(source, tmp_path, "--engine", "local")
    found = [
        (row["kind"], [(f"{one['source']}:{one['record']}", one["start"], one["end"]) for one in row["spans"]])
        for row in groups(tmp_path)
    ]
    known = pairs((group.kind, list(group.spans)) for group in texttool.find_duplicates(places))
    assert len(known) > 40 and {kind for kind, *_ in known} == {"span", "document"}
    assert len(known & pairs(found)) >= 0.99 * len(known)  # noise in short passages is missed: one in a hundred pairs
    assert len(known & pairs(found)) >= 0.99 * len(pairs(found))


def test_many_buckets_find_what_one_finds(
    copies: tuple[Path, dict[str, str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def found(out: Path) -> set[Any]:
        options = Options(engine="local", output=out, jobs=1, quiet=True)
        assert dedup_on_engine.find((copies[0],), options, DEFAULT, documents=True) == 1
        return pairs((row["kind"], [tuple(one.values()) for one in row["spans"]]) for row in groups(out))

    known = found(tmp_path / "one")
    monkeypatch.setattr(dedup_on_engine, "_BUCKET", 5000)
    monkeypatch.setattr(shuffle, "_TOGETHER", 1)
    many = found(tmp_path / "many")
    assert len(list((tmp_path / "many" / "groups").iterdir())) > 5
    assert {pair for pair in known if pair[0] == "document"} == {pair for pair in many if pair[0] == "document"}
    assert len(known & many) >= 0.97 * len(known | many)  # what is a formula depends on what it is compared with


@pytest.mark.parametrize("engine", ["daft", "ray"])
def test_other_engines_find_the_same_duplicates(
    engine: str, copies: tuple[Path, dict[str, str]], tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    address, environment, _ = request.getfixturevalue("cluster") if engine == "ray" else ("", None, 0)
    known = dedup(copies[0], tmp_path / "local", "--engine", "local")
    found = dedup(copies[0], tmp_path / engine, "--engine", engine, "--ray-address", address, env=environment)
    assert found == known


@pytest.mark.skipif(not PLANTED.is_dir(), reason="the documents with planted copies are not here")
def test_planted_copies_are_found_as_by_the_local_finder(tmp_path: Path) -> None:
    texts = {str(path): path.read_text("utf-8") for path in sorted(PLANTED.iterdir())}
    known = pairs((group.kind, list(group.spans)) for group in texttool.find_duplicates(texts))
    dedup(PLANTED, tmp_path, "--engine", "local")
    found = pairs(
        (row["kind"], [(one["source"], one["start"], one["end"]) for one in row["spans"]]) for row in groups(tmp_path)
    )
    assert len(known) > 1000
    assert len(known & found) >= 0.99 * max(len(known), len(found))
