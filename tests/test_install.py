"""What strangers install: a wheel from the source archive, in an environment of its own, run from another folder."""

from __future__ import annotations

import re
import subprocess
import sys
import sysconfig
import tarfile
from pathlib import Path

import pytest
from packaging.utils import canonicalize_name

import texttool
from docs.make import licences
from tests.conftest import ROOT, SAMPLES

DISTRIBUTED = ("pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md", "rules/classes.toml", "texttool/py.typed")


def run(*command: str | Path, cwd: Path | None = None) -> str:
    done = subprocess.run(list(map(str, command)), cwd=cwd, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode() + done.stdout.decode()
    return done.stdout.decode()


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the source archive, and the wheel that was made out of it."""
    made = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", made, ROOT)
    return made


@pytest.fixture(scope="module")
def installed(dist: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The scripts of an environment with the wheel; what it depends on is that of this one, behind its own."""
    home = tmp_path_factory.mktemp("env")
    run(sys.executable, "-m", "venv", home)
    python = home / "bin" / "python"
    [wheel] = dist.glob("*.whl")
    run(python, "-m", "pip", "install", "--quiet", "--no-index", "--no-deps", wheel)
    [packages] = home.glob("lib/python*/site-packages")
    (packages / "outer.pth").write_text(sysconfig.get_path("purelib"))
    return home / "bin"


def test_the_source_archive_holds_what_builds_and_explains_it(dist: Path) -> None:
    [archive] = dist.glob("*.tar.gz")
    with tarfile.open(archive) as opened:
        names = {name.partition("/")[2] for name in opened.getnames()}
    assert set(DISTRIBUTED) <= names


def test_the_wheel_runs_from_another_folder(installed: Path) -> None:
    where = run(installed / "python", "-P", "-c", "import texttool; print(texttool.__file__)", cwd=Path("/"))
    assert str(installed.parent) in where
    for sample in SAMPLES:
        made = run(installed / "texttool", "clean", "--quiet", sample / "in.txt", cwd=Path("/"))
        assert made == (sample / "out.txt").read_bytes().decode()
    assert run(installed / "texttool", "rules", cwd=Path("/")).startswith("EN101 ")
    assert run(installed / "texttool", "--version", cwd=Path("/")) == f"texttool {texttool.__version__}\n"


def test_what_is_installed_fits_together(installed: Path) -> None:
    assert "No broken requirements" in run(installed / "python", "-m", "pip", "check")
    assert "No broken requirements" in run(sys.executable, "-m", "pip", "check")


def test_this_environment_runs_the_checkout_itself() -> None:
    assert Path(texttool.__file__).parent == ROOT / "texttool"
    where = run(sys.executable, "-P", "-c", "import texttool; print(texttool.__file__)", cwd=Path("/"))
    assert Path(where.strip()).parent == ROOT / "texttool"


def test_every_package_that_comes_along_is_told_with_its_licence() -> None:
    told = dict(
        re.findall(r"^\| ([\w-]+) \| (.+?) \|", (ROOT / "docs" / "licences.md").read_text("utf-8"), re.MULTILINE)
    )
    installed = {canonicalize_name(name) for name in licences.installed()}
    assert {"click", "numpy", "mdurl", "pyarrow"} <= installed
    assert installed <= told.keys()
    copyleft = {name for name in installed if re.search(r"\bA?GPL", licences.licence(name))}
    assert copyleft == set()
    assert "not said" not in told.values()
