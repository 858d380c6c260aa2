"""What stands on either side of a mark, in the words that ``rules/punctuation.toml`` uses.

``chinese``  a Chinese letter, or a mark that belongs to it; on the left a closing ASCII mark behind one counts too
``spaced``   on the right: the same behind one space
``end``      on the right: the line ends
``wrapped``  on the left: the line begins, and the one before ended in a Chinese letter
``bracket``  the near half of a pair of brackets or quotation marks
``unit``     on the left: a percent sign or a bracket of a formula
``other``    anything else
"""

from __future__ import annotations

from collections.abc import Callable, Container
from functools import cache

from texttool.filters._tables import compiled
from texttool.rulebook import load

# Blanks that a line may carry at its end, or before its first word.
_BLANKS = 4
# Marks that Latin text has too: the letter beyond them decides.
_SHARED = "“”‘’…—"
_SHUT = _SHARED + ")\"']%"
_STOPS = "。，、；：？！"
# How many of them may pile up at one place.
_PILE = 12


class _Kinds(dict[str, str]):
    """The kind of each character, worked out when it is first met; empty where the character alone does not say."""

    def __init__(self, kind: Callable[[str], str]) -> None:
        super().__init__()
        self._kind = kind

    def __missing__(self, char: str) -> str:
        self[char] = kind = self._kind(char)
        return kind


class Sides:
    """Names the sides of the marks of one text. Offsets are code points.

    ``kinds`` are what the character on the left and on the right says alone, empty where it does not say. ``done`` are
    the offsets of marks that were found Chinese.
    """

    def __init__(self, text: str, done: Container[int] = ()) -> None:
        self._text = text
        self.done = done
        self.kinds = self._left, self._right = _kinds()

    def left(self, at: int) -> str:
        """The side before ``at``."""
        if not at:
            return "other"
        char = self._text[at - 1]
        return self._left[char] or self._left_of(char, at)

    def right(self, at: int) -> str:
        """The side that begins at ``at``."""
        text = self._text
        if at == len(text):
            return "end"
        kind = self._right[text[at]]
        if kind:
            return kind
        if text[at] in _SHARED:
            beyond = text[at : at + _PILE].lstrip(_SHARED)
            return "chinese" if beyond and self._right[beyond[0]] == "chinese" else "other"
        if text[at] == " " and self._right[text[at + 1 : at + 2]] == "chinese":
            return "spaced"
        blanks = text[at : at + _BLANKS + 1].lstrip(" \t\u3000")
        ends = blanks[0] == "\n" if blanks else at + _BLANKS >= len(text)
        return "end" if ends else "other"

    def _left_of(self, char: str, at: int) -> str:
        if char in "?!":
            return "chinese" if at - 1 in self.done else "other"
        if char in "\n \t\u3000":
            return "wrapped" if self._chinese(self._line_end(at)) else "other"
        start = max(0, at - _PILE)
        if self._chinese(start + len(self._text[start:at].rstrip(_SHUT))):
            return "chinese"
        return "unit" if char in ")%”’" else "other"

    def _chinese(self, at: int) -> bool:
        """Whether what ends at ``at`` is Chinese, or a mark that was found so."""
        if at <= 0:
            return False
        char = self._text[at - 1]
        return char in _STOPS or self._left[char] == "chinese" or at - 1 in self.done

    def _line_end(self, at: int) -> int:
        """Where the line before ends, if only blanks stand between it and ``at``; else 0."""
        text = self._text
        line = text[max(0, at - 2 * _BLANKS - 2) : at]
        head, end, tail = line.rpartition("\n")
        return at - len(line) + len(head.rstrip(" \t\u3000")) if end and not tail.strip(" \t\u3000") else 0


@cache
def _kinds() -> tuple[_Kinds, _Kinds]:
    before = _named(chinese=f"{_marks('tail')}？！", bracket=_marks("open"), unknown=_SHUT + "?!\n \t\u3000")
    behind = _named(chinese=_marks("head"), bracket=_marks("close"), end="\n", unknown=_SHARED + " \t\u3000")
    return before, behind


def _marks(name: str) -> str:
    marks: str = load("classes")[name]
    return marks


def _named(**kinds: str) -> _Kinds:
    """The kind whose marks a character is among; a Chinese letter is ``chinese``."""
    letter = compiled("[{cjk}]")

    def kind(char: str) -> str:
        if letter.match(char):
            return "chinese"
        name = next((n for n, marks in kinds.items() if char and char in marks), "other")
        return "" if name == "unknown" else name

    return _Kinds(kind)
