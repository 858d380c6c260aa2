"""``doctor`` as a user runs it: on a file, on a folder, in a pipe, on a narrow terminal; on what is hostile."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
from pathlib import Path
from typing import Any

import pexpect
import pytest
from rich.cells import cell_len

from tests.conftest import COMMAND, ROOT

PAGE = ROOT / "samples" / "work-report" / "in.txt"
# What a terminal would obey, or not show.
OBEYED = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\U000e0000-\U000e007f]")
HOSTILE = "\x1b]52;c;cm0=\x07<script>alert(1)</script>\u202e[red]甲,乙\u200b\x9b31m  \n" * 4


def run(*args: str | Path, data: bytes = b"", code: int = 1, **env: str) -> str:
    done = subprocess.run(
        [COMMAND, "doctor", *map(str, args)], input=data, capture_output=True, check=False, env={**os.environ, **env}
    )
    assert (done.returncode, done.stderr) == (code, b"")
    return done.stdout.decode()


def found(*args: str | Path, code: int = 1) -> list[dict[str, Any]]:
    made: list[dict[str, Any]] = json.loads(run(*args, "--output-format", "json", code=code))
    return made


def on_a_terminal(columns: int, *args: str | Path, **env: str) -> str:
    child = pexpect.spawn(
        COMMAND, ["doctor", *map(str, args)], dimensions=(24, columns), encoding="utf-8", env={**os.environ, **env}
    )
    child.expect(pexpect.EOF)
    return str(child.before).replace("\r\n", "\n")


def test_a_page_on_one_screen() -> None:
    out = run(PAGE)
    assert OBEYED.search(out) is None
    for said in (
        "utf-8, no doubt",
        "from 20 characters at the top to 6 at the end",
        "1 page cut in the middle of a sentence",
        "A lines 92-104 say again what lines 18-22 said",
        "line 30  ST101 二是 stands twice in one enumeration",
        "half-width beside Han: , 41",
        "    5 - (一)健全维权体系,把法律服务送到车间  ⏎。\n      + （一）健全维权体系，把法律服务送到车间。\n",
        "$ texttool clean --recipe ocr-report ",
        "$ texttool review ",
    ):
        assert said in out
    assert len(out.splitlines()) < 50


def test_the_real_report(seed: Path, tmp_path: Path) -> None:
    [entry] = found(seed / "report.txt")
    assert entry["encoding"]["encoding"] == "utf-8"
    page = entry["page"]
    assert (14 <= page["first"] <= 17, 3 <= page["last"] <= 4, page["page_cuts"]) == (True, True, 4)
    copied = max(entry["duplicates"], key=lambda one: one["end"] - one["start"])
    assert (copied["line"], copied["end_line"]) == (1143, 1181)
    assert [(other["line"], other["end_line"]) for other in copied["others"]] == [(717, 747)]
    assert entry["marks"]["half"][","] > 300
    out = run(seed / "report.txt")
    assert "from 16 characters at the top to 4 at the end" in out
    assert "A lines 1143-1181 say again what lines 717-747 said" in out
    command = shlex.split(entry["commands"][0]["command"])
    done = subprocess.run([COMMAND, *command[1:-1], tmp_path / "out.txt"], check=False, capture_output=True)
    assert done.returncode == 0
    assert (tmp_path / "out.txt").read_text("utf-8") == (seed / "report.clean.txt").read_text("utf-8")
    assert entry["commands"][1]["command"].startswith("texttool review ")


def test_a_clean_text_has_nothing_to_do() -> None:
    out = run(data="渡口的船工起得很早，先看水，再看天。\n".encode(), code=0)
    assert "nothing to do: the text is clean" in out
    assert "line wraps" not in out


@pytest.mark.parametrize("data", [b"", b"\n\n", b"a"])
def test_next_to_nothing_has_a_screen(data: bytes) -> None:
    assert "encoding" in run(data=data, code=0)


def test_bytes_in_no_known_encoding_are_told(tmp_path: Path) -> None:
    path = tmp_path / "noise.bin"
    path.write_bytes(
        bytes.fromhex("89d2773303afa469178a283d2296530ab5c34f9689c4c1273e6398a928b27a936a5e2bef2c0f1cc7") * 2
    )
    [entry] = found(path)
    assert entry["findings"]["EN104"] == 1
    assert "EN104" in run(path)


def test_encodings_show_what_else_they_could_be(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("渡口的船工起得很早,先看水,再看天。\n".encode("gbk"))
    out = run(path)
    assert "gb18030, confidence" in out
    assert "渡口的船工起得很早" in out


def folder(root: Path) -> Path:
    (root / "b").mkdir(parents=True)
    for i in range(40):
        (root / f"{i:02}.txt").write_text("好。\n" if i % 2 else f"甲{i},乙\n", "utf-8")
    (root / "b" / "page.txt").write_bytes(PAGE.read_bytes())
    (root / "b" / "x.dat").write_bytes(b"\x89\x00\x01")
    return root


def test_a_folder_is_a_table_of_troubles_worst_first(tmp_path: Path) -> None:
    root = folder(tmp_path / "in")
    done = subprocess.run([COMMAND, "doctor", "in"], cwd=tmp_path, capture_output=True, check=False)
    out = done.stdout.decode()
    assert (done.returncode, done.stderr.count(b"\n")) == (1, 1)  # the binary is told
    lines = out.splitlines()
    assert lines[0].startswith("in  41 texts")
    assert "21 with trouble" in lines[0]
    rows = [line.split() for line in lines[3:7]]
    assert [row[0] for row in rows] == ["punctuation", "line", "structure", "duplicates"]
    assert rows[0][1:3] == ["21", "73"]
    assert "$ texttool clean --recipe ocr-report in -o in.clean   the recipe that fits 1 of them" in out
    assert root.is_dir()


def test_several_processes_say_the_same(tmp_path: Path) -> None:
    root = folder(tmp_path / "in")
    one, two = (
        subprocess.run([COMMAND, "doctor", root, *more, "-q"], capture_output=True, check=False).stdout
        for more in ([], ["-j", "2", "--output-format", "text"])
    )
    assert one == two
    one, two = (
        subprocess.run(
            [COMMAND, "doctor", root, "--output-format", "json", "-q", *more],
            capture_output=True,
            check=False,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for more, seed in (([], "1"), (["-j", "3"], "7"))
    )
    assert one == two
    assert len(json.loads(one)) == 41


def test_a_bad_file_does_not_stop_the_rest(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("好。\n", "utf-8")
    done = subprocess.run([COMMAND, "doctor", tmp_path / "no.txt", path], capture_output=True, check=False)
    assert done.returncode == 2
    assert done.stderr.decode() == f"texttool: {tmp_path}/no.txt: No such file or directory\n"
    assert "a.txt" in done.stdout.decode()


def test_nothing_hostile_reaches_the_terminal(tmp_path: Path) -> None:
    path = tmp_path / "\x1b]0;x\x07[bold]\u202e<b>.txt"
    path.write_text(HOSTILE, "utf-8")
    plain = run(path)
    assert OBEYED.search(plain) is None
    assert "\\x1b]0;x\\x07[bold]" in plain
    assert OBEYED.search(run(tmp_path)) is None
    drawn = on_a_terminal(80, path)
    assert OBEYED.search(re.sub("\x1b\\[[0-9;]*m", "", drawn)) is None
    assert "\x1b[" in drawn
    [entry] = found(path)
    assert entry["path"] == str(path)


@pytest.mark.parametrize("columns", [40, 59, 80, 200])
@pytest.mark.parametrize("what", [PAGE, ROOT / "samples"])
def test_no_line_is_wider_than_the_terminal(columns: int, what: Path) -> None:
    drawn = re.sub("\x1b\\[[?0-9;]*[a-zA-Z]", "", on_a_terminal(columns, what)).replace("\r", "\n")
    assert max(map(cell_len, drawn.splitlines())) <= columns


def test_colours_are_for_terminals_that_want_them() -> None:
    assert "\x1b[" not in run(PAGE)
    assert "\x1b[" in run(PAGE, "--color", "always")
    assert "\x1b[" in on_a_terminal(80, PAGE)
    for env in ({"NO_COLOR": "1"}, {"TERM": "dumb"}):
        assert "\x1b[" not in on_a_terminal(80, PAGE, **env)
    assert "\x1b[" not in on_a_terminal(80, PAGE, "--color", "never")


def test_for_programs_nothing_is_drawn() -> None:
    code = (
        "import sys; sys.argv[1:] = ['doctor', '--output-format', 'json', sys.argv[1]]\n"
        "from texttool.__main__ import main\n"
        "try: main()\nexcept SystemExit: pass\nprint('rich' in sys.modules, file=sys.stderr)"
    )
    import sys

    done = subprocess.run([sys.executable, "-c", code, str(PAGE)], capture_output=True, check=True)
    assert done.stderr == b"False\n"
