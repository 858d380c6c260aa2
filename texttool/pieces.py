"""A long text cleaned piece by piece, each with enough of its surroundings on both sides: memory does not grow.

Every rule but those marked ``whole`` decides by what stands near: the lines around, the paragraph, the style of some
thousands of lines. A piece is run together with ``MARGIN`` code points before and behind it, and only what came of
the piece itself is taken, so that rules see the same neighbours as in the whole text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from texttool.pipeline import Result, Stage

SIZE = 4 << 20  # code points: the style of a text shows in far less, and memory for it is bounded by some 250 MB
MARGIN = 1 << 16  # code points: some thousand lines
_TRIED = 1000  # lines: where a piece may end, from the last back


def cleaned(
    chunks: Iterable[str],
    run: Callable[[str], Result],
    size: int = SIZE,
    margin: int = MARGIN,
    *,
    counted: bool = True,
) -> Iterator[tuple[str, Counter[tuple[str, str]]]]:
    """The cleaned text in pieces, each with its edits by rule (code and name); ``chunks`` joined are the source.

    Where nobody is told how many edits were made they are not ``counted``: some would have to be found for that.
    A piece ends where a line ends, before an empty one if there is one near; a line longer than ``size`` is one piece.
    """
    buffer, begin, source = "", 0, iter(chunks)
    more = True
    while more:
        buffer, more = _filled(buffer, source, begin + size + margin)
        result = run(buffer)
        start = _output(result.stages, begin)
        if start is None:  # what stands before is now to be changed together with the piece: leave it aside
            buffer, begin = buffer[begin:], 0
            result, start = run(buffer), 0
        end, stop = (
            _end(buffer, begin, len(buffer) - margin, result.stages) if more else (len(buffer), len(result.text))
        )
        if end == begin:  # no line ends in it: take more of it
            size *= 2
            continue
        yield result.text[start:stop], _made(result.stages, begin, end) if counted else Counter()
        keep = max(0, end - margin)
        buffer, begin = buffer[keep:], end - keep


def _filled(buffer: str, source: Iterator[str], size: int) -> tuple[str, bool]:
    """``buffer`` filled up to ``size`` code points, and whether there may be more."""
    parts, length = [buffer], len(buffer)
    while length < size:
        chunk = next(source, None)
        if chunk is None:
            return "".join(parts), False
        parts.append(chunk)
        length += len(chunk)
    return "".join(parts), True


def _end(text: str, begin: int, last: int, stages: list[Stage]) -> tuple[int, int]:
    """Where the piece from ``begin`` ends, at ``last`` at the latest, and the same place in the output.

    ``begin`` itself where no line ends between. No edit covers the place.
    """
    for blank in ("\n\n", "\n"):
        at = last
        for _ in range(_TRIED):
            at = text.rfind(blank, begin, at)
            if at < 0:
                break
            place = _output(stages, at + len(blank))
            if place is not None:
                return at + len(blank), place
    return begin, 0


def _made(stages: list[Stage], begin: int, end: int) -> Counter[tuple[str, str]]:
    """How many edits each rule made between two places that no edit covers."""
    made = Counter[tuple[str, str]]()
    for rule, edits, applied in stages:
        if applied:
            made[rule.code, rule.name] += edits.until(end) - (edits.until(begin) if begin else 0)
            begin, end = edits.destination(begin) or 0, edits.destination(end) or 0
    return +made


def _output(stages: list[Stage], at: int) -> int | None:
    """The place in the output of ``at`` in the source, behind what is put there; None where an edit covers it."""
    for stage in stages:
        if stage.applied:
            moved = stage.edits.destination(at)
            if moved is None:
                return None
            at = moved
    return at
