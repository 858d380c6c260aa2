"""The environment in which peers are measured: made anew, with texttool itself in it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from bench.measure import ROOT

PLACE = ROOT / "build" / "peers"


class Home(NamedTuple):
    """The programs of the environment; ``node`` is empty where there is none."""

    python: Path
    texttool: Path
    node: str


def made(packages: Sequence[str], modules: Sequence[str]) -> Home:
    """A fresh environment with the packages, and with the modules where node is installed."""
    shutil.rmtree(PLACE, ignore_errors=True)
    subprocess.run([sys.executable, "-m", "venv", str(PLACE)], check=True)
    python = PLACE / "bin" / "python"
    quiet = ("--quiet", "--disable-pip-version-check")
    subprocess.run([str(python), "-m", "pip", "install", *quiet, str(ROOT)], check=True)
    for name in packages:
        if subprocess.run([str(python), "-m", "pip", "install", *quiet, name], check=False).returncode:
            sys.stderr.write(f"{name} cannot be installed here\n")
    return Home(python, PLACE / "bin" / "texttool", _node(modules))


def _node(modules: Sequence[str]) -> str:
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        return ""
    for name in modules:
        command = [npm, "install", "--silent", "--no-fund", "--no-audit", "--prefix", str(PLACE), name]
        if subprocess.run(command, check=False, stdout=subprocess.DEVNULL).returncode:
            sys.stderr.write(f"{name} cannot be installed here\n")
    os.environ["NODE_PATH"] = str(PLACE / "node_modules")  # where `require` looks
    return node


def versions(home: Home) -> dict[str, str]:
    """What was measured, by name."""
    done = subprocess.run([str(home.python), "-m", "pip", "list", "--format", "json"], capture_output=True, check=True)
    found = {one["name"].lower(): one["version"] for one in json.loads(done.stdout)}
    if home.node:
        for path in sorted((PLACE / "node_modules").glob("*/package.json")) + sorted(
            (PLACE / "node_modules").glob("@*/*/package.json")
        ):
            told = json.loads(path.read_text("utf-8"))
            found[f"{told['name']} (npm)"] = told.get("version", "")
        node = subprocess.run([home.node, "--version"], capture_output=True, check=True).stdout
        found["node"] = node.decode().strip().removeprefix("v")
    return found
