"""The first findings of a text that has many: only its beginning is gone through again, and no other is made."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Container
from typing import TYPE_CHECKING

from texttool.edits import Edits
from texttool.finding import LONGEST, PLACE, Finding, lift, of_stage

if TYPE_CHECKING:
    from texttool.pipeline import Result

_AMPLE = 1.25  # times as long a beginning as holds enough findings where they are spread evenly
_FURTHER = 3  # times as long a one is tried next


def foremost(result: Result, most: int, codes: Container[str] | None) -> list[Finding] | None:
    """The first ``most`` findings (of ``codes``), in order of place; None where it takes most of the text to tell."""
    size = len(result.source)
    length = int(_AMPLE * size * most / max(result.count(codes), 1))
    while 2 * length < size:
        found, until = _within(result, length, codes)
        sure = [finding for finding in found if finding.start < until]
        if len(sure) >= most:
            return sorted(sure, key=PLACE)[:most]
        length *= _FURTHER
    return None


def _within(result: Result, length: int, codes: Container[str] | None) -> tuple[list[Finding], int]:
    """Findings in the first ``length`` code points, and the place in the source before which none is missing.

    What a stage finds first stands first in the source; so the first that it leaves out says from where on.
    """
    source, last, stages = result
    found: list[Finding] = []
    text, until = source[:length], length
    left = sum(stage.applied for stage in stages)  # stages that make another text
    for depth, (rule, edits, applied) in enumerate(stages):
        # Of the last text all is at hand. Of those before only the beginning: what stands around an edit is in it too.
        count = edits.until(max(0, len(text) - LONGEST)) if left else bisect_left(edits.start, len(text))
        one_more = edits.head(count + 1)
        first, missing = one_more.head(count), one_more.start[count] if count < len(edits) else -1
        if codes is None or rule.code in codes:
            before = [stage.edits for stage in stages[:depth] if stage.applied]
            found += of_stage(rule, first, text if left else last, source, before) if count else ()
            until = min(until, lift(before, missing, missing, "")[0]) if missing >= 0 else until
        if applied:
            left -= 1
            made = Edits(first.start, first.end, first.put, first.strings)  # that know no more of the text than they do
            text = made.apply(text[:missing] if missing >= 0 else text)
    return found, until
