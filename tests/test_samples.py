"""The golden samples, and the pipeline's laws on them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import SAMPLES
from tests.golden import made
from texttool import audit, document, filters, pipeline, rulebook

RULES = rulebook.rules()


@pytest.fixture(params=SAMPLES, ids=lambda path: path.name)
def sample(request: pytest.FixtureRequest) -> Path:
    path: Path = request.param
    return path


def test_a_sample_is_cleaned_as_it_was_agreed(sample: Path) -> None:
    for name, data in made(sample).items():
        assert data.decode() == (sample / name).read_bytes().decode(), name


def test_a_cleaned_sample_has_nothing_left_to_edit(sample: Path) -> None:
    read = document.load((sample / "out.txt").read_bytes())
    result = pipeline.run(read.text, RULES)
    assert result.text == read.text
    assert [f for f in result.findings() if f.put != f.found and f.safe] == []


def test_a_sample_comes_back_from_its_trail(sample: Path) -> None:
    read = document.load((sample / "in.txt").read_bytes())
    result = pipeline.run(read.text, RULES)
    output = read.encode(result.text, "utf-8")
    trail = list(audit.record(read, result, output, "utf-8"))
    assert audit.undo(trail, output, "-") == read.data
    fixable = [f for f in result.findings() if f.put != f.found and f.safe]
    assert len(trail) - 1 == len(fixable)


def test_one_process_and_a_pipe_agree(sample: Path) -> None:
    text = document.load((sample / "in.txt").read_bytes()).text
    piped = text
    for name in filters.ORDER:
        piped = pipeline.run(piped, rulebook.rules([name])).text
    assert piped == pipeline.run(text, RULES).text
