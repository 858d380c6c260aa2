"""What is no East Asian text is not taken for it, what is nothing is unknown, and the tables that decide are sane."""

import os
import subprocess
import sys
import zlib

import pytest

from texttool.filters.decode import decode, detect
from texttool.filters.decode.frequency import LANGUAGES, table
from texttool.rulebook import rules_dir

WESTERN = [
    ("Die Straße ist für Fußgänger gesperrt, bitte gehen Sie außen herum.\n", "cp1252"),
    ("Les élèves étaient déjà partis à la plage où l'eau était très fraîche.\n", "cp1252"),
    ("Завтра утром мы поедем на рынок и купим яблок.\n", "cp1251"),
    ("Завтра утром мы поедем на рынок и купим яблок.\n", "koi8-r"),
    ("Αύριο το πρωί θα πάμε στην αγορά για μήλα.\n", "iso8859-7"),
    ("Jutro rano pójdziemy na targ i kupimy świeże jabłka, gruszki i śliwki.\n", "iso8859-2"),
]


@pytest.mark.parametrize(("text", "code"), WESTERN)
def test_alphabets_are_left_to_chardet(text: str, code: str) -> None:
    data = (text * 4).encode(code)
    found = detect(data)
    assert found.encoding
    assert decode(data).text == text * 4


@pytest.mark.parametrize(
    "data",
    [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)) * 8, zlib.compress(os.urandom(3000)), bytes(4000)],
    ids=["png", "zlib", "zeros"],
)
def test_binary_is_unknown(data: bytes) -> None:
    assert detect(data).encoding is None


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (b"", "utf-8"),
        (b"\x1b[31mred\x1b[0m", "utf-8"),
        (b"sed 's~{a}~{b}~'", "utf-8"),
        (b"one\0two\n" * 9, "utf-8"),
        ("文字之间\0有一个零".encode(), "utf-8"),
        ("plain words, no mark".encode("utf-16-le"), "utf-16-le"),
        ("plain words, 没有标记".encode("utf-32-be"), "utf-32-be"),
        (("Завтра утром мы поедем на рынок. " * 3).encode() + b"\xff", "utf-8"),
    ],
)
def test_edges(data: bytes, encoding: str) -> None:
    assert detect(data).encoding == encoding


def test_hint_speaks_for_a_language() -> None:
    data = "好".encode("gbk")
    assert {detect(data, hint).language[:2] for hint in ("zh", "ko", "ja")} == {"zh", "ko", "ja"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_frequencies_are_a_distribution(language: str) -> None:
    costs, unseen = table(language)
    assert 0.9 < sum(10 ** (-cost / 23.02585) for cost in costs.values()) < 1.1
    assert max(costs.values()) <= unseen + 30
    lines = (rules_dir() / "tables" / f"frequency_{language}.tsv").read_text(encoding="utf-8").splitlines()[1:]
    assert sum(len(line.split("\t")[1]) for line in lines) == len(costs)
    assert [int(line.split("\t")[0]) for line in lines] == sorted(int(line.split("\t")[0]) for line in lines)
    assert all([*line.split("\t")[1]] == sorted(line.split("\t")[1]) for line in lines)


def test_time_grows_with_the_bytes_only() -> None:
    """Bytes that look like every code at once end, in a process that may not take long."""
    code = (
        "from texttool.filters.decode import decode\nfrom texttool.filters.mojibake import scan\n"
        "for unit in (b'\\xe6\\x81', b'\\x81\\x30', b'\\xff', b'\\xb0\\xa1\\x80', b'~{', b'\\x1b$B', b'\\xc3\\xa9 '):\n"
        "    decode(unit * 50_000)\n"
        "for unit in ('鍏', '鍏ㄩ', 'Ã©', 'か鍏', '\\u200b'):\n    scan(unit * 20_000)\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=120)
