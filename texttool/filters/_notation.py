"""Lines and regions that are notation and not prose: programs, settings, logs, mail heads, formulae, rows of a table.

What they look like is data: ``rules/tables/punct_lines.tsv`` for lines that show it alone, ``punct_joined.tsv`` for
those that show it beside such a line, ``punct_regions.tsv`` for regions of many lines. All offsets are code points.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import repeat

from texttool.edits import Span
from texttool.filters._starts import LOOK, starts
from texttool.filters._tables import compiled, rows
from texttool.presence import held, holds

# What a line ends in that holds deeper lines below it: a clause, a block, an argument list, a line that goes on.
_OPENS = tuple(":{([\\,")
_BLANKS = compiled("[ \t]*+")
_ASSIGNED = compiled(" = [^\n]*")


def lines(text: str) -> Iterator[Span]:
    """Runs of whole lines of notation, ascending and disjoint. Each line is read a bounded number of times."""
    done = 0
    for at in _seeds(text):
        if at < done:
            continue
        start = _upwards(text, at, done)
        done = _downwards(text, at)
        yield start, done


def regions(text: str) -> Iterator[Span]:
    """Regions from an opening text to the next closing one. One that nothing closes is none."""
    begun = held(text, _openings())
    for _, opens, closes, _ in rows("punct_regions") if begun else ():
        at = text.find(opens) if opens[0] in begun else -1
        while at >= 0:
            end = text.find(closes, at + len(opens))
            if end < 0:
                break
            yield at, end + len(closes)
            at = text.find(opens, end + len(closes))


def _seeds(text: str) -> list[int]:
    """Where each line begins that is notation by itself, ascending."""
    look = compiled(LOOK)  # most texts have no such line, and all alternatives together take long to compile
    seen = any(map(look.match, repeat(text), starts(text)))
    found = [m.start() + 1 for m in _behind_break().finditer(text)] if seen else []
    first = "\n" + text[: _line_end(text, 0)]
    if look.match(first) and _behind_break().match(first):
        found.insert(0, 0)
    if holds(text, "=") and " = " in text:  # an assignment may begin with a name in any script
        found += filter(lambda at: _alone(text, at), (_line_start(text, m.start()) for m in _ASSIGNED.finditer(text)))
        found.sort()
    return found


def _upwards(text: str, start: int, floor: int) -> int:
    """Where the run of lines begins that ends with the line at ``start``; not before ``floor``."""
    while start > floor:
        above = _line_start(text, start - 1)
        if above < floor or not _joins(text, above):
            break
        start = above
    return start


def _downwards(text: str, start: int) -> int:
    """Where the run ends that begins with the line at ``start``: at the end of its last line."""
    end = _line_end(text, start)
    depth, opened = _indent(text, start), _opens(text, start, end)
    while end < len(text):
        below = end + 1
        inside = opened and _indent(text, below) > depth
        if not inside and not _joins(text, below) and not _alone(text, below):
            break
        end = _line_end(text, below)
        if not inside:
            depth, opened = _indent(text, below), _opens(text, below, end)
    return end


def _joins(text: str, start: int) -> bool:
    return bool(_line("punct_joined").match(text, start + _indent(text, start)))


def _alone(text: str, start: int) -> bool:
    return bool(_line("punct_lines").match(text, start + _indent(text, start)))


def _opens(text: str, start: int, end: int) -> bool:
    return text.endswith(_OPENS, start, end)


def _line_start(text: str, at: int) -> int:
    return text.rfind("\n", 0, at) + 1


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def _indent(text: str, start: int) -> int:
    """How many ASCII blanks the line at ``start`` begins with."""
    blanks = _BLANKS.match(text, start)
    return len(blanks[0]) if blanks else 0


@cache
def _openings() -> set[str]:
    """The characters that regions begin with: one is looked for much faster than a word."""
    return {row[1][0] for row in rows("punct_regions")}


@cache
def _alternatives(table: str) -> str:
    """The patterns of a table as one, each with its parts put in."""
    parts = dict(rows("punct_parts"))
    return "|".join(re.sub(r"\{(name|target|rest)\}", lambda m: f"(?:{parts[m[1]]})", row[1]) for row in rows(table))


@cache
def _line(table: str) -> re.Pattern[str]:
    return compiled(f"(?:{_alternatives(table)})")


@cache
def _behind_break() -> re.Pattern[str]:
    return compiled(rf"{LOOK}(?:{_alternatives('punct_lines')})")
