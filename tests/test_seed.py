"""The main job on a real report: narrow columns, ASCII marks, page cuts, a lost page, a passage that stands twice."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import COMMAND

STEPS = ("--filters", "decode,unwrap,punct")


def run(*args: str | Path, data: bytes = b"", code: int = 0) -> bytes:
    done = subprocess.run([COMMAND, *map(str, args)], input=data, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (code, b"")
    return done.stdout


@pytest.fixture(scope="module")
def findings() -> list[dict[str, Any]]:
    from tests.conftest import SEED

    if not SEED.is_dir():
        pytest.skip("the real report is not here")
    out = run("lint", SEED / "report.txt", "--output-format", "json", code=1)
    found: list[dict[str, Any]] = json.loads(out)
    return found


def of(findings: list[dict[str, Any]], family: str) -> list[dict[str, Any]]:
    return [finding for finding in findings if finding["code"].startswith(family)]


def joined(text: str) -> str:
    return "".join(text.split())


def test_it_comes_out_as_readable_text(seed: Path) -> None:
    assert run("clean", seed / "report.txt", *STEPS).decode() == (seed / "report.clean.txt").read_text("utf-8")
    assert run("unwrap", seed / "report.txt").decode() == (seed / "report.unwrapped.txt").read_text("utf-8")


def test_the_whole_pipeline_gives_the_same(seed: Path) -> None:
    assert run("clean", seed / "report.txt").decode() == (seed / "report.clean.txt").read_text("utf-8")


def test_a_pipe_gives_what_one_process_gives(seed: Path) -> None:
    data = (seed / "report.txt").read_bytes()
    for name in ("decode", "unwrap", "punct"):
        data = run(name, data=data)
    assert data == run("clean", seed / "report.txt", *STEPS)


def test_undo_gives_the_source_back(seed: Path, tmp_path: Path) -> None:
    trail = tmp_path / "a.jsonl"
    (tmp_path / "b.txt").write_bytes(run("clean", seed / "report.txt", "--audit", trail))
    assert run("undo", tmp_path / "b.txt", "--audit", trail) == (seed / "report.txt").read_bytes()
    run("undo", "-i", tmp_path / "b.txt", "--audit", trail)
    assert (tmp_path / "b.txt").read_bytes() == (seed / "report.txt").read_bytes()


def test_clean_text_has_nothing_to_mend(seed: Path) -> None:
    run("lint", seed / "report.clean.txt", "--select", "PN,LW")


def test_the_passage_that_stands_twice_is_found_with_both_places(findings: list[dict[str, Any]]) -> None:
    [finding] = [f for f in of(findings, "DP") if "劳动争议调解员" in joined(f["found"])]
    passage = joined(finding["found"])
    assert passage.endswith("针对新就")
    assert "依法依规开展劳动法律监督" in passage[:20]
    assert 120 <= len(passage) <= 170
    assert (finding["line"], finding["end_line"]) == (1143, 1181)
    [copy] = finding["copies"]
    assert (copy["line"], copy["end_line"]) == (717, 747)


def test_the_title_that_stands_twice_side_by_side_is_found(findings: list[dict[str, Any]]) -> None:
    assert any("《中国工运史》" in joined(f["found"]) and 461 <= f["line"] <= 463 for f in of(findings, "DP"))


def test_no_slogan_is_called_a_duplicate(findings: list[dict[str, Any]]) -> None:
    assert len(of(findings, "DP")) == 2


def test_what_does_not_add_up_is_reported(findings: list[dict[str, Any]]) -> None:
    def reported(line: int, found: str) -> bool:
        return any(f["line"] <= line <= f["end_line"] and found in joined(f["found"]) for f in of(findings, "ST"))

    assert reported(734, "三是")  # a second time under (三)
    assert reported(747, "对新就")  # the lost page
    assert reported(148, "”")  # a closing mark without its opener
    assert reported(263, "解解")
    assert reported(1526, "下功夫")  # two paragraphs that end without a full stop
    assert reported(1562, "全过程")
