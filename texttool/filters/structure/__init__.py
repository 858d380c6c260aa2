"""Structure (``ST``) that does not add up: reported, never edited."""

from __future__ import annotations

from texttool.filters.structure.cutoff import unfinished
from texttool.filters.structure.doubled import doubled
from texttool.filters.structure.empty import empty
from texttool.filters.structure.enumeration import faults
from texttool.filters.structure.pairs import unpaired
from texttool.filters.structure.repeated import repeated
from texttool.rulebook import family

# The codes of each analysis. Findings of different ones may overlap, so each is a scan of its own.
_SCANS = (
    ("ST1", faults),
    (("ST201", "ST202"), unpaired),
    ("ST203", empty),
    ("ST3", unfinished),
    ("ST401", doubled),
    ("ST402", repeated),
)

RULES = tuple(rule for codes, scan in _SCANS for rule in family("structure", scan=scan) if rule.code.startswith(codes))
