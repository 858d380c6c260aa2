"""Work grows with the text and no faster. No time is asserted: what is quadratic does not come to an end here.

`python -m bench linear` gives the figures.
"""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from re import _constants as c  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

import pytest

from bench.linear import PIECES, groups
from tests.conftest import ROOT
from texttool import pipeline
from texttool.rule import Rule

SIZE = 100_000  # code points. `[ \t]+$` takes half a minute for as many spaces, what is linear some milliseconds
CPU = 15  # seconds of it, after which a run is cut off


@pytest.fixture
def cut_off() -> Iterator[None]:
    """Ends the test when it has used far more CPU than anything linear needs, whatever else the machine does."""

    def stop(_number: int, _frame: object) -> None:
        raise AssertionError(f"no end after {CPU} s of CPU")

    before = signal.signal(signal.SIGPROF, stop)
    yield
    signal.setitimer(signal.ITIMER_PROF, 0)
    signal.signal(signal.SIGPROF, before)


@pytest.mark.parametrize("rules", list(groups()), ids=lambda rules: rules[0].code)
def test_a_hostile_text_is_read_to_its_end(rules: list[Rule], cut_off: None) -> None:
    for piece in PIECES:
        signal.setitimer(signal.ITIMER_PROF, CPU)
        pipeline.run(piece * (SIZE // len(piece)) + "x", rules)


def test_what_is_quadratic_is_cut_off(cut_off: None) -> None:
    signal.setitimer(signal.ITIMER_PROF, 0.2)
    with pytest.raises(AssertionError, match="no end"):
        re.search(r"[ \t]+$", " " * SIZE + "x")


def unbounded(op: Any, value: Any) -> bool:
    """Whether it is a repeat without bound that may give back what it took."""
    return op in (c.MAX_REPEAT, c.MIN_REPEAT) and value[1] is c.MAXREPEAT


def inner(op: Any, value: Any) -> list[Any]:
    """The patterns inside an element; those of one that is possessive or atomic give nothing back."""
    parts = value[1] if op is c.BRANCH else value if isinstance(value, (tuple, list)) else ()
    return [part for part in parts if isinstance(part, _parser.SubPattern)]


def loops(parsed: Any) -> bool:
    """Whether a repeat without bound can be all that a pattern matches."""
    for i, (op, value) in enumerate(parsed):
        rest = sum(parsed[j : j + 1].getwidth()[0] for j in range(len(parsed)) if j != i)
        held = op in (c.POSSESSIVE_REPEAT, c.ATOMIC_GROUP, c.ASSERT, c.ASSERT_NOT)
        if not rest and not held and (unbounded(op, value) or any(map(loops, inner(op, value)))):
            return True
    return False


def nested(parsed: Any) -> bool:
    """Whether a repeat stands in a repeat with nothing between that must be there: time doubles with a character."""
    return any((unbounded(op, value) and loops(value[2])) or any(map(nested, inner(op, value))) for op, value in parsed)


@pytest.mark.parametrize(
    ("pattern", "is_nested"),
    [
        ("(a+)+$", True),
        ("(?:a*b?)*", True),
        ("x(?:y(?:a|b*)+)?", True),
        ("((x|ab*)y?)+", False),
        ("(?:[^,]*,)*", False),
        ("(a++)+", False),
        ("(?>a+)+", False),
        ("(?:a{1,3})+", False),
        ("a+b+", False),
    ],
)
def test_nested_repeats_are_told(pattern: str, is_nested: bool) -> None:
    assert nested(_parser.parse(pattern)) == is_nested


def test_no_pattern_of_ours_nests_repeats() -> None:
    code = (
        "import re, json; real, seen = re.compile, set()\n"
        "def spy(pattern, flags=0):\n"
        "    made = real(pattern, flags)\n"
        "    if isinstance(made.pattern, str): seen.add((made.pattern, made.flags))\n"
        "    return made\n"
        "re.compile = spy\n"
        "from texttool import pipeline, rulebook\n"
        "rules = rulebook.every_rule()\n"
        "for rule in rules:\n"
        "    for before, *_ in (*rule.examples, *rule.finds): pipeline.run(before, [rule], unsafe=True)\n"
        "print(json.dumps(sorted(seen)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, cwd=ROOT, check=True)
    patterns = json.loads(done.stdout)
    assert len(patterns) > 100
    assert [pattern for pattern, flags in patterns if nested(_parser.parse(pattern, flags))] == []
