from __future__ import annotations

from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st

from texttool.filters import _worth
from texttool.filters.decode import uncommon
from texttool.filters.decode.uncommon import suspicious_lines

RARE = "锘縉縊燝懨"


def lines(text: str, worth: int) -> list[str]:
    with patch.object(_worth, "_WORTH", worth):
        return [text[start:end] for start, end in suspicious_lines(text)]


def test_two_uncommon_characters_close_together_make_a_line_suspicious() -> None:
    assert lines("好的\n一锘的的縉\n锘的的的縉", 1 << 30) == ["一锘的的縉"]
    assert lines("一锘か\n锘的か\nか锘\n锘", 1 << 30) == ["一锘か", "か锘"]


@given(st.text(st.sampled_from(f"的一是。\n,かア{RARE}"), max_size=60), st.integers(3, 20))
def test_both_ways_to_look_find_the_same(text: str, reach: int) -> None:
    with patch.object(uncommon, "_REACH", reach):
        assert lines(text, 0) == lines(text, 1 << 60)
        with patch.object(uncommon, "_FEW", 1):
            assert lines(text, 0) == lines(text, 1 << 60)
