"""What language a text with ideographs is in, as far as punctuation differs."""

from __future__ import annotations

import re
from functools import lru_cache

_FOREIGN = re.compile("[ぁ-ゖァ-ヺ가-힣]+")
_HAN = re.compile("[\u3400-\u9fff]+")
# What stands in title marks, which Chinese sets and Japanese hardly does, is quoted and says nothing about the text.
_TITLE = re.compile("[《〈][^《》〈〉\n]*[》〉]")
# Japanese prose is half kana and Korean nearly all hangul; a Chinese text that names a Japanese film has a few. One
# such letter to five ideographs lies between, far from both.
_SHARE = 5


# Some letter of these stands in every Japanese or Korean text; where all are absent there is nothing to count.
_COMMON = "のはをにがンー이다는"


@lru_cache(maxsize=1)
def is_foreign(text: str) -> bool:
    """Whether the text is Japanese or Korean: its marks do not follow GB/T 15834."""
    if not any(map(text.__contains__, _COMMON)):
        return False
    text = _TITLE.sub("", text)
    foreign = _length(_FOREIGN, text)
    return _SHARE * foreign >= _length(_HAN, text)


# Common characters that only one of the two scripts has, in pairs.
_TRADITIONAL, _SIMPLIFIED = "這個們說時會國來對沒後過為還", "这个们说时会国来对没后过为还"


def is_traditional(text: str) -> bool:
    """Whether the text is in traditional script, by common characters; where neither script shows it is not."""
    return sum(map(text.count, _TRADITIONAL)) > sum(map(text.count, _SIMPLIFIED))


def _length(letters: re.Pattern[str], text: str) -> int:
    return sum(map(len, letters.findall(text)))
