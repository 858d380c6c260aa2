from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from texttool import document, rulebook
from texttool.encodingfindings import of_bytes, with_bytes
from texttool.errors import Failure
from texttool.finding import Finding
from texttool.pipeline import run

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
    if read.encoding in ("utf-8", "ascii", "gb18030", "gbk", "shift_jis", "euc_kr") and not read.parts:
        assert read.exact


# A text in each encoding, its mark, and bytes that are no character of it wherever they stand.
SIMPLIFIED = "图书馆周末也开门，欢迎大家来看书。他把钥匙放在桌子上，然后出去了。\n春天来了，山上的花都开了。"
TRADITIONAL = "圖書館週末也開門，歡迎大家來看書。他把鑰匙放在桌子上，然後出去了。\n春天來了，山上的花都開了。"
JAPANESE = "図書館は週末も開いています。彼は鍵を机の上に置いて、出かけました。\n春になると、山の花が咲きます。"
KOREAN = "도서관은 주말에도 문을 엽니다. 내일은 친구와 함께 바다에 갈 생각입니다.\n봄이 오면 산에 꽃이 핍니다."
FRENCH = "La bibliothèque est ouverte le week-end. Il a posé la clé sur la table.\nAu printemps, les élèves…"
DAMAGE = [
    ("utf-8", SIMPLIFIED, b"", b"\xff\xfe\x80"),
    ("utf-8", SIMPLIFIED, b"\xef\xbb\xbf", b"\xff\xfe\x80"),
    ("utf-16-le", SIMPLIFIED, b"\xff\xfe", b""),
    ("utf-16-be", SIMPLIFIED, b"\xfe\xff", b""),
    ("gb18030", SIMPLIFIED, b"", b"\xff"),
    ("gbk", SIMPLIFIED, b"", b"\xff"),
    ("big5", TRADITIONAL, b"", b"\xff\x80"),
    ("cp950", TRADITIONAL, b"", b"\xff"),
    ("shift_jis", JAPANESE, b"", b"\xff\xfd"),
    ("euc_kr", KOREAN, b"", b"\xff"),
    ("cp1252", FRENCH, b"", b"\x81\x8d\x8f\x90\x9d"),
]


@pytest.mark.parametrize("told", [True, False], ids=["told", "found"])
@pytest.mark.parametrize(("encoding", "text", "bom", "bad"), DAMAGE, ids=[row[0] + row[2].hex() for row in DAMAGE])
@settings(max_examples=60)
@given(st.data())
def test_a_bad_byte_anywhere_survives_and_is_reported(
    encoding: str, text: str, bom: bytes, bad: bytes, told: bool, data: st.DataObject
) -> None:
    good = text.encode(encoding)
    at = data.draw(st.integers(0, len(good)))
    if encoding.startswith("utf-16"):  # half a pair; a single byte would shift all that follows
        at, one = at // 2 * 2, "\ud83d".encode(encoding, "surrogatepass")
    else:
        one = bytes([data.draw(st.sampled_from(bad))])
    damaged = bom + good[:at] + one + good[at:]
    read = document.load(damaged, encoding=encoding if told else "auto")
    assert read.bom == bom
    assert read.encode(read.text) == damaged
    codes = {finding.code for finding in findings(read)}
    if read.known:
        assert "EN101" in codes
        count, first = read.undecodable() or (0, 0)
        assert 1 <= count <= 4  # the byte, and what is left of the character that it stands in
        # As far as the reading goes before the character that was hit, it is right.
        assert text.startswith(read.text[: max(0, first - 1)])
    else:
        assert "EN104" in codes  # one-byte codes leave little to tell them by; nothing is edited then
        assert encoding == "cp1252"


def findings(read: document.Document) -> list[Finding]:
    chosen = rulebook.rules(["decode"])
    return [*of_bytes(read, chosen), *with_bytes(read, run(read.text, chosen).findings())]


@settings(max_examples=300)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_gb18030_holds_every_character_there_and_back(text: str) -> None:
    read = document.load(text.removeprefix("\ufeff").encode("utf-8"), encoding="utf-8")  # a mark is no text
    there = read.encode(read.text, "gb18030")
    back = document.load(there, encoding="gb18030")
    assert back.encode(back.text, "utf-8") == read.data
    assert back.exact


@pytest.mark.parametrize("text", [SIMPLIFIED, TRADITIONAL, JAPANESE, KOREAN])
def test_gb18030_is_found_again(text: str) -> None:
    read = document.load(document.load(text.encode()).encode(text, "gb18030"))
    assert (read.encoding, read.text) == ("gb18030", text)


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
