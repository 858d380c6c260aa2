"""Structure (``ST``) that does not add up: reported, never edited."""

from __future__ import annotations

from texttool.filters.structure import cutoff, doubled, empty, enumeration, pairs, repeated
from texttool.rule import Scan, Sieve
from texttool.rulebook import family

# The codes of each analysis. Findings of different ones may overlap, so each is a scan of its own.
_SCANS: tuple[tuple[str | tuple[str, ...], Scan, dict[str, Sieve]], ...] = (
    ("ST1", enumeration.faults, {}),
    (("ST201", "ST202"), pairs.unpaired, {"": pairs.sieve}),
    ("ST203", empty.empty, {"": empty.sieve}),
    ("ST3", cutoff.unfinished, {"": cutoff.sieve}),
    ("ST401", doubled.doubled, {"": doubled.sieve}),
    ("ST402", repeated.repeated, {"": repeated.sieve}),
)

RULES = tuple(
    rule
    for codes, scan, sieves in _SCANS
    for rule in family("structure", scan=scan, sieves=sieves)
    if rule.code.startswith(codes)
)
