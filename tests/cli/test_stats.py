"""``stats`` as a user runs it: tables, JSON and CSV; large texts, many texts, hostile names."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.cli.test_doctor import OBEYED, folder
from tests.conftest import COMMAND, ROOT

SAMPLE = ROOT / "samples" / "work-report" / "in.txt"


def run(*args: str | Path, data: bytes = b"", code: int = 0, **env: str) -> str:
    done = subprocess.run(
        [COMMAND, "stats", *map(str, args)], input=data, capture_output=True, check=False, env={**os.environ, **env}
    )
    assert (done.returncode, done.stderr) == (code, b"")
    return done.stdout.decode()


def figures(*args: str | Path, data: bytes = b"") -> dict[str, Any]:
    made: dict[str, Any] = json.loads(run(*args, "--output-format", "json", data=data))["total"]
    return made


def test_figures_of_a_text() -> None:
    text = "渡口的船工起得很早，先看水，再看天。\n他说: 走,上船!\n"
    made = figures(data=text.encode())
    assert {name: made[name] for name in ("texts", "bytes", "characters", "lines", "paragraphs", "sentences")} == {
        "texts": 1,
        "bytes": len(text.encode()),
        "characters": 29,
        "lines": 2,
        "paragraphs": 2,
        "sentences": 2,
    }
    assert made["kinds"] == {"han": 20, "space": 3, "half-width marks": 3, "full-width marks": 3}
    assert made["marks"] == {"half": {",": 1, ":": 1, "!": 1}, "full": {"，": 2, "。": 1}}
    assert made["encodings"] == {"utf-8": 1}
    assert made["quality"]["han"] == pytest.approx(20 / 26, abs=1e-4)
    assert made["findings"] == {}


def test_findings_are_counted_when_asked() -> None:
    made = figures(SAMPLE, "--findings")
    listed = subprocess.run(
        [COMMAND, "lint", SAMPLE, "--statistics", "--output-format", "json"], capture_output=True, check=False
    )
    assert made["findings"] == {one["code"]: one["count"] for one in json.loads(listed.stdout)}
    assert set(figures(SAMPLE, "--findings", "--select", "DP")["findings"]) == {"DP101"}


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-8-sig"])
def test_a_text_read_piece_by_piece_has_the_figures_of_one_read_at_once(
    tmp_path: Path, newline: str, encoding: str
) -> None:
    part = "渡口的船工起得很早，先看水，再看天。水涨了，船就靠里停。\n赶集的人陆续来了, 挑担的站在船头。\n"
    text = "".join(f"第{i}日，{part}" for i in range(90_000))
    path = tmp_path / "a.txt"
    path.write_bytes(text.replace("\n", newline).encode(encoding))
    assert path.stat().st_size > 8 << 20
    large = figures(path)
    assert (large["lines"], large["characters"]) == (180_000, len(text))
    assert large["sentences"] == 270_000
    assert large["kinds"]["han"] == sum("\u4e00" <= char <= "\u9fff" for char in text)
    assert large["encodings"] == {"gb18030" if encoding == "gb18030" else "utf-8": 1}
    ink = len(text) - text.count("\n") - text.count(" ")
    assert large["quality"]["han"] == pytest.approx(large["kinds"]["han"] / ink, abs=1e-4)
    assert large["quality"]["ended_paragraphs"] == 1


def test_memory_does_not_grow_with_the_text(tmp_path: Path) -> None:
    line = "渡口的船工起得很早，先看水，再看天。水涨了，船就靠里停。\n".encode()
    peaks = []
    for count in (10, 100):
        with (tmp_path / "a.txt").open("wb") as file:
            for i in range(count * 10):
                file.write(f"{i}\n".encode() + line * (100_000 // len(line)))
        code = (
            "import resource, subprocess, sys\n"
            "subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL)\n"
            "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
        )
        done = subprocess.run(
            [sys.executable, "-c", code, COMMAND, "stats", tmp_path / "a.txt"], capture_output=True, check=True
        )
        peaks.append(int(done.stdout))
    assert peaks[1] < 1.2 * peaks[0]


def test_csv_is_a_row_a_text_with_nothing_that_a_spreadsheet_runs(tmp_path: Path) -> None:
    for name in ("=cmd", "+1", "-1", "@x", 'a"b,c', "a\nb", "\tt"):
        (tmp_path / f"{name}.txt").write_text("甲,乙。\n", "utf-8")
    done = subprocess.run(
        [
            COMMAND,
            "stats",
            "--each",
            "--findings",
            "--output-format",
            "csv",
            "--",
            *(path.name for path in tmp_path.iterdir()),
        ],
        cwd=tmp_path,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0
    rows = list(csv.DictReader(io.StringIO(done.stdout.decode(), newline="")))
    assert sorted(row["path"] for row in rows) == sorted(
        ["'=cmd.txt", "'+1.txt", "'-1.txt", "'@x.txt", 'a"b,c.txt', "a⏎b.txt", "⇥t.txt"]
    )
    assert {row["findings: punctuation"] for row in rows} == {"1"}
    assert {row["characters: han"] for row in rows} == {"2"}
    assert len(rows[0]) == done.stdout.decode().splitlines()[0].count(",") + 1
    assert done.stdout.count(b"\r\n") == 8


def test_each_text_and_all_of_them(tmp_path: Path) -> None:
    root = folder(tmp_path / "in")
    made = json.loads(run(root, "--each", "--output-format", "json", "-q"))
    assert [entry["path"] for entry in made["texts"]] == sorted(entry["path"] for entry in made["texts"])
    for name in ("texts", "bytes", "characters", "lines", "paragraphs"):
        assert made["total"][name] == sum(entry[name] for entry in made["texts"])
    assert made["total"]["texts"] == 41
    assert made["total"]["quality"]["repeated_paragraphs"] < 0.2


def test_paragraphs_of_other_texts_count_as_repeated(tmp_path: Path) -> None:
    for name in "abc":
        (tmp_path / f"{name}.txt").write_text("渡口的船工起得很早，先看水，再看天。\n", "utf-8")
    assert figures(tmp_path / "a.txt")["quality"]["repeated_paragraphs"] == 0
    assert figures(tmp_path)["quality"]["repeated_paragraphs"] == pytest.approx(2 / 3, abs=1e-4)


@pytest.mark.parametrize("output_format", ["text", "json", "csv"])
def test_several_processes_say_the_same(tmp_path: Path, output_format: str) -> None:
    root = folder(tmp_path / "in")
    outputs = {
        run(root, "--each", "--findings", "--output-format", output_format, "-q", *more, PYTHONHASHSEED=seed)
        for more, seed in (((), "0"), (("-j", "3"), "1"), (("-j", "0"), "2"))
    }
    assert len(outputs) == 1


def test_tables_hold_nothing_hostile(tmp_path: Path) -> None:
    path = tmp_path / "\x1b[31m\u202e.txt"
    path.write_text("甲\x1b[31m\x9b乙\u200b。\n", "utf-8")
    for more in ((), ("--each",)):
        assert OBEYED.search(run(path, *more)) is None
    assert re.search("\x1b\\[", run(path, "--color", "always"))


def test_nothing_has_figures_too() -> None:
    assert figures(data=b"")["characters"] == 0
    assert "0 characters" in run(data=b"")


def test_a_bad_file_does_not_stop_the_rest(tmp_path: Path) -> None:
    done = subprocess.run([COMMAND, "stats", SAMPLE, tmp_path / "no.txt"], capture_output=True, check=False)
    assert done.returncode == 2
    assert done.stderr.decode() == f"texttool: {tmp_path}/no.txt: No such file or directory\n"
    assert done.stdout.decode().startswith("1 text, ")
