"""HTML: the text of elements may be edited; tags, comments, references, links, code and formulae are protected."""

from __future__ import annotations

from html.parser import HTMLParser

from texttool.edits import Span
from texttool.lines import Lines
from texttool.markup import Marked
from texttool.markup.spans import complement

# Elements whose text is no prose, or must stay as it is laid out.
_KEPT = frozenset(
    ("a", "code", "kbd", "samp", "var", "tt", "pre", "script", "style", "textarea", "math", "svg", "template", "object")
)


def read(text: str) -> Marked:
    """What is markup in a text of HTML."""
    parser = _Parser(text)
    end = text.rfind(">") + 1  # no tag is complete behind it, and the parser would look for one from every place
    parser.feed(text[:end])
    parser.close()
    parser.mark("other" if parser.kept else "text", end)
    parser.mark("end", len(text))
    prose = (parser.trimmed(start, end) for start, end in parser.prose)
    return Marked(list(complement((span for span in prose if span[0] < span[1]), len(text))), parser.comments)


class _Parser(HTMLParser):
    """Notes where each piece begins: what it is ends where the next one begins."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=False)
        self.text = text
        self.starts = Lines(text).starts
        self.prose: list[Span] = []
        self.comments: list[tuple[int, int, str]] = []
        self.kept: list[str] = []  # the open elements whose text is kept
        self.last = ("other", 0, "")

    def mark(self, kind: str, at: int | None = None, data: str = "") -> None:
        """A piece begins, here or at an offset."""
        if at is None:
            line, column = self.getpos()
            at = self.starts[line - 1] + column
        before, start, said = self.last
        if before == "text":
            self.prose.append((start, at))
        elif before == "comment":
            self.comments.append((start, at, said))
        self.last = (kind, at, data)

    def trimmed(self, start: int, end: int) -> Span:
        """A span without the white space at its ends, which belongs to the tags there."""
        piece = self.text[start:end]
        return start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002
        """``<a …>``."""
        self.mark("other")
        if tag in _KEPT:
            self.kept.append(tag)

    def handle_startendtag(self, tag: str, attrs: object) -> None:  # noqa: ARG002
        """``<br/>``."""
        self.mark("other")

    def handle_endtag(self, tag: str) -> None:
        """``</a>``: what was left open inside ends with it."""
        self.mark("other")
        if tag in self.kept:
            while self.kept.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:  # noqa: ARG002
        """Text."""
        self.mark("other" if self.kept else "text")

    def handle_comment(self, data: str) -> None:
        """``<!-- … -->``."""
        self.mark("comment", data=data)

    def handle_entityref(self, name: str) -> None:  # noqa: ARG002
        """``&amp;``."""
        self.mark("other")

    def handle_charref(self, name: str) -> None:  # noqa: ARG002
        """``&#38;``."""
        self.mark("other")

    def handle_decl(self, decl: str) -> None:  # noqa: ARG002
        """``<!doctype …>``."""
        self.mark("other")

    def handle_pi(self, data: str) -> None:  # noqa: ARG002
        """``<?…>``."""
        self.mark("other")

    def unknown_decl(self, data: str) -> None:  # noqa: ARG002
        """``<![CDATA[…]]>``."""
        self.mark("other")
