from __future__ import annotations

import unicodedata

import pytest

from texttool.visible import excerpt, storable, visible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\nb\tc", "a⏎b⇥c"),
        ("\x1b]52;c;aGk=\x07", "\\x1b]52;c;aGk=\\x07"),
        ("\x9b31m", "\\x9b31m"),
        ("abc\u202edef", "abc\\u{202e}def"),
        ("\U000e0041", "\\u{e0041}"),
        ("\udce4", "\\xe4"),
        ("\ud800", "\\u{d800}"),
        ("中文，é😀", "中文，é😀"),
    ],
)
def test_what_hides_or_commands_is_shown(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_no_control_format_or_separator_passes() -> None:
    for code in range(0x110000):
        if unicodedata.category(chr(code)) in ("Cc", "Cs", "Zl", "Zp") or unicodedata.bidirectional(chr(code)) in (
            "LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI",
        ):  # fmt: skip
            assert chr(code) not in visible(chr(code)), hex(code)


def test_excerpts_are_short_and_keep_both_ends() -> None:
    assert excerpt("一二三四五六七八九十", 7) == "一二三…八九十"
    assert len(excerpt("字" * 1000)) <= 40


def test_storable_text_is_strict_utf8() -> None:
    assert storable("a\udcffb\ud83d").encode() == b"a\\xffb\\u{d83d}"
    assert storable("a\n\x1b") == "a\n\x1b"
