"""Which lines are converted, and that they become what OpenCC makes of each alone, however much is done at once."""

from __future__ import annotations

from unittest.mock import patch

import opencc
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from texttool.edits import Edits
from texttool.filters import _scripts, _worth, convert
from texttool.pipeline import Pipeline
from texttool.rulebook import rules

# Characters of one script and of the other and of both, words that change their length, and what OpenCC cannot read.
PARTS = ["这个", "說們", "发", "後", "皇后", "的", "，", "\n", "\n", " ", "程序员", "內存", "\0", "\udc80", "𠀀", "a"]
CONFIGS = {"s2t": 1, "t2s": -1, "s2twp": 1, "tw2sp": -1}
written = st.lists(st.sampled_from(PARTS), max_size=60).map("".join)


def leans(line: str) -> int:
    return sum((char in "这个发们内员") - (char in "說們後內") for char in line)


def converted_by_line(text: str, config: str) -> str:
    """As the documentation says it, by hand."""
    source, total = CONFIGS[config], leans(text)
    convert_line = opencc.OpenCC(config).convert
    made = []
    for line in text.split("\n"):
        if leans(line) * source > 0 or (not leans(line) and total * source >= 0):
            line = "".join(part if part in "\0\udc80" else convert_line(part) for part in split(line))
        made.append(line)
    return "\n".join(made)


def split(line: str) -> list[str]:
    for mark in "\0\udc80":
        line = line.replace(mark, f"\x01{mark}\x01")
    return [part for part in line.split("\x01") if part]


@settings(max_examples=300, deadline=None)
@given(written, st.sampled_from(sorted(CONFIGS)), st.sampled_from([1, 7, 1 << 16]))
@example("这个\n皇后\n說們後", "s2t", 1)
@example("皇后的发\n", "s2t", 1)
@example("\n\n", "t2s", 7)
@example("后", "t2s", 7)
def test_each_line_becomes_what_opencc_makes_of_it(text: str, config: str, piece: int) -> None:
    with patch.object(convert, "_PIECE", piece):
        edits = Edits.of(convert.conversion(config)(text))
    assert edits.apply(text) == converted_by_line(text, config)
    assert Edits.of(list(edits)).apply(text) == converted_by_line(text, config)
    assert len(edits) == len(list(edits))


@settings(max_examples=300)
@given(written)
@example("这个这个\n說們後")
@example("这\n后")
def test_lines_lean_alike_whoever_looks(text: str) -> None:
    total = leans(text)
    other = -1 if total > 0 else 1
    lines, at = [], 0
    for line in text.split("\n"):
        if leans(line) * other > 0:
            lines.append((at, at + len(line), leans(line) * other))
        at += len(line) + 1
    for worth, few in ((1 << 60, 1000), (1 << 60, 1), (0, 1000)):
        with patch.object(_worth, "_WORTH", worth), patch.object(_scripts, "_FEW", few):
            found = _scripts.leaning(text)
            assert (found.total > 0) - (found.total < 0) == (total > 0) - (total < 0)
            assert list(found.lines(other)) == lines


def test_a_long_text_is_converted_in_pieces() -> None:
    lines = "这个程序员的头发，是皇后的发现。\n" * 9000
    pieces = list(convert._pieces(lines, 17, len(lines)))
    assert "".join(pieces) == lines[17:]
    assert len(pieces) == 3
    assert all(piece.endswith("\n") and len(piece) <= convert._PIECE for piece in pieces)
    assert list(convert._pieces("发" * 200_000, 0, 200_000)) == ["发" * 200_000]


@pytest.mark.parametrize("config", ["s2t", "s2twp"])
def test_places_are_those_of_the_words(config: str) -> None:
    text = "这里没有。\nno\n程序员写软件\n" * 3000
    result = Pipeline(rules(["convert"], [convert.conversions()[config]])).run(text)
    found = [(f.start, f.found, f.put) for f in result.findings()]
    put = {"s2t": [("这里没", "這裏沒"), ("员写软", "員寫軟")], "s2twp": [("这里没", "這裡沒")]}[config]
    at = {"s2t": [0, 11], "s2twp": [0]}[config]
    expected = [(base + a, *p) for base in range(0, len(text), 16) for a, p in zip(at, put, strict=True)]
    assert [f for f in found if f[1:] in put] == expected
    assert all(text[start : start + len(was)] == was for start, was, _ in found)
