"""The hooks, run by the real pre-commit in a repository: a commit with bad text is refused, mended text passes.

Nothing is fetched: the hooks are taken from a repository made here of this project's manifest, and run the texttool
that is installed. What is left out is only that pre-commit would install the package by pip.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import COMMAND, ROOT

BAD = "你好,世界你好,世界。\n"
GOOD = "你好，世界你好，世界。\n"


class Repository:
    """A git repository whose hooks are those of this project."""

    def __init__(self, path: Path, home: Path) -> None:
        self.path = path
        self.env = {
            **{key: value for key, value in os.environ.items() if not key.startswith("GIT_")},
            "PRE_COMMIT_HOME": str(home),
            "PATH": os.pathsep.join((str(Path(COMMAND).parent), os.environ["PATH"])),
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_SYSTEM": os.devnull,
            **{f"GIT_{who}_{what}": "tester" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
            "PIP_NO_INDEX": "1",
        }

    def run(self, *args: str) -> tuple[int, str]:
        done = subprocess.run(
            args,
            cwd=self.path,
            env=self.env,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=300,
            check=False,
        )
        return done.returncode, done.stdout.decode("utf-8", "replace")

    def git(self, *args: str) -> tuple[int, str]:
        return self.run("git", *args)

    def commit(self) -> tuple[int, str]:
        self.git("add", "-A")
        return self.git("commit", "-m", "text")

    def write(self, name: str, data: bytes | str) -> None:
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data.encode() if isinstance(data, str) else data)


@pytest.fixture(scope="module")
def hooks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with the manifest of this project, whose hooks run what is installed."""
    made = Repository(tmp_path_factory.mktemp("hooks"), tmp_path_factory.mktemp("unused"))
    manifest = (ROOT / ".pre-commit-hooks.yaml").read_text("utf-8")
    assert manifest.count("language: python") == 3
    made.write(".pre-commit-hooks.yaml", manifest.replace("language: python", "language: system"))
    made.git("init", "-q")
    assert made.commit()[0] == 0
    return made.path


@pytest.fixture
def repository(hooks: Path, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Repository:
    made = Repository(tmp_path, tmp_path_factory.getbasetemp() / "home")
    made.git("init", "-q")
    return made


def install(made: Repository, hooks: Path, *names: str) -> None:
    revision = subprocess.run(["git", "rev-parse", "HEAD"], cwd=hooks, capture_output=True, check=True).stdout.decode()
    listed = "".join(f"      - id: {name}\n" for name in names)
    made.write(
        ".pre-commit-config.yaml", f"repos:\n  - repo: {hooks}\n    rev: {revision.strip()}\n    hooks:\n{listed}"
    )
    assert made.run(sys.executable, "-m", "pre_commit", "install")[0] == 0


def test_bad_text_is_refused_with_findings_and_mended_text_passes(repository: Repository, hooks: Path) -> None:
    install(repository, hooks, "texttool-lint")
    repository.write("a.txt", BAD)
    repository.write("code.py", f"# {BAD}")
    repository.write("utf16.txt", BAD.encode("utf-16"))
    code, out = repository.commit()
    assert code != 0
    assert "a.txt:1:3: PN101" in out
    assert "utf16.txt:1:3: PN101" in out
    assert "code.py" not in out
    assert repository.git("rev-parse", "HEAD")[0] != 0
    assert repository.run(COMMAND, "lint", "--fix", "--ignore", "EN103", ".")[0] == 0
    assert (repository.path / "utf16.txt").read_bytes() == GOOD.encode("utf-16")
    repository.write("texttool.toml", '[per-file-ignores]\n"utf16.txt" = ["EN103"]\n')
    code, out = repository.commit()
    assert code == 0, out
    assert repository.git("status", "--porcelain") == (0, "")


def test_a_list_too_long_for_one_call_is_split(repository: Repository, hooks: Path) -> None:
    install(repository, hooks, "texttool-lint")
    count = 400
    for i in range(count):  # long names: pre-commit splits a list of arguments by its length and by its processes
        repository.write(f"{'d' * 200}/{'e' * 200}/{i:03}.txt", BAD if i == 77 else GOOD)
    code, out = repository.commit()
    assert code != 0
    assert out.count("PN101") == 2
    assert "077.txt:1:3" in out
    repository.write(f"{'d' * 200}/{'e' * 200}/077.txt", GOOD)
    assert repository.commit()[0] == 0


def test_the_hook_that_cleans_mends_and_makes_the_commit_fail_once(repository: Repository, hooks: Path) -> None:
    install(repository, hooks, "texttool-clean")
    repository.write("a.md", f"{BAD}\n```\n{BAD}```\n")
    repository.write("utf16.txt", BAD.encode("utf-16"))
    code, out = repository.commit()
    assert code != 0
    assert "files were modified by this hook" in out
    assert (repository.path / "a.md").read_text("utf-8") == f"{GOOD}\n```\n{BAD}```\n"
    assert (repository.path / "utf16.txt").read_bytes() == GOOD.encode("utf-16")
    assert repository.commit()[0] == 0


def test_the_hook_for_duplicates_compares_the_files_of_a_commit(repository: Repository, hooks: Path) -> None:
    install(repository, hooks, "texttool-dedup")
    line = "从山口吹来的风把晒在院子里的谷子吹得到处都是，老人们只好一粒一粒地捡回来，孩子们在旁边看着，谁也不说话。"
    repository.write("a.txt", f"清晨的集市上人来人往。\n\n{line}\n")
    assert repository.commit()[0] == 0
    repository.write("b.txt", f"{line}\n\n船在傍晚靠岸。\n")
    repository.write("c.txt", f"灯亮了。\n\n{line}\n")
    code, out = repository.commit()
    assert code != 0
    assert "b.txt" in out
    assert "c.txt" in out


def test_what_init_writes_runs(repository: Repository) -> None:
    assert repository.run(COMMAND, "init")[0] == 0
    assert repository.run(sys.executable, "-m", "pre_commit", "install")[0] == 0
    repository.write("a.txt", BAD)
    code, out = repository.commit()
    assert code != 0
    assert "a.txt:1:3: PN101" in out
    (repository.path / "a.txt").unlink()
    assert repository.commit()[0] == 0
