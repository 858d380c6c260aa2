"""What is found does not depend on how much a process has read before."""

from __future__ import annotations

from unittest.mock import patch

from hypothesis import example, given, settings
from hypothesis import strategies as st

from texttool.filters import _worth, convert
from texttool.filters.dedup import scan
from texttool.filters.structure.doubled import doubled

# Characters of one script and of the other, some that hardly ever double, and what stands between them.
CHARS = "化解风险国這個們说說发發的，。\n a𠀀\udc80"


def everything(text: str, worth: int) -> tuple[object, ...]:
    with patch.object(_worth, "_WORTH", worth):
        return list(convert.mixed(text)), doubled(text), {code: list(edits) for code, edits in scan(text).items()}


@settings(max_examples=300)
@given(st.lists(st.text(st.sampled_from(CHARS), max_size=40), max_size=4).map(lambda texts: "".join(texts * 2)))
@example("要化解风险，就要化解解风险。")
@example("这个问题说的是国家发展。\n這個問題說的是國家發展。\n说了。")
@example("")
def test_the_first_text_and_the_thousandth_are_read_alike(text: str) -> None:
    assert everything(text, 1 << 60) == everything(text, 0)


def test_the_examples_are_found() -> None:
    _, pairs, _ = everything("要化解风险，就要化解解风险。\n這個問題說的是國家發展。这个国家说发展的时候。", 0)
    assert list(pairs) == ["ST401"]
