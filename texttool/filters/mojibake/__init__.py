"""Text that was decoded with the wrong codec, made whole again: Chinese first, Western too."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from texttool.edits import Edit
from texttool.filters._worth import Read
from texttool.rulebook import family
from texttool.together import Together

LOSSES = "\ufffd?"  # what decoders put for bytes that they cannot read


def scan(text: str) -> Mapping[str, list[Edit]]:
    """The misread lines, by the code that their bytes are in: MJ101 UTF-8, MJ102 another, MJ103 UTF-8 with losses."""
    if text.isascii():
        return {}
    from texttool.filters.decode.uncommon import suspicious_lines

    lines = list(suspicious_lines(text))
    if not lines:
        return {}
    from texttool.filters.mojibake.drawings import parts
    from texttool.filters.mojibake.guess import guessed
    from texttool.filters.mojibake.repair import repaired

    found: defaultdict[str, list[Edit]] = defaultdict(list)
    for start, end in lines:
        line = text[start:end]
        # A line with losses first: what can be put right of it without a guess would take the rest beyond one.
        if guess := guessed(line):
            found["MJ103"].append(_trimmed(start, line, guess))
            continue
        for at, part in parts(line):
            if repair := repaired(part):
                found["MJ101" if repair.right == "utf-8" else "MJ102"].append(_trimmed(start + at, part, repair.text))
    return found


def sieve(together: Together) -> list[int]:
    """The numbers of the texts that have a line which may be misread."""
    text = together.text
    if text.isascii():
        return []
    from texttool.filters.decode.uncommon import suspicious_lines

    spans = list(suspicious_lines(text))
    if not (spans and _read.enough(text)):
        return together.touched(spans)
    from texttool.filters.mojibake.fair import doubtful

    lines = [text[start:end] for start, end in spans]
    asked = {i for i, line in enumerate(lines) if any(map(line.__contains__, LOSSES))}
    return together.touched(spans[i] for i in asked.union(doubtful(lines)))


_read = Read()


def _trimmed(start: int, was: str, put: str) -> Edit:
    """The change from ``was`` to ``put`` without what both begin and end with."""
    head = _shared(was, put)
    tail = _shared(was[head:][::-1], put[head:][::-1])
    return start + head, start + len(was) - tail, put[head : len(put) - tail]


def _shared(a: str, b: str) -> int:
    """How many characters both begin with."""
    pairs = zip(a, b, strict=False)
    return next((i for i, (x, y) in enumerate(pairs) if x != y), min(len(a), len(b)))


RULES = family("mojibake", scan=scan, sieves={"": sieve})
