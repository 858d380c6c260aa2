from __future__ import annotations

import gzip
import json
import lzma
import subprocess
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import COMMAND
from texttool.corpus.records.jsonspans import space, spelled, strings, tree

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["text", "a", "b", "é"]), inner),
    max_leaves=12,
)


def run(*arguments: object) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([COMMAND, *map(str, arguments)], capture_output=True, timeout=120, check=False)


def texts_of(value: Any, inside: bool = False) -> list[str]:
    """What stands under the name "text", by the library: the other implementation."""
    if isinstance(value, str):
        return [value] if inside else []
    if isinstance(value, list):
        return [text for one in value for text in texts_of(one, inside)]
    if isinstance(value, dict) and not inside:
        return [text for name, one in value.items() if name == "text" for text in texts_of(one, True)]
    return []


@given(values, st.booleans(), st.sampled_from([None, 1, "\t"]))
def test_strings_are_found_where_they_stand(value: Any, as_ascii: bool, indent: Any) -> None:
    text = " " + json.dumps(value, ensure_ascii=as_ascii, indent=indent) + "\n"
    found, end = strings(text, 1, tree(["text"]))
    assert space(text, end) == len(text)
    assert [one.value for one in found] == texts_of(value)
    assert [json.loads(text[one.start : one.end]) for one in found] == texts_of(value)


@given(st.text(st.characters(), max_size=20), st.booleans())
def test_a_string_is_spelled_so_that_it_reads_the_same(value: str, as_ascii: bool) -> None:
    literal = spelled(value, as_ascii=as_ascii)
    assert json.loads(literal) == value
    literal.encode()  # strict UTF-8: no lone surrogate is left in it


@pytest.mark.parametrize("text", ['{"a":', '{"a" 1}', "{'a':1}", '{"a":1,}', '["text",]', "[1 2]", '{"text":"a\nb"}'])
def test_what_is_no_json_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        strings(text, 0, tree(["text", "a.b"]))


def test_a_dotted_name_is_a_path_or_a_name() -> None:
    text = '{"a.b": "one", "a": {"b": ["two", {"b": "no"}], "c": "no"}}'
    found, _ = strings(text, 0, tree(["a.b"]))
    assert [one.value for one in found] == ["one", "two"]


def lines(count: int) -> str:
    row = '{{"id": {}, "text": "甲乙{},丙丁。", "n": 1.0e5, "w": [1,2 ]}}\n'
    return "".join(row.format(i, "\\n" * (i % 3)) for i in range(count))


@pytest.mark.parametrize("suffix", ["", ".gz", ".xz", ".bz2", ".zst"])
def test_packed_lines_are_cleaned_and_packed_again(tmp_path: Path, suffix: str) -> None:
    if suffix == ".zst":
        zstandard = pytest.importorskip("zstandard")
        pack, unpack = (
            zstandard.ZstdCompressor().compress,
            lambda d: zstandard.ZstdDecompressor().stream_reader(d).read(),
        )
    else:
        import bz2

        module: Any = {"": None, ".gz": gzip, ".xz": lzma, ".bz2": bz2}[suffix]
        pack, unpack = (module.compress, module.decompress) if module else (bytes, bytes)
    source, out = tmp_path / f"a.jsonl{suffix}", tmp_path / f"b.jsonl{suffix}"
    data = lines(50).encode()
    source.write_bytes(pack(data[:999]) + pack(data[999:]) if suffix not in ("", ".zst") else pack(data))
    assert run("clean", "-q", source, "-o", out).returncode == 0
    assert unpack(out.read_bytes()).decode() == lines(50).replace(",丙", "，丙")
    assert run("clean", "-q", source).stdout.decode() == lines(50).replace(",丙", "，丙")


def test_a_file_is_shared_out_and_comes_together_again(tmp_path: Path) -> None:
    source, broken = tmp_path / "a.jsonl", '{"text": "没有完\n'
    wide = lines(600).replace("[1,2 ]", f'"{"x" * 2000}"')  # several parts
    rows = wide.splitlines(keepends=True)
    rows[400:400] = [broken]
    source.write_text("".join(rows), "utf-8")
    made = []
    for jobs in ("1", "3"):
        out = tmp_path / f"out{jobs}.jsonl"
        done = run("punct", "--field", "text", source, "-o", out, "-j", jobs, "--audit", tmp_path / f"t{jobs}.gz")
        assert done.returncode == 2
        assert f"{source}:401: " in done.stderr.decode()
        assert "601 records, 1 rejected" in done.stderr.decode()
        made.append((out.read_bytes(), (tmp_path / f"t{jobs}.gz").read_bytes(), done.stderr))
        assert run("undo", out, "--audit", tmp_path / f"t{jobs}.gz").stdout == source.read_bytes()
    assert made[0] == made[1]
    assert made[0][0].decode() == wide.replace(",丙", "，丙")


def test_a_file_without_anything_to_change_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(lines(3).replace(",丙", "，丙"), "utf-8")
    before = path.stat()
    assert run("clean", "-i", "-q", path).returncode == 0
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    assert run("clean", "--check", path).returncode == 0
    path.write_text(lines(3), "utf-8")
    assert run("clean", "--check", path).returncode == 1
    assert path.read_text("utf-8") == lines(3)


def test_parquet_keeps_schema_metadata_and_all_other_columns(tmp_path: Path) -> None:
    pa, pq = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    columns = {"id": [1, 2, 3], "text": ["你好,世界。", None, "好"], "n": pa.array([1.5, None, 2.5], pa.float32())}
    table = pa.table(columns).replace_schema_metadata({"made": "by hand"})
    pq.write_table(table, tmp_path / "a.parquet", compression="gzip", row_group_size=2)
    assert run("clean", "-q", tmp_path / "a.parquet", "-o", tmp_path / "b.parquet").returncode == 0
    made = pq.read_table(tmp_path / "b.parquet")
    assert made.schema.equals(table.schema, check_metadata=True)
    assert made.column("text").to_pylist() == ["你好，世界。", None, "好"]
    assert made.drop(["text"]).equals(table.drop(["text"]))
    assert pq.ParquetFile(tmp_path / "b.parquet").metadata.num_row_groups == 2
    assert run("clean", "--field", "body", tmp_path / "a.parquet", "-o", tmp_path / "c.parquet").returncode == 2
    assert not (tmp_path / "c.parquet").exists()


@pytest.mark.parametrize("how", ["run", "beside"])
def test_undo_of_a_folder_gives_every_byte_back(tmp_path: Path, how: str) -> None:
    root, out, back = tmp_path / "in", tmp_path / "out", tmp_path / "back"
    contents = {
        "a.txt": "第一句,第二句。\r\n".encode(),
        "gbk/b.txt": ("今天的天气很好,我们去公园里散步。\n" * 5).encode("gbk"),
        "c.jsonl": lines(5).encode() + b'{"text": broken}\n' + lines(2).encode()[:-1],
        "d.csv": 'id,text\r\n1,"甲乙,丙丁。"\r\n2,x,y\r\n'.encode(),
        "e.json": '[{"text":"甲乙,丙丁。"} ,\n {"text":"好"}]'.encode(),
        "same.txt": "好。\n".encode(),
    }
    for name, data in contents.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    trail = ["--audit", tmp_path / "t.jsonl.gz"] if how == "run" else ["--audit-beside"]
    assert run("clean", root, "-o", out, "-q", "--field", "text", *trail).returncode == 2
    assert (out / "gbk" / "b.txt").read_text("utf-8").count("，") == 5
    known = trail if how == "run" else []
    done = run("undo", out, *known, "-o", back)
    assert (done.returncode, done.stderr) == (0, b"")
    assert {str(path.relative_to(back)): path.read_bytes() for path in back.rglob("*") if path.is_file()} == contents


def test_a_trace_names_the_place_and_the_rules(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("全年新建基层法律服务  \n站46个,覆盖职工12.  \n8万人,接待。\n", "utf-8")
    (tmp_path / "b.jsonl").write_text('{"id": 7, "text": "一\\"二\\n三,四"}\n', "utf-8")
    trail = tmp_path / "t.gz"
    run("clean", "-q", tmp_path, "-o", tmp_path.parent / f"{tmp_path.name}-out", "--audit", trail)
    out = tmp_path.parent / f"{tmp_path.name}-out"
    assert (out / "a.txt").read_text("utf-8") == "全年新建基层法律服务站46个，覆盖职工12.8万人，接待。\n"
    told = run("trace", f"{out}/a.txt:1:15", "--audit", trail).stdout.decode().splitlines()
    assert told == [f"{out}/a.txt:1:15: ，", f"  from {tmp_path}/a.txt:2:5: ,", "  PN101: , -> ，"]
    told = run("trace", f"{out}/a.txt:1:24", "--audit", trail).stdout.decode().splitlines()
    assert told == [f"{out}/a.txt:1:24: 万", f"  from {tmp_path}/a.txt:3:2: 万", "  no rule touched it"]
    told = run("trace", f"{out}/b.jsonl:1:27", "--audit", trail).stdout.decode().splitlines()
    assert told == [f"{out}/b.jsonl:1:27: ，", f"  from {tmp_path}/b.jsonl:1:text:2:2: ,", "  PN101: , -> ，"]
    assert run("trace", f"{out}/a.txt:9:1", "--audit", trail).returncode == 2


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.jsonl", '{"meta": {"id": "x-7"}, "text": "甲乙,丙丁。"}\n{"text": "甲乙,丙丁。", "meta": {"id": 8}}\n'),
        ("a.json", '[{"meta": {"id": "x-7"}, "text": "甲乙,丙丁。"},\n{"text": "甲乙,丙丁。", "meta": {"id": 8}}]'),
        ("a.csv", 'meta.id,text\nx-7,"甲乙,丙丁。"\n8,"甲乙,丙丁。"\n'),
    ],
)
def test_the_trail_names_records_by_their_own_name(tmp_path: Path, name: str, data: str) -> None:
    (tmp_path / name).write_text(data, "utf-8")
    fields = ["--field", "text", "--id-field", "meta.id"]
    run("punct", tmp_path / name, "-q", "-o", tmp_path / f"out-{name}", *fields, "--audit", tmp_path / "t.jsonl")
    heads = [json.loads(line) for line in (tmp_path / "t.jsonl").read_bytes().splitlines()]
    paths = [head["path"] for head in heads if head["type"] == "document"]
    first = 2 if name == "a.csv" else 1
    assert paths == [f"{tmp_path}/{name}:{first}:x-7:text", f"{tmp_path}/{name}:{first + 1}:8:text"]
