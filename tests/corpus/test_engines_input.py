"""What engines read and write, and what they say where they cannot."""

from __future__ import annotations

import json
import os
import resource
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.conftest import COMMAND


def run(*arguments: object, code: int = 0, **more: Any) -> str:
    made = subprocess.run(
        [COMMAND, *map(str, arguments)], capture_output=True, text=True, timeout=120, check=False, **more
    )
    assert made.returncode == code, made.stderr
    return made.stderr.replace("texttool: ", "", 1)


def clean(source: Path, *more: object, code: int = 0, **rest: Any) -> str:
    return run("clean", source, "-o", source.parent / "out", "--engine", "local", *more, code=code, **rest)


def table(folder: Path) -> list[dict[str, Any]]:
    return [row for path in sorted(folder.glob("*.parquet")) for row in pq.read_table(path).to_pylist()]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    return tmp_path / "in"


def test_parquet_keeps_its_columns_and_types(source: Path) -> None:
    columns = {"n": pa.array([1, None, 3], pa.int16()), "text": ["你好,世界", None, "x"], "l": [[1], [], None]}
    pq.write_table(pa.table(columns), source / "a.parquet", row_group_size=2)
    clean(source)
    (made,) = (source.parent / "out" / "documents").iterdir()
    read = pq.read_table(made)
    assert read.schema.field("n").type == pa.int16()
    assert read.column("text").to_pylist() == ["你好，世界", None, "x"]
    assert read.column("status").to_pylist() == ["cleaned", "unchanged", "unchanged"]
    assert read.column("edits").to_pylist() == [[("PN101", 1)], [], []]
    assert read.column("l").to_pylist() == [[1], [], None]


def test_csv_and_packed_lines(source: Path) -> None:
    (source / "a.csv").write_text('id,text\n1,"你好,世界"\n2\n3,"x"\n', encoding="utf-8")
    said = clean(source, "--field", "text", code=2)
    assert said.startswith("3 documents in 1 pieces: 1 cleaned, 1 unchanged, 1 rejected\n")
    rows = (source.parent / "out" / "documents" / "part-000000.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(row)["text"] for row in rows] == ["你好，世界", "x"]
    (rejected,) = table(source.parent / "out" / "rejected")
    assert (rejected["record"], rejected["reason"], rejected["raw"]) == (2, "has 1 columns, not 2", b"2\r\n")


def test_a_tree_of_texts(source: Path) -> None:
    (source / "b").mkdir()
    (source / "b" / "1.txt").write_bytes("你好,世界".encode("gb18030"))
    (source / "2.txt").write_bytes(b"\x00\x01binary")
    (source / "3.csv").write_text("id,text\n")  # left out, as without an engine
    said = clean(source, "--audit-beside", "--rows", "parquet", code=2)
    assert "1 cleaned, 1 rejected" in said
    (row,) = table(source.parent / "out" / "documents")
    assert (row["path"], row["text"].rstrip("\n"), row["status"]) == ("b/1.txt", "你好，世界", "cleaned")
    (rejected,) = table(source.parent / "out" / "rejected")
    assert (rejected["source"], rejected["raw"]) == (str(source / "2.txt"), b"\x00\x01binary")
    audit = [edit for edit in table(source.parent / "out" / "audit") if edit["code"].startswith("PN")]
    assert [(edit["found"], edit["put"], edit["start"], edit["end"]) for edit in audit] == [(",", "，", 2, 3)]


def test_findings_are_those_of_lint(source: Path) -> None:
    texts = ["你好,世界\n(括号)", "没有", "一,二,三"]
    for number, text in enumerate(texts):
        (source / f"{number}.txt").write_text(text, encoding="utf-8")
    said = run("lint", source, "-o", source.parent / "out", "--engine", "local", "--select", "PN", code=1)
    assert "3 documents" in said
    told = subprocess.run(
        [COMMAND, "lint", "--select", "PN", "--output-format", "jsonl", str(source)], capture_output=True, check=False
    )
    known = [json.loads(line) for line in told.stdout.splitlines()]
    made = table(source.parent / "out" / "findings")
    names = ("line", "column", "code", "found", "put", "message")
    assert [tuple(row[name] for name in names) for row in made] == [tuple(row[name] for name in names) for row in known]
    assert len(made) > 2


def test_records_as_parquet(source: Path) -> None:
    rows = [{"text": "你好,世界", "n": 1}, {"text": "x", "n": 2}]
    bad = [{"text": "x", "n": "two"}, {"text": "x", "n": 3, "more": 1}]
    write = [json.dumps(row) for row in (*rows * 600, *bad)]
    (source / "a.jsonl").write_text("\n".join(write) + "\n")
    clean(source, "--rows", "parquet", "--filters", "punct", code=2)
    assert len(table(source.parent / "out" / "documents")) == 1200
    reasons = [row["reason"] for row in table(source.parent / "out" / "rejected")]
    assert sorted(reasons) == [
        "does not fit the types of the first records",
        "has a field more that the first records do not have",
    ]


def test_schemas_that_differ_are_named(source: Path) -> None:
    pq.write_table(pa.table({"text": ["x"], "n": [1]}), source / "a.parquet")
    pq.write_table(pa.table({"text": ["x"], "n": ["1"]}), source / "b.parquet")
    said = clean(source, code=2)
    assert said == f"{source}/b.parquet: has other columns than {source}/a.parquet: n is string, not int64\n"
    assert not (source.parent / "out").exists()


@pytest.mark.parametrize("name", ["a.parquet", "a.csv", "a.jsonl"])
def test_a_missing_column_is_named(source: Path, name: str) -> None:
    if name == "a.parquet":
        pq.write_table(pa.table({"body": ["x"]}), source / name)
    else:
        (source / name).write_text("body,n\nx,1\n" if name == "a.csv" else '{"body": "x"}\n')
    said = clean(source, "--field", "text", code=2)
    assert said.startswith(f"{source}/{name}: no ") and "text" in said and said.count("\n") == 1


def test_a_disk_that_fills_leaves_a_part_that_is_marked(source: Path) -> None:
    for name in "ab":
        (source / f"{name}.jsonl").write_text(json.dumps({"text": "你好,世界" * (30_000 if name == "b" else 1)}) + "\n")
    full = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))  # noqa: E731
    said = clean(source, "--filters", "punct", code=2, preexec_fn=full)
    out = source.parent / "out"
    assert f"{out}/documents/part-000001.jsonl: File too large" in said
    assert f"{out}: not complete, marked by _partial" in said
    assert [path.name for path in (out / "documents").iterdir()] == ["part-000000.jsonl"]
    assert (
        clean(source, "--filters", "unwrap", code=2)
        == f"{out}: holds a part of another run; remove it, or name another folder\n"
    )
    done = (out / "documents" / "part-000000.jsonl").stat()
    assert clean(source, "--filters", "punct").startswith("2 documents in 2 pieces: 2 cleaned")
    assert (out / "documents" / "part-000000.jsonl").stat() == done and not (out / "_partial").exists()
    assert "is there already" in clean(source, "--filters", "punct", code=2)


@pytest.mark.parametrize(("extra", "engine", "missing"), [("scale", "daft", "daft"), ("ray", "ray", "ray")])
def test_what_is_not_installed_is_named(source: Path, tmp_path: Path, extra: str, engine: str, missing: str) -> None:
    if engine == "ray":
        pytest.importorskip("daft", reason="daft is not installed")
    (source / "a.jsonl").write_text('{"text": "x"}\n')
    (tmp_path / "no" / missing).mkdir(parents=True)
    (tmp_path / "no" / missing / "__init__.py").write_text("raise ImportError")
    environment = dict(os.environ, PYTHONPATH=str(tmp_path / "no"))
    said = run(
        "clean", source, "-o", tmp_path / "out", "--engine", engine, "--ray-address", "x:1", code=2, env=environment
    )
    assert f"pip install texttool[{extra}]" in said and said.count("\n") == 1


def test_a_cluster_that_is_not_there(source: Path, tmp_path: Path) -> None:
    pytest.importorskip("ray", reason="ray is not installed")
    (source / "a.jsonl").write_text('{"text": "x"}\n')
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
        said = run("clean", source, "-o", tmp_path / "out", "--engine", "ray", "--ray-address", address, code=2)
    assert said == f"{address}: no Ray cluster answers there: [Errno 111] Connection refused\n"
    environment = {name: value for name, value in os.environ.items() if name != "RAY_ADDRESS"}
    said = run("clean", source, "-o", tmp_path / "out", "--engine", "ray", code=2, env=environment)
    assert said.startswith("--engine ray needs the address of a cluster") and not (tmp_path / "out").exists()


def test_nothing_of_it_is_imported_by_other_commands() -> None:
    code = (
        "import sys, texttool, texttool.cli, texttool.commands.clean, texttool.commands.lint, texttool.corpus.batch\n"
    )
    code += (
        "print([name for name in sys.modules if name.split('.')[0] in ('daft', 'ray', 'pyarrow') or '.scale' in name])"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_a_frame_is_cleaned_among_other_steps() -> None:
    pytest.importorskip("daft", reason="daft is not installed")
    code = """
import daft, texttool.scale
frame = daft.from_pydict({"id": [1, 2, 3], "body": ["你好,世界", None, "x"]}).where(daft.col("id") != 3)
made = texttool.scale.clean(frame, "body", filters=["punct"], jobs=1).sort("id").to_pydict()
rest = {"edits": [[("PN101", 1)], []], "status": ["cleaned", "unchanged"]}
print(made == {"id": [1, 2], "body": ["你好，世界", None], **rest}, made)
"""
    environment = dict(os.environ, DO_NOT_TRACK="true", DAFT_PROGRESS_BAR="0")
    made = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=True)
    assert made.stdout.startswith("True"), made.stdout
