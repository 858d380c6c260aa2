"""Forms of a mark or a letter that stand for another: titles inside titles, full-width letters and digits."""

from __future__ import annotations

from collections.abc import Iterator

from texttool.edits import Edit
from texttool.filters._literals import leftmost
from texttool.filters._protected import protected
from texttool.patterns import compiled
from texttool.rule import NARROW
from texttool.together import Together

# A title with one or more titles in it, on one line: 《…《…》…》.
_TITLE = compiled(r"《[^《》\n]*(?:《[^《》\n]*》[^《》\n]*)+》")
_HALF = compiled("[《》]")
_INNER = {"《": "〈", "》": "〉"}
# A mark set twice; 。。。 is an ellipsis.
_REPEATED = {2 * mark: 2 * mark + "+" for mark in "，、；："} | {"。。": "。。(?<!。。。)(?!。)"}
# Full-width letters and digits with what belongs to a time, a number or a code between them, behind all that is none.
# A run of what is none is passed over at twice the speed of a search, and the range that most text is in stands first.
_WIDE = (
    "[\x00-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\U0010ffff]*+"
    r"(?:([０-９Ａ-Ｚａ-ｚ](?:[０-９Ａ-Ｚａ-ｚ]|[．：／](?<=[０-９].)(?=[０-９])|[－＿](?=[０-９Ａ-Ｚａ-ｚ]))*(?:％(?<=[０-９]％))?)|\Z)"
)


def titles(text: str) -> Iterator[Edit]:
    """Edits that put single title marks for the double ones inside a title."""
    spans = protected(text)
    for m in _TITLE.finditer(text):
        if m.start() in spans:
            continue
        for half in _HALF.finditer(text, m.start() + 1, m.end() - 1):
            yield (*half.span(), _INNER[half[0]])


def with_titles(together: Together) -> list[int]:
    """The numbers of the texts with a title in a title."""
    return together.holding(m.start() for m in _TITLE.finditer(together.text))


def repeated(text: str) -> Iterator[Edit]:
    """Edits that put one mark for two or more of a kind that stands alone."""
    spans = protected(text)
    return ((*m.span(), m[0][0]) for m in leftmost(text, _REPEATED) if m.start() not in spans)


def with_repeated(together: Together) -> list[int]:
    """The numbers of the texts with a mark set twice."""
    return together.with_any(_REPEATED)


def narrow(text: str) -> Iterator[Edit]:
    """Edits that put ASCII letters and digits for full-width ones."""
    for m in compiled(_WIDE).finditer(text):
        if m[1] and m.start(1) not in protected(text):
            yield (*m.span(1), m[1].translate(NARROW))


def with_wide(together: Together) -> list[int]:
    """The numbers of the texts with full-width letters or digits."""
    return together.holding(m.start(1) for m in compiled(_WIDE).finditer(together.text) if m[1])
