"""``--stdin-filename``: standard input is what its name says, for every command that reads it."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tests.conftest import COMMAND

FILES = {
    "guide.md": "正文,一段。\n\n    你好,世界\n",
    "page.html": '<p title="甲,乙">正文,一段。</p><script>你好,世界</script>\n',
    "paper.tex": "正文,一段。\\label{甲,乙}\n\\begin{verbatim}\n你好,世界\n\\end{verbatim}\n",
}


def call(cwd: Path, *args: str, data: str = "") -> tuple[int, str, str]:
    done = subprocess.run([COMMAND, *args], cwd=cwd, input=data.encode(), capture_output=True, check=False)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize(
    "command", [("clean",), ("punct",), ("convert", "--to", "s2t"), ("unwrap",), ("clean", "--diff")]
)
def test_a_pipe_is_cleaned_as_the_file_of_that_name(tmp_path: Path, name: str, command: tuple[str, ...]) -> None:
    (tmp_path / name).write_text(FILES[name], "utf-8")
    piped = call(tmp_path, *command, "--stdin-filename", name, data=FILES[name])
    assert piped == call(tmp_path, *command, name)


def test_without_a_name_it_is_prose(tmp_path: Path) -> None:
    text = FILES["guide.md"]
    assert call(tmp_path, "clean", data=text)[1] == text.replace(",", "，")
    named = call(tmp_path, "clean", "--stdin-filename", "guide.md", data=text)
    assert named == (0, text.replace("正文,", "正文，"), "")


def test_what_looks_at_texts_takes_the_name_too(tmp_path: Path) -> None:
    text, name = FILES["guide.md"], ("--stdin-filename", "guide.md")
    [entry] = json.loads(call(tmp_path, "doctor", "--output-format", "json", *name, data=text)[1])
    assert (entry["path"], entry["findings"]) == ("guide.md", {"PN101": 1})
    assert entry["commands"][0]["command"].startswith("texttool clean --recipe web --stdin-filename guide.md - ")
    stats = json.loads(call(tmp_path, "stats", "--findings", "--output-format", "json", *name, data=text)[1])
    assert stats["total"]["findings"] == {"PN101": 1}


def test_patterns_hold_for_the_name(tmp_path: Path) -> None:
    (tmp_path / "texttool.toml").write_text('per-file-ignores = {"poetry/**" = ["PN"]}')
    command = ("clean", "--stdin-filename")
    assert call(tmp_path, *command, "poetry/a.txt", data="你好,世界。\n")[1] == "你好,世界。\n"
    assert call(tmp_path, *command, "prose/a.txt", data="你好,世界。\n")[1] == "你好，世界。\n"


def test_a_name_of_records_makes_it_records(tmp_path: Path) -> None:
    row, name = '{"text": "你好,世界。", "n": "你好,世界。"}\n', ("--stdin-filename", "a.jsonl")
    assert call(tmp_path, "clean", *name, data=row) == (0, row.replace(",", "，", 1), "")
    assert call(tmp_path, "lint", *name, data=row)[1] == "a.jsonl:1:13: PN101 ASCII comma in Chinese text\n"
    assert call(tmp_path, "clean", "--text", *name, data=row) == (0, row, "")  # as prose it is taken for a table
    table = 'id,body\n1,"你好,世界。"\n'
    named = ("--stdin-filename", "a.csv", "--field", "body")
    assert call(tmp_path, "clean", *named, data=table) == (0, table.replace("好,", "好，"), "")


def test_input_that_is_output_is_refused_whatever_its_name(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("你好,世界。\n", "utf-8")
    with path.open("rb") as given, path.open("ab") as taken:
        done = subprocess.run(
            [COMMAND, "clean", "--stdin-filename", "b.md"],
            stdin=given,
            stdout=taken,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert (done.returncode, b"is input and output at once" in done.stderr) == (2, True)
    assert path.read_text("utf-8") == "你好,世界。\n"
