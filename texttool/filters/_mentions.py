"""Marks that a text speaks of and does not use: 把“,”改成“，”, 用（;）隔开; and the references of a bibliography.

What stands alone in quotation marks or brackets and is no letter is the subject of the sentence. Three marks are
also speech or doubt when they stand alone (“……”, “？”, （！）): those are mentioned only where a word leads up to them
or says what they mean.
All offsets are code points.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from texttool.edits import Span
from texttool.patterns import compiled
from texttool.presence import holds

# Marks that nobody says: alone between quotation marks they are spoken of. And those that somebody may say.
_MUTE = r"[，。、；：,.;:()（）\[\]【】{}<>《》〈〉\"'‘’＂＇*#@&|/\\+=_^~`·]{1,2}"
_SAID = r"[？！?!…—\-.。]{1,6}"
_CLOSES = '["”]'
# What is said of a mark, and of no speech: “?”表示零次或一次.
_MEANS = "(?:表示|代表|匹配|用于|是指|指的是)"
_QUOTES, _BRACKETS = ("“”", "‘’", "「」", "『』"), ("()", "（）")
# The type of a document behind its title: [J], [M], [EB/OL] (GB/T 7714-2015, which sets a reference in ASCII marks).
_TYPE = compiled(r"\[(?:[JMCDNRSPGZA]|EB|DB|CP)(?:/(?:OL|CD|MT|DK))?\](?=[.,]? ?)")
# The key or the number of a reference: [UNICODE-15].
_KEY = r"\[(?:[0-9]{1,3}|[A-Z][A-Z0-9.\-]{1,30})\] "
_YEAR = compiled(r"(?:19|20)\d\d")


def quoted(text: str) -> Iterator[Span]:
    """The marks with the quotation marks around them, and the lines of references, in no order."""
    for pair in _QUOTES:
        if holds(text, pair[0]):
            yield from (m.span() for m in _alone(pair).finditer(text))
    if holds(text, '"'):
        yield from (m.span() for m in _alone('""').finditer(text) if _opens(text, m.start()))
    if holds(text, "]"):
        yield from _references(text)
        yield from _keyed(text)


def bracketed(text: str) -> Iterator[Span]:
    """The marks with the brackets around them."""
    for pair in _BRACKETS:
        if holds(text, pair[0]):
            yield from (m.span() for m in _alone(pair).finditer(text))


@cache
def _alone(pair: str) -> re.Pattern[str]:
    """A mark, or two, alone between the halves of a pair. First of all no letter stands behind the opening half."""
    opening, closing = map(re.escape, pair)
    if closing in _CLOSES:
        closing = _CLOSES  # one half straight still: the other rules make it the same mention
    said = rf"(?:(?<=[^\W_].|、.)|(?<=[^\W_] .)|(?<=[问問叹嘆][号號][（(].)){_SAID}|{_SAID}(?={closing}{_MEANS})"
    named = r"(?:(?<=[问問叹嘆][号號].)|(?<=[问問叹嘆][号號] .))[?!]"  # its name stands before it
    inside = rf"(?:[，。、；：,.;:\"']|{named})" if pair in _BRACKETS else rf"(?:{_MUTE}|{said})"
    # Straight marks that stand side by side ("+""-") close one mention and open the next: none is inside of another.
    alone = rf"(?!{opening}{{2}}|.{opening}{{2}})" if pair[0] == pair[1] else ""
    return compiled(rf"{opening}{alone}(?![^\W_]){inside}{closing}")


def _opens(text: str, at: int) -> bool:
    """Whether the mark at ``at`` opens: straight ones look alike, and those before it in the line pair off."""
    return text.count('"', text.rfind("\n", 0, at) + 1, at) % 2 == 0


def _references(text: str) -> Iterator[Span]:
    done = 0
    for m in _TYPE.finditer(text):
        if m.start() < done:
            continue
        start, end = text.rfind("\n", done, m.start()) + 1, text.find("\n", m.end())
        done = len(text) if end < 0 else end
        linked = not text.startswith("(", m.end()) and text.find("://", start, done) >= 0  # [A](https://…) is a link
        if linked or _YEAR.search(text, start, done):
            yield start or 0, done


def _keyed(text: str) -> Iterator[Span]:
    """The lines of references that begin with a key in brackets and hold a link, and ASCII full stops alone."""
    first = compiled(_KEY).match(text)
    starts = [0] if first else []
    for start in (*starts, *(m.start() + 1 for m in compiled(rf"\n{_KEY}").finditer(text))):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        if all(text.find(sign, start, end) >= 0 for sign in ("://", ". ")) and text.find("。", start, end) < 0:
            yield start, end
