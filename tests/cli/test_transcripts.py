"""The installed command, run as a user runs it: what it prints, how it ends, what it leaves."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import COMMAND

CASES = [
    case
    for path in sorted(Path(__file__).parent.glob("*.toml"))
    for case in tomllib.loads(path.read_text("utf-8"))["case"]
]


def data(text: str) -> bytes:
    """Text with ``\\xNN`` for a byte, as the tables write it."""
    parts = re.split(r"\\x([0-9a-f]{2})|(\\[rn])", text)
    made = b""
    for plain, code, escape in zip(parts[::3], [*parts[1::3], None], [*parts[2::3], None], strict=True):
        made += plain.encode()
        made += bytes([int(code, 16)]) if code else {"\\r": b"\r", "\\n": b"\n"}.get(escape or "", b"")
    return made


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_transcript(case: dict[str, Any], tmp_path: Path) -> None:
    for name, content in case.get("files", {}).items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data(content))
    done = subprocess.run(
        [COMMAND, *(data(arg).decode() for arg in case["args"])],
        input=data(case["stdin"]) if "stdin" in case else b"",
        cwd=tmp_path,
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert b"Traceback" not in done.stderr
    if "stdout_lines" in case:
        lines = done.stdout.decode().splitlines()
        assert all(line.startswith(want) for line, want in zip(lines, case["stdout_lines"], strict=False)), lines
        assert len(lines) >= len(case["stdout_lines"])
    else:
        assert done.stdout == data(case.get("stdout", ""))
    if "stderr_contains" in case:
        assert case["stderr_contains"] in done.stderr.decode()
        assert done.stderr.count(b"\n") == 1
    else:
        assert done.stderr == data(case.get("stderr", "").lstrip("\n"))
    assert done.returncode == case["code"]
    for name, content in case.get("left", {}).items():
        assert (tmp_path / name).read_bytes() == data(content)
    assert not [name for name in case.get("gone", ()) if (tmp_path / name).exists()]
    assert not [path for path in tmp_path.rglob(".*") if path.is_file() and path.name not in {*case.get("files", ())}]
