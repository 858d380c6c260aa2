"""Bytes to text and back: nothing is lost, the right code is found, and UTF-8 takes the short way."""

import codecs
import random
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from texttool.filters.decode import RULES, decode, detect, encode, names
from texttool.pipeline import run

HANS = "这些年来，村里的年轻人大多进城工作，只有过年的时候才会回来。\n老人们坐在门口晒太阳，说着从前的事情。\n"
HANT = "這些年來，村裡的年輕人大多進城工作，只有過年的時候才會回來。\n老人們坐在門口曬太陽，說著從前的事情。\n"
JA = "駅前の小さな本屋は、雨の日になると静かになる。\n店の人はいつも奥で本を読んでいた。\n"
KO = "어제는 비가 와서 집에서 책을 읽었다.\n오늘은 날씨가 좋아서 친구와 같이 걸었다.\n"
CODES = [
    ("gb18030", HANS, "gb18030"),
    ("gbk", HANT, "gb18030"),
    ("cp950", HANT, "cp950"),
    ("big5hkscs", HANT + "佢哋嘅嘢唔知喺邊度，睇嚟冇咗。\n", "big5hkscs"),
    ("cp932", JA, "cp932"),
    ("euc_jp", JA, "euc_jp"),
    ("cp949", KO, "cp949"),
    ("johab", KO, "johab"),
    ("hz", HANS, "hz"),
    ("iso2022_jp", JA, "iso2022_jp"),
    ("utf-16-le", HANS, "utf-16-le"),
    ("utf-16-be", JA, "utf-16-be"),
    ("utf-8", HANS, "utf-8"),
    ("ascii", "plain words\n", "utf-8"),
]
EXACT = [
    "utf-8",
    "gb18030",
    "gbk",
    "gb2312",
    "cp949",
    "shift_jis",
    "euc_jp",
    "cp1252",
    "utf-16-le",
    "utf-16-be",
    "utf-32-le",
]


@pytest.mark.parametrize(("codec", "text", "expected"), CODES)
def test_finds_the_code(codec: str, text: str, expected: str) -> None:
    found = detect(text.encode(codec))
    assert found.encoding == expected
    assert found.confidence > 0.9
    assert decode(text.encode(codec)).text == text


@pytest.mark.parametrize(
    ("mark", "name"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
@pytest.mark.parametrize("text", ["", "a", "好的\r\n", "\ufeff两个标记"])
def test_mark_is_kept_apart(mark: bytes, name: str, text: str) -> None:
    data = mark + text.encode(name)
    found = decode(data)
    assert (found.text, found.encoding, found.bom) == (text, name, mark)
    assert encode(*found[:3]) == data


@pytest.mark.parametrize("codec", EXACT)
@given(data=st.binary(max_size=80))
@settings(max_examples=150, deadline=None)
def test_any_bytes_come_back(codec: str, data: bytes) -> None:
    found = decode(data, codec)
    assert encode(found.text, found.encoding, found.bom) == data


@given(data=st.binary(max_size=80))
@settings(max_examples=300, deadline=None)
def test_utf8_comes_back_whatever_it_is_found_to_be(data: bytes) -> None:
    found = decode(data)
    assert found.encoding
    if found.encoding in EXACT:
        assert found.parts or encode(found.text, found.encoding, found.bom) == data


@pytest.mark.parametrize(("codec", "text"), [(c, t) for c, t, _ in CODES if c not in {"hz", "iso2022_jp", "ascii"}])
@given(at=st.integers(0, 60))
@settings(max_examples=25, deadline=None)
def test_a_bad_byte_is_reported_and_kept(codec: str, text: str, at: int) -> None:
    data = text.encode(codec)
    at = min(at, len(data)) & ~1
    bad = data[:at] + b"\xff" + data[at:]
    found = decode(bad, codec)
    if "utf-16" not in codec:  # there an odd byte shifts the rest, which may well be text
        assert run(found.text, RULES).findings()
    assert encode(found.text, found.encoding, found.bom) == bad


@pytest.mark.parametrize(("data", "text"), [(b"\xa8\xbc\xfeY", "ḿ龴"), ("龴ḿ\ue7c7".encode("gb18030"), None)])
def test_gb18030_of_2022(data: bytes, text: str | None) -> None:
    found = decode(data, "gb18030")
    assert text is None or found.text == text
    assert encode(found.text, "gb18030") == data


def test_cut_at_the_end_is_still_utf8() -> None:
    found = decode(HANS.encode()[:-2])
    assert found.encoding == "utf-8"
    assert encode(found.text, "utf-8") == HANS.encode()[:-2]


def test_late_characters_are_seen() -> None:
    data = b"a line of code\n" * 20_000 + HANS.encode("gbk")
    assert detect(data).encoding == "gb18030"


@pytest.mark.parametrize("name", ["no-such-codec", "rot13", "base64"])
def test_unknown_codec(name: str) -> None:
    with pytest.raises(LookupError):
        decode(b"abc", name)


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("gkb", "gbk"),
        ("UTF9", "utf-8"),
        ("big-5", "big5"),
        ("windows-936", "gbk"),
        ("shift-jsi", "shift_jis"),
        ("gb2313", "gb2312"),
    ],
)
def test_an_encoding_that_is_nearly_one(name: str, meant: str) -> None:
    assert names.fault(name) == f"unknown encoding {name!r}; did you mean {meant!r}?"
    assert names.fault(meant) == ""


@pytest.mark.parametrize("name", ["", "klingon", "\0", "选", "hex"])  # hex: bytes to bytes
def test_an_encoding_that_is_near_none(name: str) -> None:
    assert names.fault(name).startswith(f"unknown encoding {name!r} (some are utf-8, ")


@pytest.mark.parametrize("name", ["idna", "punycode", "undefined", "\udcff"])
def test_an_encoding_that_keeps_no_bytes_is_none_of_texts(name: str) -> None:
    assert names.fault(name) == f"encoding {name!r} does not read texts"


def test_utf8_reads_no_table() -> None:
    code = (
        "import sys; from texttool.filters.decode import decode, detect\n"
        "data = 'Ünïcode 汉字'.encode() * 50; decode(data); detect(data); decode(b'ascii')\n"
        "home = 'texttool.filters.decode.'\n"
        "slow = {'chardet', 'numpy', home + 'detection', home + 'frequency'} & set(sys.modules)\n"
        "sys.exit(str(slow) if slow else 0)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


WESTERN = [
    ("La bibliothèque est ouverte le week-end. Les élèves vont à la rivière.", ["cp1252", "mac_roman", "cp850"]),
    ("Die Bücherei ist auch am Wochenende geöffnet. Im Frühling blühen die Blumen.", ["iso8859-1", "cp437"]),
    ("café déjà vu, le garçon est allé à la bibliothèque", ["cp1252"]),
    ("El niño salió después de comer. ¿Cuándo volverá?", ["cp1252"]),
    ("Мы завтра поедем на дачу, потому что обещали тепло.", ["cp1251", "koi8-r", "iso8859-5"]),
    ("Η βιβλιοθήκη είναι ανοιχτή και το σαββατοκύριακο.", ["cp1253"]),
    ("Położył klucz na stole i wyszedł. Żółta łódź płynie.", ["cp1250", "iso8859-2"]),
]


@pytest.mark.parametrize(("text", "encoding"), [(text, code) for text, codes in WESTERN for code in codes])
def test_text_of_an_alphabet_is_read_and_believed(text: str, encoding: str) -> None:
    read = decode(text.encode(encoding))
    assert read.text == text
    assert read.confidence >= 0.5


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("length", [100, 1000, 10_000])
@pytest.mark.parametrize("letters", [b" \n" * 64, b"etaoin shrdlu " * 90])
def test_bytes_of_chance_are_not_believed(seed: int, length: int, letters: bytes) -> None:
    draw = random.Random(seed)
    data = bytes(draw.choices([*letters, *range(128, 256)], k=length))
    assert detect(data).confidence < 0.5
