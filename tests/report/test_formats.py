"""Every format on hostile names and texts: what it prints can be read again, and commands nobody."""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft4Validator

from tests.conftest import COMMAND, ROOT
from tests.strategies import laws
from texttool import document, rulebook
from texttool.document import Document
from texttool.finding import Finding
from texttool.report import Report, Setup, full, github, gitlab, jsonl, junit, sarif, statistics, text
from texttool.report import json as as_json
from texttool.visible import visible

SARIF = Draft4Validator(json.loads((ROOT / "tests/schemas/sarif-2.1.0-rtm.5.json").read_text("utf-8")))
RULES = rulebook.every_rule()
SETUP = Setup(RULES)
HOSTILE = "你好,世\x1b]52;c;eA==\x07界\x9b31m,\u202e好\U000e0041,\u200b##[error]<a>&\"'\ud800\udcff,\ufffe完"
NAMES = (
    "a,b:c%d.txt",
    "名 字.txt",
    "evil\x1b[31m\u202e.txt",
    "new\nline.txt",
    "::error::x.txt",
    '<b>&".txt',
    "\udcff.txt",
    "/abs/o lute.txt",
)
# What may not reach a terminal: controls but the line end, what reorders, hides or tags.
UNSEEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e007f]")


def finding(source: str, start: int, end: int, put: str | None = None, code: str = "PN101") -> Finding:
    found = source[start:end]
    return Finding(code, start, end, found, found if put is None else put, f"found {visible(found)}", "a-name")


def report(name: str, source: str, *findings: Finding) -> Report:
    return Report(Document(name, b"", source, "utf-8", b"", "\n"), list(findings))


def every_comma(name: str, source: str) -> Report:
    return report(name, source, *(finding(source, i, i + 1, "，") for i, char in enumerate(source) if char == ","))


def hostile() -> list[Report]:
    return [every_comma(name, HOSTILE) for name in NAMES]


def rendered(module: Any, reports: list[Report], setup: Setup = SETUP) -> str:
    return "".join(module.render(reports, setup)).encode().decode()  # strict UTF-8, or it fails


def test_sarif_validates_with_hostile_names_and_texts() -> None:
    log = json.loads(rendered(sarif, hostile()))
    SARIF.validate(log)
    [run] = log["runs"]
    assert run["columnKind"] == "unicodeCodePoints"
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == [rule.code for rule in RULES]
    assert len(run["results"]) == len(NAMES) * HOSTILE.count(",")
    for result in run["results"]:
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"] == "PN101"
        assert re.fullmatch(r"[!-~]+", result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"])


def test_the_schema_refuses_what_is_no_sarif() -> None:
    log = json.loads(rendered(sarif, hostile()))
    log["runs"][0]["columnKind"] = "cells"
    assert not SARIF.is_valid(log)


def test_sarif_says_where_and_what_to_put() -> None:
    source = "甲。\n𠀀你好,世界"
    [run] = json.loads(rendered(sarif, [report("a b.md", source, finding(source, 6, 7, "，"))]))["runs"]
    [result] = run["results"]
    region = {"startLine": 2, "startColumn": 4, "endLine": 2, "endColumn": 5}
    place = result["locations"][0]["physicalLocation"]
    assert place == {"artifactLocation": {"uri": "a%20b.md"}, "region": region}
    [change] = result["fixes"][0]["artifactChanges"]
    assert change["replacements"] == [{"deletedRegion": region, "insertedContent": {"text": "，"}}]


def test_sarif_without_findings_is_valid() -> None:
    log = json.loads(rendered(sarif, []))
    SARIF.validate(log)
    assert log["runs"][0]["results"] == []


def test_only_fixes_that_would_be_made_are_offered() -> None:
    one = finding("a,b", 1, 2, "，")._replace(safe=False)
    asked, unasked = (
        json.loads(rendered(sarif, [report("a", "a,b", one)], Setup(RULES, unsafe=unsafe)))["runs"][0]["results"][0]
        for unsafe in (True, False)
    )
    assert "fixes" in asked
    assert "fixes" not in unasked


@given(st.text(min_size=1, max_size=40))
@laws(100)
def test_junit_parses_whatever_the_text(source: str) -> None:
    root = ElementTree.fromstring(rendered(junit, [report(source, source, finding(source, 0, 1))]))
    assert root[0].get("failures") == "1"


def test_junit_parses_for_every_code_point() -> None:
    step = 0x1000
    for base in range(0, 0x110000, step):
        source = "".join(map(chr, range(base, base + step)))
        made = report(source, source, finding(source, 0, step)._replace(message=visible(source)))
        root = ElementTree.fromstring(rendered(junit, [made]))
        assert root[0].get("name") == visible(source)
        assert root[0][0][0].text == f"{visible(source)}:1:1: PN101 {visible(source)}"


def test_junit_counts_and_names_what_passed() -> None:
    root = ElementTree.fromstring(rendered(junit, [every_comma("a.txt", "a,b,c"), report("b.txt", "好")]))
    assert [(suite.get("name"), suite.get("tests"), suite.get("failures")) for suite in root] == [
        ("a.txt", "2", "2"),
        ("b.txt", "1", "0"),
    ]
    assert [case.get("line") for case in root[0]] == ["1", "1"]


def runner_reads(line: str) -> tuple[dict[str, str], str]:
    """A workflow command as the runner reads it."""
    command, properties, message = re.fullmatch(r"::(\w+) ([^:]*)::(.*)", line).groups()  # type: ignore[union-attr]
    assert command == "warning"
    told = dict(part.split("=", 1) for part in properties.split(","))
    unescaped = {
        key: value.replace("%0D", "\r").replace("%0A", "\n").replace("%3A", ":").replace("%2C", ",").replace("%25", "%")
        for key, value in told.items()
    }
    return unescaped, message.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%")


def test_github_commands_read_as_they_were_meant() -> None:
    lines = rendered(github, hostile()).splitlines()
    assert len(lines) == len(NAMES) * HOSTILE.count(",")
    told = [runner_reads(line) for line in lines]
    assert {properties["file"] for properties, _ in told} == set(map(visible, NAMES))
    assert all(properties["title"] == "PN101 a-name" for properties, _ in told)
    source = "一%,\n二"
    [line] = rendered(github, [report("a", source, finding(source, 1, 5))]).splitlines()
    assert runner_reads(line) == ({"file": "a", "line": "1", "title": "PN101 a-name"}, "found %,⏎二")


def test_gitlab_fingerprints_are_unique_and_outlive_lines_put_in_above() -> None:
    source = "甲,乙\n甲,乙\n"
    reports = [every_comma("a.txt", source), every_comma("b.txt", source)]
    entries = json.loads(rendered(gitlab, reports))
    assert len({entry["fingerprint"] for entry in entries}) == len(entries) == 4
    later = json.loads(rendered(gitlab, [every_comma("a.txt", f"新\n{source}")]))
    assert [entry["fingerprint"] for entry in later] == [entry["fingerprint"] for entry in entries[:2]]
    assert later[0]["location"] == {
        "path": "a.txt",
        "positions": {"begin": {"line": 2, "column": 2}, "end": {"line": 2, "column": 3}},
    }
    assert json.loads(rendered(gitlab, [])) == []


def test_json_and_jsonl_hold_the_same() -> None:
    entries = json.loads(rendered(as_json, hostile()))
    assert [json.loads(line) for line in rendered(jsonl, hostile()).splitlines()] == entries
    keys = "path line column end_line end_column code name message found put safe"
    assert " ".join(entries[0]) == keys
    assert (entries[0]["line"], entries[0]["column"], entries[0]["end_column"]) == (1, 3, 4)


@pytest.mark.parametrize("module", [text, full, github, junit])
def test_nothing_that_a_terminal_obeys_is_printed(module: Any) -> None:
    made = rendered(module, hostile())
    assert not UNSEEN.search(made)
    assert visible(HOSTILE[:2]) in rendered(full, hostile())


@pytest.mark.parametrize(
    ("source", "span", "line", "caret"),
    [
        ("ab,cd", (2, 3), "ab,cd", "  ^"),
        ("你好,世界", (2, 3), "你好,世界", "    ^"),
        ("第一行\n한글か𠀀,好", (8, 9), "한글か𠀀,好", "        ^"),
        ("你好，世界", (2, 3), "你好，世界", "    ^^"),
        ("e\u0301,好", (2, 3), "e\u0301,好", " ^"),
        ("甲\t乙,", (3, 4), "甲⇥乙,", "     ^"),
        ("甲\u200b乙,", (3, 4), "甲\\u{200b}乙,", "            ^"),
        ("甲乙\n丙", (2, 3), "甲乙", "    ^"),
        ("甲乙丙\n丁", (1, 5), "甲乙丙", "  ^^^^"),
        ("", (0, 0), "", "^"),
        ("字" * 60 + "," + "字" * 200, (60, 61), "…" + "字" * 40 + "," + "字" * 79 + "…", " " * 81 + "^"),
    ],
)
def test_the_caret_is_under_the_cell(source: str, span: tuple[int, int], line: str, caret: str) -> None:
    made = rendered(full, [report("a.txt", source, finding(source, *span))]).splitlines()
    assert [row.partition("| ")[2] for row in made[2:4]] == [line, caret]


def test_colour_is_only_there_where_it_is_asked_for() -> None:
    plain, painted = (rendered(full, hostile(), Setup(RULES, colour)) for colour in (False, True))
    assert "\x1b" not in plain
    assert re.sub(r"\x1b\[[0-9;]*m", "", painted) == plain != painted


def test_statistics_count_by_rule_the_most_frequent_first() -> None:
    reports = [
        every_comma("a", "a,b,c"),
        report("b", "a,b", finding("a,b", 1, 2, code="ST101")._replace(name="b-name")),
    ]
    assert rendered(statistics, reports).splitlines() == [
        "       2  PN101 a-name (2 fixable)",
        "       1  ST101 b-name",
    ]
    assert json.loads("".join(statistics.render_json(reports, SETUP)))[1] == {
        "code": "ST101",
        "name": "b-name",
        "count": 1,
        "fixable": 0,
    }


# --- the installed command


def lint(*args: str, cwd: Path, **env: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [COMMAND, "lint", *args], cwd=cwd, env={**os.environ, **env}, capture_output=True, timeout=60, check=False
    )


@pytest.fixture
def tree(tmp_path: Path) -> Iterator[Path]:
    for name in NAMES[:-1]:
        data = document.load("你好,世界\x1b[31m你好,世界。\n   ::stop-commands::x\n##[error]y\n".encode()).data
        (tmp_path / os.fsdecode(os.fsencode(name))).write_bytes(data)
    yield tmp_path


@pytest.mark.parametrize("form", ["text", "full", "json", "jsonl", "sarif", "github", "gitlab", "junit"])
def test_every_format_from_the_command_line(tree: Path, form: str) -> None:
    done = lint("--output-format", form, ".", cwd=tree)
    assert (done.returncode, done.stderr) == (1, b"")
    out = done.stdout.decode()
    to_file = lint("--output-format", form, "--output-file", "../report", ".", cwd=tree)
    assert (to_file.returncode, to_file.stdout) == (1, b"")
    assert (tree.parent / "report").read_text("utf-8") == out
    if form == "sarif":
        SARIF.validate(json.loads(out))
    elif form == "junit":
        assert len(ElementTree.fromstring(out)) == len(NAMES) - 1
    elif form == "jsonl":
        assert all(json.loads(line) for line in out.splitlines())
    elif form in ("json", "gitlab"):
        assert json.loads(out)
    else:
        assert not UNSEEN.search(out)


REPORTS = [
    *((form,) for form in ("text", "full", "json", "jsonl", "sarif", "github", "gitlab", "junit")),
    *(("text", "--statistics"), ("json", "--statistics")),
]


@pytest.mark.parametrize("form", REPORTS, ids="".join)
def test_a_report_takes_the_place_of_any_other(tree: Path, form: tuple[str, ...]) -> None:
    (tree / "none").mkdir()
    for texts in ("none", os.fsdecode(os.fsencode(NAMES[3])), "."):
        made = lint("-q", "--output-format", *form, "--output-file", "../old", texts, cwd=tree)
        assert (made.returncode, made.stderr) == (texts != "none", b"")
        again = lint("-q", "--output-file", "../old", "none", cwd=tree)
        assert (again.returncode, again.stderr) == (0, b"")
        assert (tree.parent / "old").read_bytes() == b""


@pytest.mark.parametrize("form", ["text", "full"])
def test_in_a_workflow_no_line_for_people_is_a_command(tree: Path, form: str) -> None:
    done = lint(
        "--output-format",
        form,
        *sorted(path.name for path in tree.iterdir()),
        "::no.txt",
        cwd=tree,
        GITHUB_ACTIONS="true",
    )
    assert done.returncode == 2
    for line in (done.stdout + done.stderr).decode().splitlines():
        assert not line.strip().startswith("::")
        assert "##[" not in line


def test_findings_above_the_limit_are_counted(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("你好,世界你好,世界你好,世界。\n", "utf-8")
    done = lint("--max-findings", "1", "a.txt", cwd=tmp_path)
    assert (done.returncode, done.stdout.count(b"\n")) == (1, 1)
    assert done.stderr == b"texttool: a.txt: 2 findings omitted (--max-findings)\n"


def test_statistics_count_all(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("你好,世界你好,世界你好,世界。\n", "utf-8")
    done = lint("--statistics", "--max-findings", "1", "a.txt", cwd=tmp_path)
    assert done.stdout.decode() == "       3  PN101 ascii-comma-in-chinese (3 fixable)\n"
    assert lint("--statistics", "--output-format", "sarif", "a.txt", cwd=tmp_path).returncode == 2


@pytest.mark.parametrize(
    ("args", "env", "coloured"),
    [
        ((), {}, False),
        (("--color", "always"), {}, True),
        (("--color", "always"), {"NO_COLOR": "1"}, True),
        (("--color", "never"), {}, False),
    ],
)
def test_colours_go_to_a_terminal_or_where_they_are_asked_for(
    tmp_path: Path, args: tuple[str, ...], env: dict[str, str], coloured: bool
) -> None:
    (tmp_path / "a.txt").write_text("你好,世界。\n", "utf-8")
    done = lint("--output-format", "full", *args, "a.txt", cwd=tmp_path, **env)
    assert (b"\x1b[" in done.stdout) == coloured


@pytest.mark.parametrize(("env", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)])
def test_colours_on_a_terminal(tmp_path: Path, env: dict[str, str], coloured: bool) -> None:
    import pty

    (tmp_path / "a.txt").write_text("你好,世界。\n", "utf-8")
    ours, theirs = pty.openpty()
    environment = {**os.environ, "TERM": "xterm", **env}
    with subprocess.Popen(
        [COMMAND, "lint", "--output-format", "full", "a.txt"], cwd=tmp_path, env=environment, stdout=theirs
    ):
        os.close(theirs)
        shown = b""
        while True:
            try:
                piece = os.read(ours, 4096)
            except OSError:  # the other end is closed
                break
            if not piece:
                break
            shown += piece
    os.close(ours)
    assert "你好".encode() in shown
    assert (b"\x1b[" in shown) == coloured
