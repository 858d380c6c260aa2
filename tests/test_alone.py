"""Texts that are as they should be: tables, code, verse, letters, other languages. Nothing in them is edited."""

from __future__ import annotations

from pathlib import Path

import pytest

from texttool import document, pipeline, rulebook

CASES = sorted((Path(__file__).parent / "cases" / "alone").iterdir())


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.name)
def test_it_is_left_alone(path: Path) -> None:
    text = document.load(path.read_bytes()).text
    assert pipeline.run(text, rulebook.rules()).text == text
