"""``review`` at a real terminal: what is taken is written, to the byte, and nothing else."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from pathlib import Path

import pexpect
import pytest

from tests.conftest import COMMAND

A = "清晨的渡口起了雾，老船工把缆绳解开，招呼等在岸边的人上船，又把昨夜的雨水从舱里舀出去，这才坐下来歇了一口气。"
B = "水库管理所每天早晚两次记录水位，遇到暴雨时每小时加测一次，并把结果报给防汛办公室，值班的人一个也不得离岗。"
C = "集市上卖什么的都有，南来的布匹，北来的药材，还有本地的竹器和陶罐，天不亮就摆满了整条街，晌午才慢慢散去。"
BETWEEN = ("山里的茶树都发了新芽。", "学校门口修了一条新路。", "月亮升到了屋顶的上面。")


def paragraphs(*parts: str) -> str:
    return "\n\n".join(parts) + "\n"


def source(second: str = B, third: str = A, fourth: str = C) -> str:
    """The page; a copy that is taken out ("") goes with the blank line behind it, of which the last one has none."""
    parts = (A, B, C, BETWEEN[0], second, BETWEEN[1], third, BETWEEN[2], fourth)
    return paragraphs(*filter(None, parts)) + ("" if fourth else "\n")


QUESTION = r"Make this edit\? \[y,n,a,d,q,\?\] "


class Terminal:
    """The command at a terminal."""

    def __init__(self, *args: str | Path, columns: int = 100, **env: str) -> None:
        self.child = pexpect.spawn(
            COMMAND,
            ["review", "--color", "never", *map(str, args)],
            dimensions=(40, columns),
            encoding="utf-8",
            timeout=30,
            env={**os.environ, **env},
        )
        self.asked: list[str] = []

    def question(self) -> str:
        """What stands before the next question."""
        self.child.expect(QUESTION)
        self.asked.append(str(self.child.before))
        return self.asked[-1]

    def answer(self, *letters: str) -> Terminal:
        for letter in letters:
            self.question()
            self.child.sendline(letter)
        return self

    def end(self) -> tuple[int, str]:
        """The exit status (a signal's number, negative), and what was said last."""
        self.child.expect(pexpect.EOF)
        self.child.close()
        status = self.child.exitstatus if self.child.exitstatus is not None else -self.child.signalstatus
        return status, str(self.child.before)


def unwrapped(shown: str) -> str:
    """What is shown, without the line breaks that the width of the terminal made; a path may be of any length."""
    return " ".join(shown.split())


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.txt"
    path.write_text(source(), "utf-8")
    return path


def test_what_is_taken_goes_and_what_is_refused_stays(page: Path) -> None:
    terminal = Terminal(page).answer("y", "n", "y")
    status, last = terminal.end()
    assert status == 0
    assert "2 edits made, 1 refused" in last
    assert page.read_text("utf-8") == source(second="", fourth="")
    assert [f"({i} of 3)" in unwrapped(shown) for i, shown in enumerate(terminal.asked, 1)] == [True] * 3
    first = unwrapped(terminal.asked[0])
    assert f"{page.name}:9:1 DP101" in first
    assert "see line 3" in first


@pytest.mark.parametrize(
    ("letters", "left", "status"),
    [
        (["a"], source("", "", ""), 0),
        (["n", "a"], source(B, "", ""), 0),
        (["y", "d"], source("", A, C), 0),
        (["d"], source(), 0),
        (["q"], source(), 1),
        (["y", "q"], source("", A, C), 1),
        (["?", "x", "", "Y", "n", " n "], source("", A, C), 0),
    ],
)
def test_letters(page: Path, letters: list[str], left: str, status: int) -> None:
    assert Terminal(page).answer(*letters).end()[0] == status
    assert page.read_text("utf-8") == left


def test_the_end_of_the_input_stops_as_q_does(page: Path) -> None:
    terminal = Terminal(page).answer("y")
    terminal.question()
    terminal.child.sendeof()
    assert terminal.end()[0] == 1
    assert page.read_text("utf-8") == source(second="")


def test_help_says_what_the_letters_mean(page: Path) -> None:
    terminal = Terminal(page).answer("?")
    assert "q - stop here; what was answered is done" in terminal.question()
    terminal.child.sendline("q")
    assert terminal.end()[0] == 1


def test_it_goes_on_where_it_was_left(page: Path, tmp_path: Path) -> None:
    known = tmp_path / "known.json"
    assert Terminal(page, "--baseline", known).answer("n", "y", "q").end()[0] == 1
    assert page.read_text("utf-8") == source(third="")
    terminal = Terminal(page, "--baseline", known)
    assert "(1 of 1)" in unwrapped(terminal.question())
    terminal.child.sendline("y")
    assert terminal.end()[0] == 0
    assert page.read_text("utf-8") == source(third="", fourth="")
    assert Terminal(page, "--baseline", known).end()[0] == 0  # nothing is asked any more
    [codes] = json.loads(known.read_text("utf-8"))["files"].values()
    assert [code[:5] for code in codes] == ["DP101"]
    lint = [COMMAND, "lint", "--select", "DP", page]
    assert subprocess.run(lint, capture_output=True, check=False).returncode == 1
    assert subprocess.run([*lint, "--baseline", known], capture_output=True, check=False).returncode == 0


def test_ctrl_c_writes_nothing_of_the_file_at_hand(page: Path) -> None:
    terminal = Terminal(page).answer("y")
    terminal.question()
    terminal.child.sendintr()
    assert terminal.end()[0] == -signal.SIGINT
    assert page.read_text("utf-8") == source()
    assert [path.name for path in page.parent.iterdir()] == ["page.txt"]


def test_files_one_after_another(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        (tmp_path / name).write_text(source(), "utf-8")
    (tmp_path / "b.txt").write_text(paragraphs(A), "utf-8")
    terminal = Terminal(tmp_path).answer("a", "y", "q")
    assert terminal.end()[0] == 1
    assert (tmp_path / "a.txt").read_text("utf-8") == source("", "", "")
    assert (tmp_path / "c.txt").read_text("utf-8") == source("")
    assert "c.txt:9:1" in terminal.asked[1].replace("\r\n", "")


def test_edits_of_safe_rules_are_asked_about_when_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("甲,乙,丙。\n“你好”,他说.\n", "utf-8")
    assert Terminal(path).end()[0] == 0
    terminal = Terminal(path, "--select", "PN").answer("n", "y", "y", "n")
    assert terminal.end()[0] == 0
    assert path.read_text("utf-8") == "甲,乙，丙。\n“你好”，他说.\n"
    assert Terminal(path, "--all").answer("a").end()[0] == 0
    assert path.read_text("utf-8") == "甲，乙，丙。\n“你好”，他说。\n"


@pytest.mark.parametrize(("encoding", "newline"), [("utf-8-sig", "\r\n"), ("gb18030", "\n"), ("gb18030", "\r\n")])
def test_encoding_and_line_ends_stay(tmp_path: Path, encoding: str, newline: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(source().replace("\n", newline).encode(encoding))
    assert Terminal(path).answer("y", "n", "n").end()[0] == 0
    assert path.read_bytes() == source(second="").replace("\n", newline).encode(encoding)


def test_the_trail_gives_the_source_back(page: Path, tmp_path: Path) -> None:
    trail = tmp_path / "trail.jsonl"
    assert Terminal(page, "--audit", trail).answer("y", "n", "y").end()[0] == 0
    done = subprocess.run([COMMAND, "undo", page, "--audit", trail], capture_output=True, check=False)
    assert (done.returncode, done.stdout.decode()) == (0, source())


def test_a_file_that_changed_meanwhile_is_not_overwritten(page: Path) -> None:
    terminal = Terminal(page).answer("y", "y")
    terminal.question()
    page.write_text("别的\n", "utf-8")
    terminal.child.sendline("y")
    status, last = terminal.end()
    assert status == 2
    assert "was changed by another program" in last.replace("\r\n", "")
    assert page.read_text("utf-8") == "别的\n"


def test_nothing_hostile_reaches_the_terminal(tmp_path: Path) -> None:
    path = tmp_path / "\x1b]0;x\x07.txt"
    bad = "\x1b[31m\u202e\x9b"
    path.write_text(paragraphs(A + bad, BETWEEN[0], A + bad), "utf-8")
    terminal = Terminal(path)
    shown = terminal.question()
    assert not {"\x1b", "\u202e", "\x9b", "\x07"} & set(shown)
    assert "\\x1b[31m" in shown
    terminal.child.sendline("q")
    assert terminal.end()[0] == 1


def test_a_narrow_terminal(page: Path) -> None:
    from rich.cells import cell_len

    terminal = Terminal(page, columns=40)
    assert max(map(cell_len, terminal.question().splitlines())) <= 40
    terminal.child.sendline("q")
    assert terminal.end()[0] == 1


@pytest.mark.parametrize(
    ("args", "message"),
    [(["page.txt"], "there is no terminal to ask on; `texttool lint` lists them"), ([], "no terminal")],
)
def test_without_a_terminal_it_refuses(page: Path, args: list[str], message: str) -> None:
    done = subprocess.run([COMMAND, "review", *args], input=b"y\n", cwd=page.parent, capture_output=True, check=False)
    assert done.returncode == 2
    assert message in done.stderr.decode()
    assert done.stderr.count(b"\n") == 1
    assert page.read_text("utf-8") == source()


@pytest.mark.parametrize("args", [[], ["-"]])
def test_standard_input_is_no_file(args: list[str]) -> None:
    status, last = Terminal(*args).end()
    assert status == 2
    assert "review rewrites files" in last


def test_what_cannot_be_written_again_is_refused_before_anything_is_asked(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(source().encode("gb18030") + "第二種,編碼的話在這裡。\n".encode("big5") * 3)
    status, last = Terminal(path).end()
    assert status == 2
    assert "is in more than one encoding" in last
    assert "Make this edit" not in last
