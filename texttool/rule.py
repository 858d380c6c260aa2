"""Rule, and the makers of rules: ``swap`` and ``sub`` from patterns, ``via`` from any str -> str function."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from texttool import patterns
from texttool.edits import Edit
from texttool.han import other_than_han
from texttool.patterns import compiled
from texttool.presence import holds_any
from texttool.together import Together

Find = Callable[[str], Iterable[Edit]]
Scan = Callable[[str], Mapping[str, Iterable[Edit]]]
Keeps = Callable[[str], str]
Sieve = Callable[[Together], Iterable[int]]


@dataclass(frozen=True, slots=True, eq=False, repr=False)  # neither is needed, and each takes time to make
class Rule:
    """One kind of defect: how it is found, what is put there, and why.

    ``find`` gives ascending, disjoint edits over the text it is handed (code points); an edit that puts back what it
    found is a finding without a fix. ``keeps`` is the projection of a text that no edit may change. Rules that share
    one costly analysis name it as ``scan``: it gives the edits of all of them, by code, over the same text and
    disjoint from each other, and is run once.
    """

    code: str
    name: str
    find: Find
    why: str
    examples: tuple[tuple[str, str], ...]  # (before, after); the same twice means "leave alone"
    keeps: Keeps
    safe: bool = True  # an unsafe rule reports, and edits only when asked
    needs: str = ""  # skip scan and compile unless one of these characters occurs
    message: str = ""  # with {found}, {put} and the {word} it makes; empty: the name
    finds: tuple[tuple[str, ...], ...] = ()  # examples of a report: the text, then what is found in it
    scan: Scan | None = None
    default: bool = True  # runs though nobody selected it
    whole: bool = False  # decides by all of the text, not by what stands near
    after: Callable[[str, str], None] | None = None  # is told the text before and after its edits, once they are made
    sieve: Sieve | None = None  # the numbers of the texts, of many small ones, in which it may find something
    again: bool = False  # what its edits leave may hold more of the kind: it runs until it edits nothing

    def concerns(self, text: str) -> bool:
        """Whether the text holds a character that the rule needs."""
        return not self.needs or holds_any(text, self.needs)


# What a rule keeps: the projections that `keeps` in rules/ names.
NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}  # full-width forms of ASCII
_HYPHENS = compiled("[-‐¬⸗\u00ad]")
_NOT_LETTERS = compiled(r"[\W_]+")


def ink(text: str) -> str:
    """Everything but white space."""
    return "".join(text.split())


def unhyphenated(text: str) -> str:
    """Everything but white space and the hyphens that a line end may carry."""
    return _HYPHENS.sub("", ink(text))


def letters(text: str) -> str:
    """Letters and digits."""
    return _NOT_LETTERS.sub("", text)


def letters_of_any_width(text: str) -> str:
    """Letters and digits, full-width ones as the ASCII ones that they stand for."""
    return letters(text.translate(NARROW))


def everything(text: str) -> str:
    """All of it: the rule reports and never edits."""
    return text


def nothing(_: str) -> str:
    """No character: the rule deletes, and answers for what it deletes by other means."""
    return ""


KEEPS: dict[str, Keeps] = {
    keep.__name__: keep
    for keep in (ink, unhyphenated, other_than_han, letters, letters_of_any_width, everything, nothing)
}


def elsewhere(_text: str) -> Iterable[Edit]:
    """Finds nothing: what the rule is about is not in the text, and whoever reads that finds it."""
    return ()


def swap(table: Mapping[str, str], left: str, right: str, classes: Mapping[str, str]) -> Find:
    """Finds each key of ``table`` whose neighbours are in the classes ``left`` and ``right``; puts its value.

    A context is class names joined by ``|``; empty means anything. ``start`` and ``end`` in it mean the edge of the
    text. The pattern matches the hit first and looks at the context after, which is eight times faster than
    a look-behind in front. Work is linear: every part has a fixed width.
    """

    @lru_cache(maxsize=1)
    def pattern() -> re.Pattern[str]:
        return patterns.compiled("|".join(_in_context(keys, left, right, classes) for keys in _by_length(table)))

    def find(text: str) -> Iterable[Edit]:
        return ((m.start(), m.end(), table[m[0]]) for m in pattern().finditer(text))

    return find


def sub(pattern: str, put: str) -> Find:
    """Finds a regular expression (multi-line mode) and puts the expansion of the template ``put``."""

    def find(text: str) -> Iterable[Edit]:
        found = patterns.compiled(pattern, re.MULTILINE).finditer(text)
        return ((m.start(), m.end(), m.expand(put)) for m in found)

    return find


def via(function: Callable[[str], str]) -> Find:
    """Finds what ``function`` would change, by aligning what it returns with what it was given."""

    def find(text: str) -> Iterable[Edit]:
        from texttool.align import Aligned

        return Aligned(text, function(text))

    return find


def _by_length(table: Mapping[str, str]) -> list[list[str]]:
    """The keys in groups of equal length, longest first: a look-behind needs a fixed width."""
    lengths = sorted({len(key) for key in table}, reverse=True)
    return [[key for key in table if len(key) == n] for n in lengths]


def _in_context(keys: list[str], left: str, right: str, classes: Mapping[str, str]) -> str:
    hit = "(?:" + "|".join(map(re.escape, keys)) + ")" if len(keys[0]) > 1 else _char_class("".join(keys))
    return hit + _behind(hit, left, classes) + _ahead(right, classes)


def _behind(hit: str, context: str, classes: Mapping[str, str]) -> str:
    body, edge = _context(context, "start", classes)
    parts = [f"(?<=[{body}]{hit})"] if body else []
    parts += [rf"(?<![\s\S]{hit})"] if edge else []
    return f"(?:{'|'.join(parts)})" if parts else ""


def _ahead(context: str, classes: Mapping[str, str]) -> str:
    body, edge = _context(context, "end", classes)
    parts = [f"[{body}]"] if body else []
    parts += [r"(?![\s\S])"] if edge else []
    return f"(?={'|'.join(parts)})" if parts else ""


def _context(context: str, edge: str, classes: Mapping[str, str]) -> tuple[str, bool]:
    names = [name.strip() for name in context.split("|") if name.strip()]
    return "".join(classes[name] for name in names if name != edge), edge in names


def _char_class(chars: str) -> str:
    return "[" + "".join(map(re.escape, chars)) + "]"
