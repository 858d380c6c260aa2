"""``doctor``, ``stats`` and ``report`` on records: each is a text, and the syntax around them is none."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import COMMAND

TEXTS = ("你好,世界。他走了,也没说什么。", "渡口的船工起得很早，先看水。\n他走了。", 'Quoted "words" in {braces}.')
ROWS = [json.dumps({"id": f"“{i}”,,", "text": text}, ensure_ascii=False) for i, text in enumerate(TEXTS)]
# The places of the records, and the files that hold them: all the same texts.
FILES = {
    "a.jsonl": ("\n".join(ROWS).encode(), "123"),
    "a.ndjson": ("\r\n".join([*ROWS, ""]).encode(), "123"),
    "a.jsonl.gz": (gzip.compress("\n".join(ROWS).encode()), "123"),
    "a.json": (f"[{','.join(ROWS)}]".encode(), "111"),
}


def run(cwd: Path, *args: str, data: bytes = b"", code: int = 0) -> tuple[str, str]:
    done = subprocess.run([COMMAND, *args], cwd=cwd, input=data, capture_output=True, check=False)
    assert done.returncode == code, done.stderr.decode()
    return done.stdout.decode(), done.stderr.decode()


def figures(cwd: Path, *args: str, data: bytes = b"") -> dict[str, Any]:
    made: dict[str, Any] = json.loads(run(cwd, "stats", "--output-format", "json", *args, data=data)[0])
    return made


@pytest.mark.parametrize("name", FILES)
def test_records_are_texts(tmp_path: Path, name: str) -> None:
    data, lines = FILES[name]
    (tmp_path / name).write_bytes(data)
    for i, text in enumerate(TEXTS):
        (tmp_path / f"{i}.txt").write_text(text, "utf-8")
    plain = figures(tmp_path, "0.txt", "1.txt", "2.txt")["total"]
    assert figures(tmp_path, "--field", "text", name)["total"] == plain
    each = figures(tmp_path, "--field", "text", "--each", "--findings", name)
    assert [one["path"] for one in each["texts"]] == [f"{name}:{line}:text" for line in lines]
    assert each["total"]["findings"] == {"PN101": 2}
    entries = json.loads(run(tmp_path, "doctor", "--field", "text", "--output-format", "json", name, code=1)[0])
    assert [entry["characters"] for entry in entries] == [*map(len, TEXTS)]
    assert [entry["findings"] for entry in entries] == [{"PN101": 2}, {}, {}]


def test_standard_input_holds_records_where_a_field_is_named(tmp_path: Path) -> None:
    data = "\n".join(ROWS).encode()
    assert figures(tmp_path, "--field", "text", data=data)["total"]["characters"] == sum(map(len, TEXTS))
    assert figures(tmp_path, data=data)["total"]["texts"] == 1
    out, _ = run(tmp_path, "doctor", "--field", "text", data=data, code=1)
    assert "$ texttool clean --recipe web --field text - -o clean.jsonl" in out


def test_doctor_draws_a_table_and_advises_for_the_file(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text("\n".join(ROWS), "utf-8")
    out, _ = run(tmp_path, "doctor", "a.jsonl", code=1)
    assert out.startswith("a.jsonl  3 texts, ")
    assert "$ texttool clean --recipe web a.jsonl -o a.clean.jsonl" in out
    [first, *_] = json.loads(run(tmp_path, "doctor", "a.jsonl", "--output-format", "json", code=1)[0])
    assert [one["command"] for one in first["commands"]] == ["texttool clean --recipe web a.jsonl -o a.clean.jsonl"]
    run(tmp_path, "clean", "--recipe", "web", "a.jsonl", "-o", "a.clean.jsonl")
    assert json.loads((tmp_path / "a.clean.jsonl").read_text("utf-8").splitlines()[0])["text"] == TEXTS[0].replace(
        ",", "，"
    )


@pytest.mark.parametrize("command", ["doctor", "stats"])
def test_records_below_a_folder_are_found(tmp_path: Path, command: str) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.jsonl").write_text("\n".join(ROWS), "utf-8")
    (tmp_path / "in" / "b.txt").write_text("好。\n", "utf-8")
    out, _ = run(tmp_path, command, "in", code=1 if command == "doctor" else 0)
    assert "4 texts, " in out


@pytest.mark.parametrize("jobs", ["1", "3"])
def test_a_broken_record_is_told_and_the_others_are_read(tmp_path: Path, jobs: str) -> None:
    for name in ("a.jsonl", "b.jsonl"):
        (tmp_path / name).write_text("\n".join([ROWS[0], '{"text" 1}', *ROWS[1:]]), "utf-8")
    said = "".join(f"texttool: {name}.jsonl:2: Expecting ':' (column 9)\n" for name in "ab")
    for command in ("stats", "doctor"):
        out, err = run(tmp_path, command, "-j", jobs, "a.jsonl", "b.jsonl", code=2)
        assert ("6 texts, " in out, err) == (True, said)


@pytest.mark.parametrize("command", ["doctor", "stats", "report"])
def test_a_field_that_no_record_has_is_a_failure(tmp_path: Path, command: str) -> None:
    (tmp_path / "a.jsonl").write_text("\n".join(ROWS), "utf-8")
    _, err = run(tmp_path, command, "--field", "body", "a.jsonl", code=2)
    assert err.startswith("texttool: a.jsonl: no record has a string in the field body\n")


def test_a_report_has_a_row_a_record(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text("\n".join(ROWS), "utf-8")
    _, err = run(tmp_path, "report", "a.jsonl", "-o", "a.html")
    assert err == "texttool: a.html: 3 texts, 2 findings\n"
    page = (tmp_path / "a.html").read_text("utf-8")
    assert all(f">a.jsonl:{line}:text<" in page for line in (1, 2, 3))
    assert "texttool clean --recipe web a.jsonl -o a.clean.jsonl" in page


def test_memory_does_not_grow_with_the_records(tmp_path: Path) -> None:
    peaks = []
    for count in (40, 400):
        with (tmp_path / "a.jsonl").open("w", encoding="utf-8") as file:
            for i in range(count):
                text = f"第{i}日：渡口的船工起得很早。" + "水涨了，" * 4000
                file.write(f'{{"n": {i}, "text": "{text}"}}\n')
        code = (
            "import resource, subprocess, sys\n"
            "subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL)\n"
            "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
        )
        command = [sys.executable, "-c", code, COMMAND, "stats", tmp_path / "a.jsonl"]
        peaks.append(int(subprocess.run(command, capture_output=True, check=True).stdout))
    assert peaks[1] < 1.2 * peaks[0]
