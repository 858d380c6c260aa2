"""Comments that keep findings back: where they reach, which rules they concern, and those that nothing needs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from texttool import rulebook
from texttool.config import Options
from texttool.corpus.checking import Checker
from texttool.corpus.perfile import mark
from texttool.document import Document
from texttool.lines import Lines
from texttool.pipeline import run
from texttool.walk import Input

BAD = "你好,世界"


def found(name: str, text: str, folder: Path, **given: Any) -> list[str]:
    """``line CODE`` of each finding."""
    (folder / name).write_text(text, "utf-8")
    checked = Checker(Options(**given)).check(Input(folder / name, Path(name)))
    assert checked.said == ()
    lines = Lines(text)
    return [f"{lines.place(finding.start)[0]} {finding.code}" for finding in checked.findings]


def cleaned(name: str, text: str, **given: Any) -> str:
    guard, _ = mark(Document(name, b"", text, "utf-8", b"", "\n"))
    return run(text, rulebook.rules(**given), guard=guard).text


CASES = [
    ("md", f"{BAD} <!-- texttool: ignore PN101 -->\n\n{BAD}\n", ["3 PN101"]),
    ("md", f"{BAD} <!--texttool:ignore PN,LW-->\n", ["1 TT001"]),
    ("md", f"<!-- texttool: ignore PN -->\n{BAD}\n{BAD}\n\n{BAD}\n", ["5 PN101"]),
    ("md", f"<!-- texttool: ignore PN101 -->\n\n{BAD}\n", []),
    ("md", f"<!-- texttool: ignore-next-line PN101 -->\n{BAD}\n\n{BAD}\n", ["4 PN101"]),
    ("md", f"<!-- texttool: disable PN101 -->\n\n{BAD}\n\n<!-- texttool: enable PN101 -->\n\n{BAD}\n", ["7 PN101"]),
    ("md", f"<!-- texttool: disable PN101 PN2 -->\n\n{BAD}\n\n{BAD}\n", ["1 TT001"]),
    ("md", f"{BAD} <!-- texttool: ignore -->\n", ["1 PN101", "1 TT002"]),
    ("md", f"{BAD} <!-- texttool: ignore all -->\n", ["1 PN101", "1 TT002"]),
    ("md", f"{BAD} <!-- texttool: ingore PN101 -->\n", ["1 PN101", "1 TT002"]),
    ("md", f"{BAD} <!-- texttool: enable PN101 -->\n", ["1 PN101", "1 TT002"]),
    ("md", f"{BAD} <!-- texttool: ignore XX999 -->\n", ["1 PN101", "1 TT001"]),
    ("md", f"`<!-- texttool: ignore PN101 -->` {BAD}\n", ["1 PN101"]),
    ("md", f"```\n<!-- texttool: ignore PN101 -->\n```\n\n{BAD}\n", ["5 PN101"]),
    ("html", f"<p>{BAD}</p> <!-- texttool: ignore PN101 -->\n<p>{BAD}</p>\n", ["2 PN101"]),
    ("html", f"<!-- texttool: ignore PN101 -->\n<p>{BAD}</p>\n", []),
    ("tex", f"{BAD} % texttool: ignore PN101\n{BAD}\n", ["2 PN101"]),
    ("tex", f"% texttool: ignore-next-line PN101\n{BAD}\n{BAD}\n", ["3 PN101"]),
    ("tex", f"% texttool: disable PN\n{BAD}\n% texttool: enable PN\n{BAD}\n", ["4 PN101"]),
    ("tex", f"{BAD} \\% texttool: ignore PN101\n", ["1 PN101"]),
    ("txt", f"{BAD} <!-- texttool: ignore PN101 -->\n", ["1 PN101"]),
]


@pytest.mark.parametrize(("form", "text", "wanted"), CASES)
def test_what_is_kept_back(form: str, text: str, wanted: list[str], tmp_path: Path) -> None:
    assert found(f"a.{form}", text, tmp_path, select=("PN", "LW", "TT")) == wanted


@pytest.mark.parametrize(("form", "text", "wanted"), CASES)
def test_clean_changes_what_lint_reports_and_nothing_else(form: str, text: str, wanted: list[str]) -> None:
    lines = cleaned(f"a.{form}", text, select=("PN", "LW", "TT")).splitlines()
    changed = [number for number, (a, b) in enumerate(zip(text.splitlines(), lines, strict=True), 1) if a != b]
    assert changed == sorted({int(one.split()[0]) for one in wanted if "TT" not in one})


def test_a_rule_that_does_not_run_leaves_its_suppression_unjudged(tmp_path: Path) -> None:
    text = f"{BAD} <!-- texttool: ignore LW -->\n"
    assert found("a.md", text, tmp_path, select=("PN", "TT")) == ["1 PN101"]
    assert found("a.md", text, tmp_path, ignore=("TT001",)) == ["1 PN101"]
    assert "1 TT001" in found("a.md", text, tmp_path)


def test_a_suppression_reaches_through_the_stages(tmp_path: Path) -> None:
    # Lines are joined before marks are set: the line that the comment stands in has moved by then.
    page = (
        "全年新建基层法律服务站四十六个，覆\n盖职工十二万人，接待来访三百一十七\n"
        "人次,办理案件二百零五件，调解成功\n率提高了。"
    )
    assert found("a.md", f"{page}\n", tmp_path, select=("PN", "TT")) == ["3 PN101"]
    told = found("a.md", f"{page} <!-- texttool: ignore PN101 -->\n", tmp_path, select=("PN", "LW", "TT"))
    assert "3 PN101" in told  # the comment stands in another line
    above = f"<!-- texttool: ignore PN101 -->\n{page}\n"
    assert "4 PN101" not in found("a.md", above, tmp_path, select=("PN", "LW", "TT"))
    assert "人次,办理" in cleaned("a.md", above)
