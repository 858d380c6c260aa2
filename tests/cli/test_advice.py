"""What ``doctor`` advises, run: it mends all that ``clean`` mends without a recipe, of a text and of a folder."""

from __future__ import annotations

import json
import shlex
import subprocess
from pathlib import Path

import pytest

from tests.conftest import COMMAND, ROOT

PASSAGE = "渡口的船工起得很早，先看水，再看天。水涨了，船就靠里停；水落了，往外挪。赶集的人陆续来了，挑担的站在船头。\n"
TEXTS = {
    "marks.txt": "你好,世界。\n" * 3,
    "more.txt": "他走了,没有说话。\n" * 3,
    "novel.txt": "第一章 渡口\n“船来了,快走。”\n“来了。”\n",
    "repeats.txt": f"第一章 渡口\n“船来了,快走。”\n{PASSAGE}“来了。”\n{PASSAGE}",
    "page.txt": (ROOT / "samples" / "work-report" / "in.txt").read_text("utf-8"),
    "script.txt": "你好,世界。\n他們學會了漢語。\n",
}


def call(cwd: Path, *args: str | Path) -> str:
    done = subprocess.run([COMMAND, *map(str, args)], cwd=cwd, capture_output=True, check=False)
    assert done.returncode in (0, 1), done.stderr.decode()
    return done.stdout.decode()


def advised(cwd: Path, path: str) -> list[str]:
    """The command that doctor advises, without its output."""
    [line] = [line for line in call(cwd, "doctor", path).splitlines() if line.startswith("$ texttool clean ")]
    words = shlex.split(line[2:].split("   ")[0])
    assert words[-2] == "-o"
    return words[1:-1]


def tree(root: Path) -> dict[str, str]:
    return {str(path.relative_to(root)): path.read_text("utf-8") for path in sorted(root.rglob("*")) if path.is_file()}


@pytest.mark.parametrize(
    "names", [("marks.txt", "more.txt"), ("marks.txt", "more.txt", "page.txt"), ("novel.txt", "page.txt"), [*TEXTS]]
)
@pytest.mark.parametrize("config", ["", 'extend-select = ["ZH102"]', "unsafe = true", 'recipe = "web"'])
def test_it_mends_what_clean_mends(tmp_path: Path, names: tuple[str, ...], config: str) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "texttool.toml").write_text(config, "utf-8")
    for name in names:
        (tmp_path / "in" / name).write_text(TEXTS[name], "utf-8")
    call(tmp_path, *advised(tmp_path, "in"), "advised")
    call(tmp_path, "clean", "in", "-o", "plain")
    plain = tree(tmp_path / "plain")
    assert tree(tmp_path / "advised") == plain
    for name in names:
        call(tmp_path, *advised(tmp_path, f"in/{name}"), name)
        assert (tmp_path / name).read_text("utf-8") == plain[name]


def test_it_names_no_recipe_where_none_mends_as_much(tmp_path: Path) -> None:
    (tmp_path / "texttool.toml").write_text('extend-select = ["ZH102"]', "utf-8")
    (tmp_path / "a.txt").write_text(TEXTS["script.txt"], "utf-8")
    assert advised(tmp_path, "a.txt") == ["clean", "a.txt", "-o"]
    assert advised(tmp_path, ".") == ["clean", ".", "-o"]
    [entry] = json.loads(call(tmp_path, "doctor", "a.txt", "--output-format", "json"))
    assert (entry["recipe"], entry["edits"]) == (None, {"PN101": 1, "ZH102": 2})


@pytest.mark.parametrize("path", [".", "in/..", "in"])
def test_it_writes_where_it_may(tmp_path: Path, path: str) -> None:
    here = tmp_path / "here"
    (here / "in").mkdir(parents=True)
    (here / "in" / "a.txt").write_text("你好,世界。\n", "utf-8")
    [line] = [line for line in call(here, "doctor", path).splitlines() if line.startswith("$ texttool clean ")]
    call(here, *shlex.split(line[2:].split("   ")[0])[1:])
    [clean] = [path for path in tmp_path.rglob("a.txt") if path.read_text("utf-8") == "你好，世界。\n"]
    assert clean != here / "in" / "a.txt"


def test_it_reads_as_doctor_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("你好,世界。".encode("gbk"))
    assert "$ texttool clean --recipe web --encoding gbk a.txt -o a.clean.txt" in call(
        tmp_path, "doctor", "--encoding", "gbk", "a.txt"
    )


def test_in_no_known_encoding_it_is_not_to_clean(tmp_path: Path) -> None:
    noise = "89d2773303afa469178a283d2296530ab5c34f9689c4c1273e6398a928b27a936a5e2bef2c0f1cc7"
    (tmp_path / "a.txt").write_bytes(bytes.fromhex(noise) * 2)
    out = call(tmp_path, "doctor", "a.txt")
    assert "$ texttool detect --candidates a.txt" in out
    assert "$ texttool clean" not in out
