"""Paragraphs that end in mid-sentence, and pages that are lost between two of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache

from texttool.edits import Edits, Span
from texttool.filters._tables import compiled
from texttool.filters.structure.enumeration import opening_kind
from texttool.filters.structure.report import Finding, reported
from texttool.together import Together

CUT_OFF, UNFINISHED = "ST301", "ST302"
_BLANK = re.compile(r"\n[ \t\u3000]*\n\s*")
_LINE = re.compile(r"(?<![，、,])\n\s*")  # behind a comma the line, of verse or wrapped, goes on
# A body paragraph has a sentence in it; a heading, a caption, a signature has none.
_SENTENCE = re.compile("[。！？]")
_CLAUSE = re.compile("[，,；;：:]")
_PARTED = re.compile("[，,；;]")  # what no heading has; a colon stands in many
_STOP = re.compile("[。！？；，、：,;:]")
_ENDED = re.compile("[。！？；…：][”’」』）]*\\Z")
# The items of a list with bullets need no full stop.
_BULLETS = "●○•■□▲△◆◇★☆"
# A line of verse or a heading of two clauses is shorter than so many characters; a paragraph of prose that another
# line follows hardly ever is.
_SHORT = 16
_NEXT_LINE = re.compile(r"[ \t\u3000]*\n[ \t\u3000]*\S")
# How much of the unfinished clause a finding shows.
_SHOWN = 20
_CLOSING = "”’」』）〕】》〉"
# What opens the line or the words that name a source: ——《故乡》.
_DASHES = ("—", "─", "－－", "--")
_QUOTES = tuple("“‘「『")
_BLANKS = 8  # that may stand at a line end
_OPEN = "[{cjk}，、,（《“‘「『]"


def unfinished(text: str) -> dict[str, Edits]:
    """Findings by code: the last clause of each paragraph that lacks its full stop.

    It is cut off where the next paragraph goes on as running text and opens no item: then something is lost between
    the two, and the finding is related to the other side of the gap.
    """
    found: dict[str, list[Finding]] = {CUT_OFF: [], UNFINISHED: []}
    blocks = list(paragraphs(text))
    is_open = _open_end().match
    open_ends = [i for i, (_, end) in enumerate(blocks) if is_open(text, end - 1)]
    finished = cache(lambda: _finished_kinds(text, blocks, open_ends))
    for i in open_ends:
        start, end = blocks[i]
        if not _body(text, start, end, finished) or _apart(text, start, end) or _among_titles(text, blocks, i):
            continue
        follows = blocks[i + 1] if i + 1 < len(blocks) else None
        if follows and text[end - 1] in "，," and text.startswith(_QUOTES, follows[0]):
            continue  # words that lead in a quotation, which is a paragraph of its own
        if _displayed().match(text, end):
            continue  # the sentence goes on with a command or an example
        if follows and _goes_on(text, *follows):
            found[CUT_OFF].append((_last_clause(text, start, end), _first_clause(text, *follows)))
        else:
            found[UNFINISHED].append((_last_clause(text, start, end), None))
    return {code: reported(text, findings) for code, findings in found.items() if findings}


def sieve(together: Together) -> list[int]:
    """The numbers of the texts with a line that ends no sentence, or in a space: the last one of a paragraph may."""
    return together.holding(m.start() for m in _open_line().finditer(together.text))


def paragraphs(text: str) -> Iterator[Span]:
    """The spans of paragraphs without the white space around them: blocks between blank lines.

    In a text without blank lines each line is one, if at least half of the lines end as sentences do; else the
    lines are wrapped or verse, and the text is one paragraph.
    """
    gaps = _BLANK if _BLANK.search(text) else _LINE if _lines_are_paragraphs(text) else None
    start = len(text) - len(text.lstrip())
    stop = len(text.rstrip())
    if stop <= start:
        return
    for m in gaps.finditer(text, start, stop) if gaps else ():
        end = m.start()
        while text[end - 1].isspace():
            end -= 1
        yield start, end
        start = m.end()
    yield start, stop


def _lines_are_paragraphs(text: str) -> bool:
    return 2 * len(re.findall(r"[。！？…”’」』）](?=[ \t\u3000]*\n)", text)) >= text.count("\n") > 0


def _body(text: str, start: int, end: int, finished: Callable[[], frozenset[str]]) -> bool:
    """Whether a paragraph should end in a full stop: it is running text, or an item of a kind that does."""
    if text[start] in _BULLETS or (end - start < _SHORT and _NEXT_LINE.match(text, end)):
        return False
    if _SENTENCE.search(text, start, end):
        return True
    kind = opening_kind(text, start) if _CLAUSE.search(text, start, end) else ""
    return kind != "" and kind in finished()


def _among_titles(text: str, blocks: list[Span], i: int) -> bool:
    """Whether a paragraph without a sentence is an item, and so are those beside it, which have no full stop either."""
    start, end = blocks[i]
    kind = "" if _SENTENCE.search(text, start, end) else opening_kind(text, start)
    beside = [span for span in blocks[max(0, i - 1) : i + 2] if span != blocks[i]]
    return kind != "" and all(opening_kind(text, at) == kind and not _ENDED.search(text, at, to) for at, to in beside)


def _apart(text: str, start: int, end: int) -> bool:
    """Whether what stands behind the last sentence of a paragraph is no sentence, or the paragraph is verse.

    The name of a source behind a dash, a heading or a signature on a line of its own need no full stop. Where a line
    ends without any mark and another follows, the lines are those of a poem or of a table; a few words behind a line
    that ends in a colon are an item of a list or a heading.
    """
    line = text.rfind("\n", start, end)
    above = text[max(start, line - _BLANKS) : line].rstrip()[-1:] if line >= 0 else ""
    if above.isalnum() or (above and above in "：:" and not _CLAUSE.search(text, line, end)):
        return True
    stop = max(text.rfind(mark, start, end) for mark in "。！？…")
    rest = text[max(stop + 1, start) : end].lstrip(_CLOSING)
    tail = rest.lstrip()
    if tail.startswith(_DASHES) or text[max(line + 1, start) : end].lstrip().startswith(_DASHES):
        return True
    return "\n" in rest[: len(rest) - len(tail)] and not _PARTED.search(tail)


def _finished_kinds(text: str, blocks: list[Span], open_ends: list[int]) -> frozenset[str]:
    """The kinds of item of which three or more, and three out of four, end in a full stop."""
    every = Counter(opening_kind(text, start) for start, _ in blocks)
    unended = Counter(opening_kind(text, blocks[i][0]) for i in open_ends)
    return frozenset(kind for kind, n in every.items() if kind and n - unended[kind] >= max(3, 0.75 * n))


def _goes_on(text: str, start: int, end: int) -> bool:
    """Whether a paragraph is running text that opens nothing."""
    return not opening_kind(text, start) and bool(_SENTENCE.search(text, start, end))


def _last_clause(text: str, start: int, end: int) -> Span:
    base = max(start, end - _SHOWN)
    stops = [m.end() for m in _STOP.finditer(text, base, end - 1)]
    return (stops[-1] if stops else base), end


def _first_clause(text: str, start: int, end: int) -> Span:
    stop = _STOP.search(text, start, min(end, start + _SHOWN))
    return start, stop.end() if stop else min(end, start + _SHOWN)


@cache
def _open_end() -> re.Pattern[str]:
    """A last character that ends no sentence."""
    return compiled(_OPEN)


@cache
def _displayed() -> re.Pattern[str]:
    """A line end, and a line without a Chinese letter, of two words, a path or an option."""
    return compiled(
        r"[^\S\n]*+\n\s*+[\[<(\"'#$%/\\~.\-]{0,4}"
        r"[A-Za-z0-9](?=[^\n]*[ /=\-])(?=[^\n]*[A-Za-z])[^{cjk}，。\n]*+(?:\n|\Z)"
    )


@cache
def _open_line() -> re.Pattern[str]:
    """The end of a line behind such a character, or behind a space."""
    return compiled(rf"\n(?<=(?:{_OPEN}|[^\S\n])\n)")
