"""What one pass over a large file says of it is what its bytes say at once, wherever the blocks end."""

from __future__ import annotations

import io
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from texttool import document
from texttool.corpus import survey as module
from texttool.corpus.survey import survey


def seen(data: bytes, block: int, encoding: str = "auto") -> module.Survey:
    with patch.object(module, "BLOCK", block):
        return survey(io.BytesIO(data), len(data), encoding)


@given(st.lists(st.sampled_from([b"\r", b"\n", b"\r\n", b"a", "é".encode()]), max_size=12), st.integers(1, 9))
def test_the_newline_style_is_that_of_the_whole(pieces: list[bytes], block: int) -> None:
    data = b"".join(pieces)
    assert seen(data, block, "utf-8").newline == document._newline(data.decode())


@given(st.text(st.sampled_from("a\n中é𠀀"), max_size=40), st.integers(1, 9))
def test_utf_8_is_told_though_characters_are_cut_by_blocks(text: str, block: int) -> None:
    found = seen(text.encode(), block)
    assert (found.encoding, found.confidence) == ("utf-8", 1.0)


LINES = {
    "gb18030": "今天的天气很好，我们一起去公园散步。\n孩子们在湖边看鸭子，老人在树下下棋。\n",
    "cp950": "今天的天氣很好，我們一起去公園散步。\n孩子們在湖邊看鴨子，老人在樹下下棋。\n",
}


@pytest.mark.parametrize("encoding", LINES)
@pytest.mark.parametrize("before", [0, 700, 3000])
@pytest.mark.parametrize("block", [64, 512, 1 << 18])
def test_lines_in_another_code_are_seen_wherever_they_stand(encoding: str, before: int, block: int) -> None:
    data = b"plain ASCII\n" * before + 4 * LINES[encoding].encode(encoding) + b"more of it\n" * before
    assert seen(data, block).encoding == encoding
