"""Markdown: the prose of paragraphs, headings and list items may be edited; all else is protected.

markdown-it-py says where inline content stands and what of it is code, a link, an image or HTML; it knows lines, not
offsets, so its rules are listened to while they run. Front matter and formulae, which CommonMark does not know, are
found before it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from markdown_it import MarkdownIt

from texttool.edits import Span
from texttool.lines import Lines
from texttool.markup import Marked
from texttool.markup.spans import Closings, blanked, complement

_FRONT = re.compile(
    r"(?:---[ \t]*\n(?:(?!---|\.\.\.)[^\n]*\n)*(?:---|\.\.\.)"
    r"|\+\+\+[ \t]*\n(?:(?!\+\+\+)[^\n]*\n)*\+\+\+)[ \t]*(?:\n|\Z)"
)
# What begins a formula -> what ends it. A single dollar begins one where no blank is behind it, and ends one where none
# is before it and no digit behind, as pandoc reads it: prices are no formulae.
_MATHS = re.compile(r"\$\$|\\\[|\\\(|(?<![\\$])\$(?![\s$])")
_CLOSES = {"$$": "$$", "\\[": "\\]", "\\(": "\\)", "$": "$"}
_COMMENT = "<!--", "-->"
_HEARD = ("backticks", "link", "image", "autolink", "html_inline", "entity", "escape", "newline")
_CODE = ("code_block", "fence")


def read(text: str) -> Marked:
    """What is markup in a Markdown text."""
    front = _FRONT.match(text)
    begin = front.end() if front else 0
    # Line ends of other styles are no line ends here, and no character is replaced: offsets are those of the text.
    source = blanked(text, begin).replace("\r", " ").replace("\0", " ")
    prose, special, code = _parsed(source)
    comments = list(_comments(source, begin, code))
    protected = [*complement(prose, len(text)), *special, *_maths(source, begin, code)]
    protected += [(start, end) for start, end, _ in comments]
    return Marked(protected, comments)


def _maths(source: str, at: int, code: list[Span]) -> Iterator[Span]:
    """Formulae, each closed in the paragraph in which it begins."""
    closings = Closings(source, len(source))
    while (m := _MATHS.search(source, at)) is not None:
        at = m.end()
        if _in(code, m.start()):
            continue
        closer = _CLOSES[m[0]]
        fits = _dollar(closings) if closer == "$" else None
        found = closings.find(closer, at, closings.paragraph(at), fits)
        if found > at:
            at = found + len(closer)
            yield m.start(), at


def _dollar(closings: Closings) -> Callable[[int], bool]:
    text = closings.text

    def closes(at: int) -> bool:
        return not (text[at - 1].isspace() or text[at + 1 : at + 2].isdigit() or closings.escaped(at))

    return closes


def _comments(source: str, at: int, code: list[Span]) -> Iterator[tuple[int, int, str]]:
    """Comments of HTML, and what is written in them."""
    opens, closes = _COMMENT
    closings = Closings(source, len(source))
    while (start := source.find(opens, at)) >= 0:
        at = start + len(opens)
        end = -1 if _in(code, start) else closings.find(closes, at, len(source))
        if end >= 0:
            yield start, end + len(closes), source[at:end]
            at = end + len(closes)


def _parsed(source: str) -> tuple[list[Span], list[Span], list[Span]]:
    """Where inline content stands, what in it is no prose, and what is code."""
    starts = Lines(source).starts
    lines = source.split("\n")
    prose, special, code = list[Span](), list[Span](), list[Span]()
    tables = 0
    for token in _parser().parse(source, {}):
        tables += (token.type == "table_open") - (token.type == "table_close")
        if token.type in _CODE and token.map:
            first, last = token.map
            code.append((starts[first], starts[last] if last < len(starts) else len(source)))
        if token.type != "inline" or not token.map or tables:
            continue
        offsets = _offsets(token.content, token.map[0], lines, starts)
        prose += _allowed(offsets, source)
        for name, start, end in _heard(token.content):
            span = offsets.place(start), offsets.place(end - 1) + 1
            special.append(span)
            if name == "backticks":
                code.append(span)
    return prose, special, sorted(code)


class _Offsets:
    """Where the lines of inline content, from which indents and marks are taken, stand in the source."""

    def __init__(self, content: list[str], starts: list[int]) -> None:
        self.content = content
        self.starts = starts  # in the source, a line each; -1: not found
        self.own = [0]
        for line in content:
            self.own.append(self.own[-1] + len(line) + 1)

    def place(self, at: int) -> int:
        """The source offset of an offset in the content."""
        line = bisect_right(self.own, at) - 1
        return max(self.starts[line], 0) + at - self.own[line]


def _offsets(content: str, first: int, lines: list[str], starts: Any) -> _Offsets:
    inner = content.split("\n")
    found = []
    for number, line in enumerate(inner, first):
        at = lines[number].rfind(line) if number < len(lines) and line else -1
        found.append(starts[number] + at if at >= 0 else -1)
    return _Offsets(inner, found)


def _allowed(offsets: _Offsets, source: str) -> Iterator[Span]:
    """The content as spans of the source; line breaks in it too, where only white space stands before the next line."""
    start = end = -1
    for line, at in zip(offsets.content, offsets.starts, strict=True):
        if at < 0:
            continue
        if end >= 0 and source[end:at].isspace():
            end = at + len(line)
            continue
        if end >= 0:
            yield start, end
        start, end = at, at + len(line)
    if end >= 0:
        yield start, end


def _heard(content: str) -> list[tuple[str, int, int]]:
    """What of inline content is no prose: the rule that read it and its span."""
    heard: list[tuple[str, int, int]] = []
    _parser().inline.parse(content, _parser(), {"heard": heard, "content": content}, [])
    return heard


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark").enable("table").disable(["inline", "text_join"])
    rules = {rule.name: rule.fn for rule in parser.inline.ruler.__rules__}
    for name in _HEARD:
        parser.inline.ruler.at(name, _listening(name, rules[name]))
    return parser


def _listening(name: str, rule: Callable[..., bool]) -> Callable[..., bool]:
    def heard(state: Any, silent: bool) -> bool:
        start, tokens = state.pos, len(state.tokens)
        if not rule(state, silent):
            return False
        # The text of an image is parsed by itself, with other offsets: the image as a whole is told anyway.
        if silent or state.src != state.env.get("content"):
            return True
        if name == "newline":
            if len(state.tokens) > tokens and state.tokens[-1].type == "hardbreak":
                while start and state.src[start - 1] == " ":
                    start -= 1
                state.env["heard"].append((name, start, state.pos))
            return True
        state.env["heard"].append((name, start, state.pos))
        return True

    return heard


def _in(spans: list[Span], at: int) -> bool:
    i = bisect_right(spans, (at, 1 << 62)) - 1
    return i >= 0 and spans[i][0] <= at < spans[i][1]
