"""The repair of a line that was decoded with the wrong codec: the reading that is likelier by far, if there is one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple

from texttool.filters.decode.frequency import ALPHABETS, LANGUAGES, beyond_ascii, costs, price
from texttool.filters.decode.segments import segments
from texttool.filters.mojibake.mispairs import DOUBLE, RIGHT, SAME, SINGLE, bytes_of, runs, text_of

ROUNDS = 3  # text is seldom misread more than twice
# Tenths of a nat: what a repair must save. Text that a wrong codec made by chance what another would make of other text
# is as rare as e^6 to one where the bytes prove themselves (UTF-8), and e^8 where any bytes are text of some kind.
_MARGIN = {"utf-8": 60}
_MARGIN_ELSE = 80
# What a repaired run may cost on average per character beyond ASCII, to be text.
_TEXT = 95
_TRAILS = 0.25  # characters whose second byte is ASCII, of all: a third in Big5, fewer in Shift_JIS
_ANY = (*LANGUAGES, ALPHABETS)
# Chinese costs 55 to 70 a character on average, terms and names up to 90; what bytes of other text make as ideographs
# costs 95 and up, as Latin letters 80, and kana may be what was left whole.
_FAIR = 75
_FAIR_IDEOGRAPHS = 90
_NO_IDEOGRAPH = re.compile("[\x80-\u200f\u2030-\u2dff\u3041-\u30fa\uac00-\uff00\uff61-\uffef]")
# Two characters of UTF-8 on end. What begins with a class is looked for by it alone, ten times as fast as a group.
_RUN = re.compile(rb"[\xe0-\xef][\x80-\xbf]{2}(?:[\xe0-\xef][\x80-\xbf]{2})+")
# In a line of so many code points, two characters of UTF-8 that read as text stand by chance in one of 50 of random
# ideographs, and three in one of thousands. To look at each such line for long would make long ones take minutes.
_LONG = 1000
_LONG_RUN = re.compile(rb"[\xe0-\xef][\x80-\xbf]{2}(?:[\xe0-\xef][\x80-\xbf]{2}){2,}")
_THREE = re.compile(rb"[\xe0-\xef][\x80-\xbf]{2}")
_PROOF = 3
_CODE = {"gbk": "gb18030", "ms932": "cp932"}  # the code that bytes of another one are read in as well
_LOST = re.compile("[\udc80-\udcff]")
_BOXES = re.compile("[\u2500-\u259f]")
_UTF8 = re.compile(rb"(?:[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3})+")


class Repair(NamedTuple):
    """A line made whole, and the code that its bytes were in."""

    text: str
    right: str


class _Option(NamedTuple):
    cost: int
    text: str
    right: str


def repaired(line: str) -> Repair | None:
    """The line as it was before it was misread, up to ROUNDS times; None where it reads best as it stands."""
    found: Repair | None = None
    for _ in range(ROUNDS):
        better = None if _reads_well(line) else _better(line)
        if better is None:
            break
        found, line = better, better.text
    return found


def _reads_well(line: str) -> bool:
    """Whether the line is fair Chinese without a run of misread UTF-8: a cheap test that spares most lines the rest."""
    beyond = beyond_ascii(line)
    most = limit(line) * len(beyond)
    fair = any(sum(map(costs(name).__getitem__, beyond)) <= most for name in ("zh-Hans", "zh-Hant"))
    return fair and not holds_utf8(line.encode("gb18030", "replace"))


def limit(line: str) -> int:
    """What a character beyond ASCII may cost on average in a line that is fair Chinese."""
    return _FAIR if _NO_IDEOGRAPH.search(line) else _FAIR_IDEOGRAPHS


def holds_utf8(data: bytes, run: re.Pattern[bytes] = _RUN) -> bool:
    """Whether there are characters of UTF-8 on end among these bytes that read as text."""
    texts = (match[0].decode("utf-8", "ignore") for match in run.finditer(data))
    return any(price(text)[0] <= _TEXT * len(text) for text in texts if text)


def _better(line: str) -> Repair | None:
    proven = _proven(line)
    if proven:
        return Repair(proven, "utf-8")
    options = list(_options(line))
    if not options:
        return None
    now, _ = price(line, _ANY)
    good = [o for o in options if o.cost + _MARGIN.get(o.right, _MARGIN_ELSE) < now]
    best = min(good, default=None)
    return Repair(best.text, best.right) if best else None


def _proven(line: str) -> str:
    """The line if all of it is misread UTF-8, three characters of three bytes or more: no chance does that."""
    for wrong in DOUBLE:
        data = bytes_of(line, wrong)
        if data and len(_THREE.findall(data)) >= _PROOF:
            for text, _ in _whole(data, ("utf-8",)):
                return text
    for wrong in SINGLE:
        spans = list(runs(line, wrong))
        pieces = [bytes_of(line[start:end], wrong) or b"\xff" for start, end in spans]
        if sum(len(_THREE.findall(piece)) for piece in pieces) >= _PROOF and all(map(_is_utf8, pieces)):
            return _spliced(line, wrong, spans)
    return ""


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _options(line: str) -> Iterator[_Option]:
    """Every reading of the line, or of runs of it, that other codecs could have had, priced."""
    seen: set[str] = {line}
    for text, right in _readings(line):
        if text not in seen and text.count("\ufffd") <= line.count("\ufffd"):
            seen.add(text)
            yield _Option(price(text, _ANY)[0], text, right)


def _readings(line: str) -> Iterator[tuple[str, str]]:
    known: set[tuple[str, bytes]] = set()  # codes that are one have mostly spelled the line alike
    for wrong in DOUBLE:
        data = bytes_of(line, wrong)
        if data is not None and (_CODE.get(wrong, wrong), data) not in known:
            known.add((_CODE.get(wrong, wrong), data))
            yield from _whole(data, [right for right in RIGHT if right not in SAME[wrong]])
            yield from _partly(data, wrong, _LONG_RUN if len(line) >= _LONG else _RUN)
    for wrong in SINGLE:
        spans = list(runs(line, wrong))
        if spans:
            yield _spliced(line, wrong, spans), "utf-8"
        for start, end in spans:
            data = bytes_of(line[start:end], wrong)
            for text, right in _whole(data, RIGHT[1:]) if data else ():
                if not _is_western(line[start:end], text):
                    yield line[:start] + text + line[end:], right


def _whole(data: bytes, rights: list[str] | tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """``data`` in each code that can read all of it and makes text of it."""
    for right in rights:
        try:
            text = data.decode(right)
        except UnicodeDecodeError:
            continue
        beyond = beyond_ascii(text)
        if len({*beyond}) >= 2 and price(beyond)[0] <= _TEXT * len(beyond):
            yield text, right


def _is_western(line: str, text: str) -> bool:
    """Whether ``text``, read from ``line``, has taken Western words for Asian text.

    Accented letters stand among small letters: where codes of two bytes take some of those for second bytes, and
    nothing else of ASCII, they were words. The second bytes of Big5 and Shift_JIS are capitals and signs as well.
    """
    taken = Counter(filter(str.isascii, line)) - Counter(filter(str.isascii, text))
    beyond = len(text) - len(text.encode("ascii", "ignore"))
    return taken.total() >= _TRAILS * beyond and all(map(str.islower, taken))


def _partly(data: bytes, wrong: str, run: re.Pattern[bytes]) -> Iterator[tuple[str, str]]:
    """``data`` with those runs of it in UTF-8 that read as text so, where there is such a ``run``."""
    if not holds_utf8(data, run):
        return
    found = segments(data, (_CODE.get(wrong, wrong), "utf-8"))
    text = "".join(segment.text for segment in found)
    if len(found) > 1 and not _LOST.search(text):
        yield text, "utf-8"


def _closes(signs: str) -> bool:
    """Whether these are a letter and the closing mark behind it, with the space that French sets there."""
    return signs[1:] == "\xa0\xbb"


def _spliced(line: str, wrong: str, spans: list[tuple[int, int]]) -> str:
    """The line with the sequences of UTF-8 in these runs decoded."""
    pieces: list[str] = []
    at = 0
    for start, end in spans:
        data = bytes_of(line[start:end], wrong)
        if data is None:
            continue
        pieces += line[at:start], _decoded(data, wrong)
        at = end
    return "".join((*pieces, line[at:]))


def _decoded(data: bytes, wrong: str) -> str:
    """``data`` with its sequences of UTF-8 decoded, the rest as it stood."""
    kept: list[str] = []
    made: list[str] = []
    at = 0
    for match in _UTF8.finditer(data):
        try:
            text = match[0].decode("utf-8")
        except UnicodeDecodeError:  # too long a spelling, or a surrogate
            continue
        if len(text) == 1 and ("\u0180" <= text < "\u0800" or _closes(text_of(match[0], wrong))):
            continue  # a lone letter of another alphabet: a chance of two signs; or the end of a French quotation
        kept.append(text_of(data[at : match.start()], wrong))
        made.append(text)
        at = match.end()
    kept.append(text_of(data[at:], wrong))
    if _BOXES.search("".join(kept)):  # a drawing, in which a corner and a line chance to be UTF-8
        return text_of(data, wrong)
    return "".join(chain.from_iterable(zip(kept, [*made, ""], strict=True)))
