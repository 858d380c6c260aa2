"""What the documentation says is so: commands run, examples give what it shows, generated pages are current."""

from __future__ import annotations

import doctest
import gzip
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import click
import pytest
import zstandard

from tests.conftest import COMMAND, ROOT, SAMPLES
from texttool import recipes, rulebook
from texttool.cli import COMMANDS, main

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
FENCE = re.compile(r"(<!-- not run: .+ -->\n)?```(sh|console)\n(.*?)```", re.DOTALL)
REPORT = (ROOT / "samples" / "work-report" / "in.txt").read_bytes()


class Block(NamedTuple):
    page: Path
    kind: str
    text: str


BLOCKS = [
    Block(page, kind, text)
    for page in PAGES
    for skipped, kind, text in FENCE.findall(page.read_text("utf-8"))
    if not skipped
]
IDS = [f"{block.page.relative_to(ROOT)}-{i}" for i, block in enumerate(BLOCKS)]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with the files that the documentation speaks of."""
    text = "他来了,我走了;再见。\n"
    for name in ("report.txt", "notes.txt", "page.txt", "a.txt", "big.txt", "new.txt", "samples/work-report/in.txt"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(REPORT)
    for folder in ("scans", "corpus", "notes", "old", "texts"):
        (tmp_path / folder).mkdir()
        for name in ("a.txt", "b.txt"):
            (tmp_path / folder / name).write_text(text * 3, "utf-8")
    (tmp_path / "old" / "c.txt").write_bytes((text * 20).encode("gbk"))
    line = json.dumps({"id": 1, "text": text}, ensure_ascii=False) + "\n"
    (tmp_path / "corpus.jsonl").write_text(line, "utf-8")
    (tmp_path / "corpus.jsonl.gz").write_bytes(gzip.compress(line.encode()))
    (tmp_path / "corpus.jsonl.zst").write_bytes(zstandard.ZstdCompressor().compress(line.encode()))
    with zipfile.ZipFile(tmp_path / "books.zip", "w") as archive:
        archive.writestr("book.txt", text)
    return tmp_path


def shell(line: str, place: Path) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "PATH": f"{Path(COMMAND).parent}:{os.environ['PATH']}", "LC_ALL": "C.UTF-8"}
    return subprocess.run(
        ["bash", "-o", "pipefail", "-c", line], cwd=place, env=env, capture_output=True, text=True, check=False
    )


def commands(text: str) -> Iterator[str]:
    """The commands of a block, without what is only remarked."""
    for line in text.splitlines():
        if line.strip() and not line.startswith("#"):
            yield line


FINDS = re.compile(r"texttool (lint|doctor|dedup)|--check|--diff")


@pytest.mark.parametrize("block", BLOCKS, ids=IDS)
def test_a_command_of_the_documentation_runs(block: Block, place: Path) -> None:
    if block.kind == "console":
        check_console(block.text, place)
        return
    for line in commands(block.text):
        done = shell(line, place)
        (place / "notes.txt").write_bytes(REPORT)  # what is cleaned in place would be clean for the next one
        assert done.returncode in ((0, 1) if FINDS.search(line) else (0,)), (line, done.stderr)
        assert "Traceback" not in done.stderr


def check_console(text: str, place: Path) -> None:
    """Each `$ command`, and that it prints what stands below it."""
    parts = re.split(r"^\$ ", text, flags=re.MULTILINE)
    assert parts[0] == ""
    for part in parts[1:]:
        line, _, printed = part.partition("\n")
        done = shell(line, place)
        assert done.stdout.replace("\f", "") == printed, done.stderr
        assert done.returncode in (0, 1)


def test_there_are_such_blocks() -> None:
    assert len([block for block in BLOCKS if block.kind == "console"]) >= 10
    assert len([block for block in BLOCKS if block.kind == "sh"]) >= 10


def test_the_examples_in_python_hold() -> None:
    failed, tried = doctest.testfile(str(ROOT / "docs" / "python.md"), module_relative=False, encoding="utf-8")
    assert failed == 0
    assert tried > 15


def test_generated_pages_are_current() -> None:
    pytest.importorskip("click_man")
    done = subprocess.run([sys.executable, "-m", "docs.make", "--check"], cwd=ROOT, capture_output=True, check=False)
    assert (done.returncode, done.stderr.decode()) == (0, "")


def test_a_page_that_is_not_current_is_told(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "docs", tmp_path / "docs")
    page = tmp_path / "docs" / "settings.md"
    page.write_text(page.read_text("utf-8") + "more\n", "utf-8")
    command = [sys.executable, "-m", "docs.make", "--check"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode == 1
    assert done.stderr.decode() == "docs/settings.md is not what code and rules say: run `make docs`\n"
    assert page.read_text("utf-8").endswith("more\n")


CONTEXT = click.Context(main)
MADE = {name: command for name in COMMANDS if (command := main.get_command(CONTEXT, name))}
FLAGS = {flag for command in (main, *MADE.values()) for param in command.get_params(CONTEXT) for flag in param.opts}
COMMAND_LINES = "\n".join(f" {line}" for block in BLOCKS for line in commands(block.text.replace("$ ", "")))
TEXT = "\n".join(page.read_text("utf-8") for page in PAGES if page.name != "promises.md")


def test_every_command_option_recipe_and_filter_that_is_named_exists() -> None:
    said = re.findall(r"(?<=\btexttool )[a-z]+(?=[ \n])", COMMAND_LINES)
    assert set(said) <= set(COMMANDS)
    assert len(said) > 40
    named = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", TEXT)) - {"--traceback", "--help", "--version", "--quiet"}
    others = {"--break-system-packages", "--cov"}  # of other programs
    assert named - others - FLAGS == set()
    assert set(re.findall(r"--recipe ([a-z-]+)", TEXT)) <= set(recipes.names())
    codes = {rule.code for rule in rulebook.every_rule()}
    assert {
        code for code in re.findall(r"\b(?:EN|MJ|UN|PF|LW|ZH|PN|SP|ST|DP|TT)\d{3}\b", TEXT) if code not in codes
    } == set()


def test_every_command_option_rule_and_recipe_is_told() -> None:
    assert {name for name in COMMANDS if f"texttool {name}" not in TEXT} == set()
    assert {flag for flag in FLAGS if flag.startswith("--") and flag not in TEXT} - {"--help", "--version"} == set()
    assert {rule.code for rule in rulebook.every_rule() if rule.code not in TEXT} == set()
    assert {name for name in recipes.names() if name not in TEXT} == set()


def test_links_between_pages_lead_somewhere() -> None:
    for page in set(PAGES) - {ROOT / "docs" / "rules.md"}:  # there, links stand in examples
        for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text("utf-8")):
            if "://" not in target:
                assert (page.parent / target).exists(), (page.name, target)


def test_the_manual_is_installed_and_reads_as_a_manual() -> None:
    wheel = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["hatch"]["build"]["targets"]["wheel"]
    assert wheel["shared-data"] == {"docs/man": "share/man/man1"}
    pages = sorted(path.stem for path in (ROOT / "docs" / "man").iterdir())
    assert pages == sorted(["texttool", *(f"texttool-{name}" for name in COMMANDS)])
    if shutil.which("man"):
        done = subprocess.run(
            ["man", "-l", "--warnings", str(ROOT / "docs" / "man" / "texttool-clean.1")],
            env={**os.environ, "MANPAGER": "cat", "MANWIDTH": "100", "LC_ALL": "C.UTF-8"},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.stderr == ""
        assert "--in-place" in re.sub(".\b", "", done.stdout)


@pytest.mark.parametrize("name", ["bash", "zsh", "fish"])
def test_each_shell_gets_its_completion(name: str) -> None:
    env = {**os.environ, "_TEXTTOOL_COMPLETE": f"{name}_source"}
    source = subprocess.run([COMMAND], env=env, capture_output=True, text=True, check=True).stdout
    assert f"_TEXTTOOL_COMPLETE={name}_complete" in source
    words, at = ("texttool cl", "cl") if name == "fish" else ("texttool cl", "1")
    env |= {"_TEXTTOOL_COMPLETE": f"{name}_complete", "COMP_WORDS": words, "COMP_CWORD": at}
    made = subprocess.run([COMMAND], env=env, capture_output=True, text=True, check=True).stdout
    assert re.search(r"\bclean\b", made)
    assert "lint" not in made


def test_bash_completes_commands_options_and_values(place: Path) -> None:
    line = (
        'eval "$(_TEXTTOOL_COMPLETE=bash_source texttool)"; try() { COMPREPLY=(); COMP_WORDS=("$@"); '
        "COMP_CWORD=$(($# - 1)); "
        '_texttool_completion texttool; echo "${COMPREPLY[*]}"; }; try texttool un; try texttool lint --max; '
        "try texttool punct --locale zh"
    )
    done = shell(line, place)
    assert done.stdout.split("\n") == ["unicode unwrap undo", "--max-findings", "zh-CN zh-TW zh-HK", ""]


def test_the_samples_are_there() -> None:
    assert SAMPLES
