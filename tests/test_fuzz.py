"""The targets of fuzzing on inputs that hypothesis makes, and on those that broke a law once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fuzzing.targets import TARGETS
from tests.strategies import laws

FOUND = sorted(path for path in (Path(__file__).parent / "cases" / "fuzz").glob("*/*") if path.is_file())
# What is known and not mended yet: a second run edits once more. The day one of them holds, its test says so.
WRAP = "unwrap keeps a break before a narrow mark, and joins once punct has made the mark wide"
HIDDEN = "unwrap brings what is invisible beside Han"
MISREAD = "marks that punct made belong to the stretch in which mojibake reads a misread letter"
KNOWN = {
    **dict.fromkeys(("mark-at-a-line-start", "mark-before-kana-behind-a-wrap", "mark-behind-a-page-cut"), WRAP),
    **dict.fromkeys(("full-stop-at-a-line-start", "ellipsis-at-a-line-start"), WRAP),
    **dict.fromkeys(("mark-and-nothing-behind-a-wrap", "control-behind-a-wrap"), HIDDEN),
    **dict.fromkeys(("misread-between-quotes", "misread-in-a-legacy-code"), MISREAD),
}
inputs = st.binary(max_size=120)


@pytest.mark.parametrize("path", FOUND, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_what_fuzzing_found_stays_mended(path: Path, request: pytest.FixtureRequest) -> None:
    if path.name in KNOWN:
        request.applymarker(pytest.mark.xfail(reason=KNOWN[path.name], strict=True, raises=AssertionError))
    TARGETS[path.parent.name](path.read_bytes())


@laws(300)
@given(inputs)
def test_decode(data: bytes) -> None:
    TARGETS["decode"](data)


@laws(1000)
@given(inputs)
def test_each_rule(data: bytes) -> None:
    TARGETS["rule"](data)


@laws(200)
@given(inputs)
def test_the_pipeline(data: bytes) -> None:
    TARGETS["clean"](data)


@laws(500)
@given(inputs)
def test_edits_of_edits(data: bytes) -> None:
    TARGETS["then"](data)


@laws(200)
@given(inputs)
def test_configuration(data: bytes) -> None:
    TARGETS["config"](data)


@laws(50)
@given(inputs)
def test_a_diff_is_a_patch(data: bytes) -> None:
    TARGETS["patch"](data)


@pytest.mark.parametrize("name", TARGETS)
def test_every_target_is_tested(name: str) -> None:
    if name == "twice":  # by the law of the pipeline in test_laws.py, and by what was found
        assert any(path.parent.name == name for path in FOUND)
        return
    assert f'TARGETS["{name}"]' in Path(__file__).read_text("utf-8")


def test_a_target_can_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    from texttool.edits import Edits

    broken: Callable[..., Edits] = lambda self, later, middle: later  # noqa: E731
    monkeypatch.setattr(Edits, "then", broken)
    with pytest.raises((AssertionError, ValueError)):
        TARGETS["then"](bytes(range(60)))
