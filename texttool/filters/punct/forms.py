"""Forms of a mark or a letter that stand for another: titles inside titles, full-width letters and digits."""

from __future__ import annotations

import re
from collections.abc import Iterator

from texttool.edits import Edit
from texttool.filters._literals import leftmost
from texttool.filters._protected import protected
from texttool.rule import NARROW

# A title with one or more titles in it, on one line: 《…《…》…》.
_TITLE = re.compile(r"《[^《》\n]*(?:《[^《》\n]*》[^《》\n]*)+》")
_HALF = re.compile("[《》]")
_INNER = {"《": "〈", "》": "〉"}
# A mark set twice; 。。。 is an ellipsis.
_REPEATED = {mark: 2 * mark + "+" for mark in "，、；："} | {"。": "。。(?<!。。。)(?!。)"}
# Full-width letters and digits with what belongs to a time, a number or a code between them.
_WIDE = re.compile(
    r"[０-９Ａ-Ｚａ-ｚ](?:[０-９Ａ-Ｚａ-ｚ]|[．：／](?<=[０-９].)(?=[０-９])|[－＿](?=[０-９Ａ-Ｚａ-ｚ]))*(?:％(?<=[０-９]％))?"
)


def titles(text: str) -> Iterator[Edit]:
    """Edits that put single title marks for the double ones inside a title."""
    spans = protected(text)
    for m in _TITLE.finditer(text):
        if m.start() in spans:
            continue
        for half in _HALF.finditer(text, m.start() + 1, m.end() - 1):
            yield (*half.span(), _INNER[half[0]])


def repeated(text: str) -> Iterator[Edit]:
    """Edits that put one mark for two or more of a kind that stands alone."""
    spans = protected(text)
    return ((*m.span(), m[0][0]) for m in leftmost(text, _REPEATED) if m.start() not in spans)


def narrow(text: str) -> Iterator[Edit]:
    """Edits that put ASCII letters and digits for full-width ones."""
    if len(text) > _LONG and not _holds_wide(text):
        return iter(())
    spans = protected(text)
    return ((*m.span(), m[0].translate(NARROW)) for m in _WIDE.finditer(text) if m.start() not in spans)


_LONG = 1 << 16  # characters: in shorter texts one look is enough
_MARKS = "，："  # nearly every text that has full-width marks has one of these


def _holds_wide(text: str) -> bool:
    """Whether the text may hold a full-width form: a few operations on all of it, a fourth of what a set costs."""
    if any(map(text.__contains__, _MARKS)):
        return True
    return _PAGE in text.encode("utf-16-le", "surrogatepass")[1::2]


_PAGE = 0xFF  # the upper half of their code points
