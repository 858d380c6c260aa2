"""Punctuation (``PN``) by GB/T 15834-2011 and CLREQ: what each mark of Chinese text should have been; spacing (``SP``).

Dots and dashes come first, then brackets and quotation marks, then the widths of the other marks: a comma behind
a bracket is judged by the bracket. A Japanese or Korean text is left alone. The rules of spacing are matters of
style: they contradict each other and run only when they are selected.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from texttool.edits import Edit, Edits
from texttool.filters.punct import brackets, cjkspace, dots, forms, latin, names, quotes, widths
from texttool.filters.punct.locale import is_foreign
from texttool.rule import Find, Rule
from texttool.rulebook import family

_FINDERS: dict[str, Find] = {
    "PN301": dots.ellipses,
    "PN302": dots.dashes,
    "PN303": dots.ranges,
    "PN110": names.dots,
    "PN107": brackets.find,
    "PN203": quotes.turned,
    "PN201": quotes.double,
    "PN202": quotes.single,
    "PN401": forms.repeated,
    "PN402": forms.titles,
    "PN501": forms.narrow,
    "PN601": latin.find,
    "SP101": cjkspace.missing,
    "SP102": cjkspace.extra,
    "SP103": cjkspace.beside_mark,
    "SP104": cjkspace.between_han,
}


def _scan(text: str) -> Mapping[str, Edits]:
    return {} if is_foreign(text) else widths.scan(text)


def _in_chinese(rule: Rule) -> Rule:
    """The rule, finding nothing in a text of another language."""

    def find(text: str) -> Iterable[Edit]:
        return () if is_foreign(text) else rule.find(text)

    return replace(rule, find=find)


RULES = tuple(rule if rule.scan else _in_chinese(rule) for rule in family("punctuation", finders=_FINDERS, scan=_scan))
