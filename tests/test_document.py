from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from texttool import document
from texttool.errors import Failure

TEXT = "第一行，中文。\n第二行\n末"
ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "gb18030", "gbk", "big5", "cp950", "shift_jis", "euc_kr", "cp1252")
WORDS = {"shift_jis": "一行目、日本語。\n二行目\n末", "euc_kr": "첫 줄.\n둘째 줄\n끝", "cp1252": "première ligne\nfin"}
BOMS = {"utf-8": b"\xef\xbb\xbf", "utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("marked", [False, True])
def test_encoding_bom_and_newline_come_back(encoding: str, newline: str, marked: bool) -> None:
    text = WORDS.get(encoding, "第一行，漢字。\n末")
    data = (BOMS.get(encoding, b"") if marked else b"") + text.replace("\n", newline).encode(encoding)
    read = document.load(data, encoding=encoding)
    assert (read.text, read.newline) == (text, newline)
    assert read.bom == (BOMS.get(encoding, b"") if marked else b"")
    assert read.encode(read.text) == data
    assert read.exact


def test_mixed_newlines_stay_as_they_stand() -> None:
    read = document.load(b"a\r\nb\nc\rd")
    assert (read.text, read.newline) == ("a\r\nb\nc\rd", "\n")
    assert read.encode(read.text) == read.data


@settings(max_examples=2000)
@given(st.binary(max_size=200))
def test_any_bytes_come_back(data: bytes) -> None:
    read = document.load(data)
    assert not read.exact or read.encode(read.text) == data
    if read.encoding in ("utf-8", "ascii", "gb18030", "gbk", "shift_jis", "euc_kr"):
        assert read.exact


@settings(max_examples=500)
@given(st.sampled_from(ENCODINGS[:5] + ENCODINGS[7:9]), st.data())
def test_a_bad_byte_survives_and_is_counted(encoding: str, data: st.DataObject) -> None:
    good = TEXT.encode(encoding if encoding != "euc_kr" else "utf-8")
    at = data.draw(st.integers(0, len(good)))
    bad = good[:at] + b"\xff" + good[at:]
    read = document.load(bad, encoding=encoding if encoding != "euc_kr" else "utf-8")
    assert read.encode(read.text) == bad


@pytest.mark.parametrize(("encoding", "pair"), [("big5", b"\xa1\xfe"), ("cp932", b"\x87\x90"), ("cp950", b"\xa2\xcc")])
def test_encodings_that_do_not_round_trip_say_so(encoding: str, pair: bytes) -> None:
    assert not document.load(b"ab" + pair, encoding=encoding).exact


def test_an_unknown_encoding_is_refused_by_name() -> None:
    with pytest.raises(Failure, match="unknown encoding 'klingon'"):
        document.load(b"abc", encoding="klingon")
    with pytest.raises(Failure, match="unknown encoding 'klingon'"):
        document.load(b"abc").encode("abc", "klingon")


def test_a_character_that_the_output_cannot_hold_is_named_with_its_line() -> None:
    with pytest.raises(Failure, match=r"a\.txt: line 2: gbk cannot hold U\+1F600"):
        document.load("甲\n😀".encode(), "a.txt").encode("甲\n😀", "gbk")


@pytest.mark.parametrize(
    ("data", "at"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 8),
        (b"\x7fELF\x02\x01\x01\0\0", 7),
        (b"plain", -1),
        ("中文。\nab".encode("utf-16-le"), -1),
        (b"\xff\xfe" + "ab".encode("utf-16-le"), -1),
    ],
)
def test_binary_is_a_nul_that_is_no_utf16(data: bytes, at: int) -> None:
    assert document.binary(data) == at


def test_undecodable_bytes_are_counted_and_placed_in_bytes() -> None:
    read = document.load("甲乙\n".encode() + b"\xe4\xb8" + "丙".encode() + b"\xff", encoding="utf-8")
    found = read.undecodable()
    assert found is not None
    assert found == (3, 3)
    assert read.width(0, found[1]) == 7
    assert document.load("甲".encode()).undecodable() is None
