"""Names of encodings as people write them: whether there is such a codec, and which one was meant."""

from __future__ import annotations

import codecs

from texttool.filters.decode.codecs import text_codec, to_text

_FREQUENT = "utf-8, utf-16, gbk, gb18030, big5, shift_jis, euc-jp, euc-kr, latin-1"


def fault(name: str) -> str:
    """What is wrong with the name of an encoding, and the nearest that reads texts; empty where nothing is.

    Names are those that Python's registry of codecs knows. A codec that refuses the handling of errors that keeps every
    byte (``idna``, ``punycode``, ``undefined``) reads no texts.
    """
    try:
        to_text(b"a", text_codec(name))
    except UnicodeError:
        return f"encoding {name!r} does not read texts"
    except (LookupError, ValueError):  # ValueError: a NUL in the name
        near = _near(name)
        return f"unknown encoding {name!r}" + (f"; did you mean {near!r}?" if near else f" (some are {_FREQUENT})")
    return ""


def _near(name: str) -> str:
    """The codec with the name or alias that is written most like ``name``; empty where none comes near."""
    from difflib import get_close_matches
    from encodings.aliases import aliases

    written = name.lower().replace("-", "_").replace("windows_", "cp")
    for near in get_close_matches(written, {*aliases, *aliases.values()}, n=5):
        if not _unfit(near):
            return codecs.lookup(near).name
    return ""


def _unfit(name: str) -> bool:
    """Whether a codec that Python lists is not there (those of Windows), or is none for texts."""
    try:
        text_codec(name)
    except LookupError:
        return True
    return False
