"""texttool from Python: the names that ``import texttool`` gives."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from texttool import document, linting, pipeline, recipes, rulebook
from texttool.document import Document
from texttool.finding import Finding
from texttool.pipeline import Result

if TYPE_CHECKING:
    from texttool.filters.decode import Detection
    from texttool.filters.dedup import DuplicateGroup


def clean(
    text: str,
    filters: Sequence[str] | None = None,
    *,
    recipe: str | None = None,
    select: Sequence[str] | None = None,
    ignore: Sequence[str] | None = None,
    unsafe: bool = False,
    locale: str = "auto",
) -> Result:
    """Cleans one text. The result has ``.text``, ``.findings()``, ``.edits()`` and ``.origin(at)``.

    ``filters`` are names, in any order: they run in the order of the pipeline. ``select`` and ``ignore`` are rule
    codes or their beginnings; ``recipe`` gives those that suit one kind of text where they are not given. ``locale``
    is whose punctuation the text takes: zh-CN, zh-TW, zh-HK or ja; "auto" finds it from the text. Raises ValueError
    for a name or a code that does not exist.
    """
    chosen = recipes.chosen(recipe, filters, select, ignore)
    return pipeline.run(text, rulebook.rules(*chosen, locale), unsafe=unsafe)


def lint(
    text: str,
    filters: Sequence[str] | None = None,
    *,
    recipe: str | None = None,
    select: Sequence[str] | None = None,
    ignore: Sequence[str] | None = None,
    unsafe: bool = False,
    locale: str = "auto",
) -> list[Finding]:
    """What ``clean`` with the same arguments would change or report, in order of place (code points of ``text``).

    Without ``filters``, rules that only report read the text as the whole pipeline leaves it, whatever is selected.
    """
    if filters is not None or recipe is not None:
        return clean(
            text, filters, recipe=recipe, select=select, ignore=ignore, unsafe=unsafe, locale=locale
        ).findings()
    return linting.findings(text, rulebook.rules(None, select, ignore, locale), unsafe=unsafe)


def detect(data: bytes) -> Detection:
    """The encoding of ``data``: ``.encoding`` (a Python codec name; None: unknown), ``.confidence``, ``.language``."""
    from texttool.filters.decode import detect

    return detect(data)


def decode(data: bytes, encoding: str = "auto") -> Document:
    """The text in ``data``, with all that it takes to write the same bytes again."""
    return document.load(data, encoding=encoding)


def find_duplicates(documents: Mapping[str, str], **options: Any) -> Iterator[DuplicateGroup]:
    """Near copies of whole documents, then passages that stand twice inside one or across ``documents`` (name -> text).

    Groups have ``.kind`` ("document" or "span"), ``.spans`` ((name, start, end) in code points, the one that is kept
    first) and ``.identity`` (the part that agrees). Options: ``min_length`` in folded characters (24), ``identity``
    (0.75), ``similarity`` of documents (0.5), ``keep`` ("first", "longest", "best" or "none"), and ``kinds``, which of
    the two are wanted. Raises ValueError for an option out of range, TypeError for one that does not exist.
    """
    from texttool.filters.dedup import find_duplicates

    return find_duplicates(documents, **options)
