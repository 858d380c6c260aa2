"""Text in a code of one byte a character: what chardet says of it, and how likely that is.

chardet's confidence is a similarity, not a probability: it is 0.2 for French that it reads rightly, and up to 0.1 for
bytes of chance. What it stands for was measured on 4,900 texts of 1 to 40 translated program messages, in 27 languages
and their usual codes: at 0.14 the text is right in 85 of 100 cases, from 0.2 in 94, from 0.35 in 98; bytes of chance
and Asian text stay below 0.1. Where ASCII words hold a few accented letters there is little to be similar to, and the
text is right in 85 of 100 cases below 0.14 as well; bytes of chance in ASCII do not look like letters in words.
"""

from __future__ import annotations

import codecs
import re
from bisect import bisect_right
from typing import Any
from unicodedata import category

# Similarity -> probability, to be read with straight lines between.
_CURVE = ((0.0, 0.0), (0.08, 0.1), (0.10, 0.2), (0.12, 0.5), (0.143, 0.85), (0.2, 0.94), (0.35, 0.98), (1.0, 0.999))
_IN_WORDS = ((0.0, 0.0), (0.05, 0.3), (0.08, 0.8), (0.143, 0.85), (0.2, 0.94), (0.35, 0.98), (1.0, 0.999))
_TIE = 0.999  # another text is as similar: one of two, or of a few
_TIED_SURE = 0.8
_SAMPLE = 1 << 12  # bytes: what the readings are compared on
# Bytes of chance are letters that fit, or marks of typography, in four or five cases of ten.
_FITTING, _HARDLY_FITTING = 0.9, 0.6
_HARDLY_SURE = 0.4
_C1 = bytes(range(0x80, 0xA0))
_WORDS = 0.6  # of all bytes: ASCII letters
_SIGNS = "©®°±×÷™"  # of notices and measures
_LATIN = re.compile("[\u00aa\u00ba\u00c0-\u024f\u0300-\u036f\u1e00-\u1eff]")
_NOT_FAR = 0.6  # of the similarity: more texts were right so at any share from 0.9 to 0.5
_Known = tuple[str, float, str]  # codec, similarity, language
_KINDS = {"Ll": "L", "Lu": "U", "Lt": "U", "Lo": "L", "Lm": "L", "Mn": "L", "Mc": "L", "Zs": "P", "Sc": "P", "No": "P"}
# A capital behind a small letter, a sign, or a letter of another alphabet beside a Latin one.
_MISFIT = re.compile("(?<=[lL])U|S|(?<=[luLU])[nN]|[nN](?=[luLU])|(?<=n)N")


def alphabets(data: bytes, confidence: float) -> list[tuple[str, float, str]]:
    """Codec name, probability and language of the likeliest one-byte reading, if there is any.

    ``confidence`` is the probability that it is a one-byte code at all.
    """
    import chardet

    found: Any = chardet.detect_all(data, ignore_threshold=True, max_bytes=len(data) or 1)
    known = [(name, float(each["confidence"]), each["language"]) for each in found if (name := _codec(each))]
    if not known or known[0][1] <= 0:
        return []
    head = data[:_SAMPLE]
    name, similarity, language = _chosen(head, known)
    return [(_windows(data, name), confidence * _sure(head, known, name, similarity), language or "")]


def _windows(data: bytes, name: str) -> str:
    """Code page 1252 for a part of ISO 8859 where bytes would be controls (C1) in that, and all else reads the same.

    These controls stand in no text; some of the bytes are letters and marks of Windows, the rest is damage.
    """
    if not name.startswith("iso8859") or len(data.translate(None, _C1)) == len(data):
        return name
    rest = data.translate(None, _C1)
    return "cp1252" if rest.decode(name, "replace") == rest.decode("cp1252", "replace") else name


def narrow(encoding: str) -> bool:
    """Whether every byte is a character in it, or none."""
    return len(bytes(range(256)).decode(encoding, "replace")) == 256


def _codec(found: dict[str, Any]) -> str:
    """Python's name of the codec; empty where it has none."""
    try:
        return codecs.lookup(found["encoding"] or "").name
    except LookupError:
        return ""


def _chosen(data: bytes, known: list[_Known]) -> _Known:
    """The most similar code, or the first not far behind whose letters fit where those of the first do not."""
    if _fit(data.decode(known[0][0], "replace")) >= _HARDLY_FITTING:
        return known[0]
    near = (each for each in known if each[1] >= _NOT_FAR * known[0][1])
    return next((each for each in near if _fit(data.decode(each[0], "replace")) >= _FITTING), known[0])


def _sure(data: bytes, known: list[_Known], best: str, similarity: float) -> float:
    """The probability that ``best`` gives the right text."""
    text = data.decode(best, "replace")
    fit = _fit(text)
    words = sum(map(data.count, range(97, 123))) >= _WORDS * len(data)
    likely = _interpolated(_IN_WORDS if fit >= _FITTING and words else _CURVE, similarity)
    others = (name for name, worth, _ in known if name != best and worth >= _TIE * similarity)
    if any((other := data.decode(name, "replace")) != text and _fit(other) >= _FITTING for name in others):
        likely = min(likely, _TIED_SURE)
    return min(likely, _HARDLY_SURE) if fit < _HARDLY_FITTING else likely


def _fit(text: str) -> float:
    """Which share of the characters beyond ASCII are letters in the right case for their place, or marks."""
    kinds = {char: _kind(char) for char in set(text)}
    spelled = "".join(map(kinds.__getitem__, text))
    beyond = sum(map(spelled.count, "LUPSnN"))
    return 1 - len(_MISFIT.findall(spelled)) / beyond if beyond else 1.0


def _kind(char: str) -> str:
    """A letter for each kind of character; small ones for ASCII."""
    if char < "\x80":
        return "l" if char.islower() else "u" if char.isupper() else " "
    kind = _KINDS.get(category(char), "P" if category(char)[0] == "P" or char in _SIGNS else "S")
    if kind in "LU" and not _LATIN.match(char):
        return "N" if kind == "U" else "n"
    return kind


def _interpolated(curve: tuple[tuple[float, float], ...], similarity: float) -> float:
    at = min(bisect_right(curve, (similarity, 1.0)), len(curve) - 1)
    (x0, y0), (x1, y1) = curve[at - 1], curve[at]
    return y0 + (y1 - y0) * (min(similarity, x1) - x0) / (x1 - x0)
