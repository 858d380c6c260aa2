"""Markup: what of a document is code, links, front matter, formulae or syntax, which no rule edits; its comments.

A format is known by the suffix of the file's name. Its parser is imported for files of that format only.
"""

from __future__ import annotations

import os
from importlib import import_module
from typing import NamedTuple

from texttool.edits import Span

# suffix -> the module here that reads the format
_FORMATS = {
    **dict.fromkeys((".md", ".markdown", ".mdown", ".mkd", ".mdx", ".rmd", ".qmd"), "markdown"),
    **dict.fromkeys((".html", ".htm", ".xhtml", ".xht"), "html"),
    **dict.fromkeys((".tex", ".ltx", ".latex"), "tex"),
}


class Marked(NamedTuple):
    """Spans (code points) that are protected, and the comments: each with its span and what is written in it."""

    protected: list[Span]
    comments: list[tuple[int, int, str]]


def format_of(path: str) -> str | None:
    """The format of a file by its name; None for plain text."""
    return _FORMATS.get(os.path.splitext(path)[1].lower())  # noqa: PTH122 - it is asked of every file


def marked(text: str, kind: str) -> Marked:
    """What is markup in a text of a format that ``format_of`` gave."""
    read: Marked = import_module(f"texttool.markup.{kind}").read(text)
    return read
