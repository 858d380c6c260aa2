"""Rows of comma-separated values: neighbouring lines with the same number of separators.

Lines of prose may have the same number of commas too. Rows show themselves by a column that holds no letter of Chinese
in any of them (numbers, dates, codes), or by filling a block, with two separators or more, in which nothing ends
a sentence and the lines are not all of one length, as those of verse and of a narrow column are. In a table of Markdown
the cells are prose, and only what parts them is notation.

Most texts have neither: a look is taken first at where a row of either kind may be.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise, repeat

from texttool.edits import Span
from texttool.filters._starts import CELL, FIRST_VALUE, starts
from texttool.patterns import compiled
from texttool.presence import held, most

_ROWS = 3  # two lines with as many commas are met by chance
_SEPARATORS = ",;\t|"
_SELDOM = 400  # characters for each separator: a few lines of prose; to go back from one takes as long as to read those
_QUOTED = compiled(r'"[^"\n]*+"')
_ENDS = tuple(".。?？!！;；:：")


def rows(text: str) -> Iterator[Span]:
    """Runs of rows of a table (code points), each from the start of its first line to the end of its last."""
    separators = held(text, _SEPARATORS)
    if not separators or text.find("\n", text.find("\n") + 1) < 0:  # a line or two
        return
    seeds = _seeds(text, separators)
    for separator in separators if seeds else ():
        done = -1
        for at in seeds:
            if at > done:
                run = _Run(text, at, done + 1, separator)
                done = run.end
                if run.is_table():
                    yield run.start, run.end


def _seeds(text: str, separators: list[str]) -> list[int]:
    """Where lines begin that may be rows: the first of a block or of the text, the second of two with a value in them.

    A value is the span of a cell, with the mark in front of it.
    """
    firsts = {0} if compiled(_THREE).match(text) else set[int]()
    values = [m.span() for mark in separators for m in _value(mark).finditer(text)]
    values += (m.span() for m in map(compiled(FIRST_VALUE).match, repeat(text), starts(text)) if m)
    few = most(text, separators) * _SELDOM < len(text)
    firsts.update(_below_blank(text, separators) if few else (m.end() for m in compiled(_BEHIND_BLANK).finditer(text)))
    return sorted(firsts.union(_second_rows(text, sorted(values))))


def _below_blank(text: str, separators: list[str]) -> Iterator[int]:
    """As ``_BEHIND_BLANK``, from each separator: where they are few, most paragraphs need not be read to their end."""
    for mark in separators:
        end = -1
        for m in re.finditer(re.escape(mark), text):
            if m.start() > end:
                start, end = _line_start(text, m.start()), _line_end(text, m.end())
                above = _line_start(text, start - 1) if start else 0
                if above and not text[above : start - 1].strip(" \u3000") and compiled(_BLOCK).match(text, start):
                    yield start


def _second_rows(text: str, values: list[Span]) -> Iterator[int]:
    """Where lines begin that have a value, as the line above has."""
    last = end = -1  # the last line with a value in it: whether there is one, and where it ends
    for at, stop in values:
        if at < end:
            continue
        start, before = _line_start(text, stop - 1), end
        end = _line_end(text, stop)
        if last >= 0 and start == before + 1:
            yield start
        last = start


class _Run:
    """Neighbouring lines with as many separators as the line at ``at`` has; none begins before ``floor``."""

    def __init__(self, text: str, at: int, floor: int, separator: str) -> None:
        self.text, self.start, self.end = text, at, _line_end(text, at)
        self._separator = separator
        self.lines = [_bare(text[at : self.end])]
        self._count = self.lines[0].count(separator)
        if self._count:
            self._grow(floor)

    def _grow(self, floor: int) -> None:
        text, above = self.text, list[str]()
        while self.start > floor and self._fits(
            line := text[(at := _line_start(text, self.start - 1)) : self.start - 1]
        ):
            above.append(_bare(line))
            self.start = at
        while self.end < len(text) and self._fits(line := text[self.end + 1 : (end := _line_end(text, self.end + 1))]):
            self.lines.append(_bare(line))
            self.end = end
        self.lines[:0] = reversed(above)

    def _fits(self, line: str) -> bool:
        return _bare(line).count(self._separator) == self._count

    def is_table(self) -> bool:
        """Whether the lines are rows."""
        if len(self.lines) < _ROWS or not self._count or any(line.rstrip().endswith(_ENDS) for line in self.lines):
            return False
        if self._separator == "|" and any(map(_RULE.fullmatch, self.lines)):
            return False
        cells = [[cell.strip() for cell in line.split(self._separator)] for line in self.lines]
        body = cells[1:]  # the first row may be a head of words
        if any(all(map(_is_value, column)) for column in zip(*body, strict=True)):
            return True
        ragged = any(len(a) != len(b) for a, b in pairwise(self.lines))
        return self._count > 1 and ragged and self._alone() and all(all(row) for row in cells)

    def _alone(self) -> bool:
        """Whether blank lines, or the edges of the text, stand on either side."""
        text = self.text
        above = text[_line_start(text, self.start - 1) : self.start] if self.start else ""
        return not above.strip() and not text[self.end + 1 : _line_end(text, self.end + 1)].strip()


def _bare(line: str) -> str:
    """The line, each string in it as long as before and without anything that separates."""
    return _QUOTED.sub(lambda m: '"' * len(m[0]), line) if '"' in line else line


def _is_value(cell: str) -> bool:
    """Whether a cell holds something, and no letter beyond Latin-1."""
    return cell != "" and not _LETTER.search(cell)


def _line_start(text: str, at: int) -> int:
    return text.rfind("\n", 0, at) + 1


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end


# The line under the head of a table of Markdown, whose cells hold prose: |---|:---:|.
_RULE = compiled(r"[ \t]*\|[ \t]*:?-+[-:| \t]*\|[ \t]*")
_LETTER = compiled(r"[^\W\x00-\xff]")
# A line with a separator, and where it goes on to the next.
_ROW = r"[^\n,;\t|]*+[,;\t|][^\n]*+"
_THREE = rf"{_ROW}\n{_ROW}\n{_ROW}"
# A blank line that parts a block of lines from what is above: a line with two separators and two more with one.
_BLOCK = rf"(?=[^\n,;\t|]*+[,;\t|]{_THREE})"
_BEHIND_BLANK = rf"\n[ \u3000]*+\n{_BLOCK}"


@cache
def _value(separator: str) -> re.Pattern[str]:
    """A cell that holds a value, behind a separator."""
    return compiled(rf"{re.escape(separator)}{CELL}(?=[,;\t|]|$)", re.MULTILINE)
