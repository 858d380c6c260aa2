"""Characters that look right and are not: invisible ones, pieces of letters, radicals for ideographs.

Never plain NFKC, which turns full-width punctuation into ASCII and ① into 1, and never NFC of a whole text, which
replaces compatibility ideographs that names are spelled with.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from unicodedata import normalize

from texttool.edits import Edit
from texttool.filters.unicode.invisible import RUN, scan
from texttool.filters.unicode.plain import strange
from texttool.rule import Sieve
from texttool.rulebook import family

# What is no letter of its own: combining marks, kana's voicing marks, vowels and final consonants of Hangul.
_MARKS = re.compile("[\u0300-\u036f\u1160-\u11ff\u3099\u309a]+")
_COMPATIBILITY = re.compile("[\uf900-\ufaff\U0002f800-\U0002fa1f]")
_RADICAL = re.compile("[\u2e80-\u2fd5]")
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")
_PATTERNS = {"UN201": _MARKS, "UN301": _RADICAL, "UN302": _COMPATIBILITY, "UN401": _PRIVATE}


@cache  # a class of that many characters takes milliseconds to compile, and is seldom wanted
def _base() -> re.Pattern[str]:
    """What marks may stand on: a letter, not an ideograph (the mapping of some is another spelling of a name)."""
    return re.compile("[^\\W\\d_\u0300-\u036f\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af]")


@cache
def _ideograph() -> re.Pattern[str]:
    return re.compile(
        "[\u2e80-\u2fd5\u3005\u3007\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af]"
    )


def _where_any(pattern: re.Pattern[str]) -> Sieve:
    """Lets through the texts that hold a match of one character of the pattern."""
    return lambda together: together.holding(match.start() for match in _all(pattern, together.text))


def _all(pattern: re.Pattern[str], text: str) -> Iterable[re.Match[str]]:
    """The matches of a pattern each character of which is no plain one."""
    return pattern.finditer(text) if pattern.search(strange(text)) else ()


def decomposed(text: str) -> Iterator[Edit]:
    """Letters in pieces, and the one character that they are canonically equivalent to."""
    for match in _all(_MARKS, text):
        start, end = match.start() - 1, match.end()
        if start >= 0 and _base().match(text, start):
            whole = normalize("NFC", text[start:end])
            if whole != text[start:end]:
                yield start, end, whole


def radicals(text: str) -> Iterator[Edit]:
    """Radicals beside an ideograph, kana or another radical: they stand for ideographs. Alone they may be meant."""
    for match in _all(_RADICAL, text):
        at = match.start()
        beside = _ideograph().match
        if match[0] in _ideographs() and ((at and beside(text, at - 1)) or beside(text, at + 1)):
            yield at, at + 1, _ideographs()[match[0]]


def compatibility(text: str) -> Iterator[Edit]:
    """Compatibility ideographs that have a canonical mapping."""
    for match in _all(_COMPATIBILITY, text):
        plain = normalize("NFC", match[0])
        if plain != match[0]:
            yield match.start(), match.end(), plain


def private(text: str) -> Iterator[Edit]:
    """Private-use characters: reported, since only a font says what they are."""
    for match in _all(_PRIVATE, text):
        yield match.start(), match.end(), match[0]


@cache
def _ideographs() -> dict[str, str]:
    """Radical -> unified ideograph, from ``rules/tables/unicode_radicals.tsv``."""
    from texttool.rulebook import rules_dir

    lines = (rules_dir() / "tables" / "unicode_radicals.tsv").read_text(encoding="utf-8").splitlines()
    return dict(line.split("\t") for line in lines if not line.startswith("#"))


RULES = family(
    "unicode",
    finders={"UN201": decomposed, "UN301": radicals, "UN302": compatibility, "UN401": private},
    scan=scan,
    sieves={
        "": _where_any(RUN),
        **{code: _where_any(each) for code, each in _PATTERNS.items()},
    },
)
