"""Punctuation (``PN``) by GB/T 15834-2011 and CLREQ: what each mark of Chinese text should have been; spacing (``SP``).

Dots and dashes come first, then brackets and quotation marks, then the widths of the other marks: a comma behind
a bracket is judged by the bracket. Texts of Taiwan and Hong Kong, and Japanese ones, take their own marks
(``locale``); a Korean text is left alone. The rules of spacing are matters of style: they contradict each other and
run only when they are selected.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import partial

from texttool.edits import Edit, Edits
from texttool.filters import AUTO
from texttool.filters._protected import carry
from texttool.filters.punct import brackets, cjkspace, dots, forms, latin, locale, names, quotes, widths
from texttool.filters.punct.locale import CHINESE, MAINLAND, language
from texttool.rule import Find, Rule, Sieve
from texttool.rulebook import family, load

# It edits both halves of a pair, outside of all protected spans, and full-width ones begin no such span.
_BRACKETS = "PN107"


def rules_for(told: str) -> tuple[Rule, ...]:
    """The rules where the locale, one of ``locale.LOCALES``, is told and need not be found out."""
    sieves = _SIEVES | {"": partial(widths.sieve, told=told)}
    found = family("punctuation", finders=_finders(told), scan=partial(_scan, told=told), sieves=sieves)
    found = tuple(replace(rule, after=_after_brackets if rule.code == _BRACKETS else locale.carry) for rule in found)
    return tuple(rule if rule.scan else _in_its_languages(rule, told) for rule in found)


def _finders(told: str) -> dict[str, Find]:
    return {
        "PN301": partial(dots.ellipses, told=told),
        "PN302": partial(dots.dashes, told=told),
        "PN303": dots.ranges,
        "PN110": names.dots,
        "PN107": brackets.find,
        # Where corner brackets are told, “” beside them have no straight marks to be read with: left as they stand.
        "PN203": quotes.turned if told in (AUTO, MAINLAND) else lambda _: (),
        "PN201": partial(quotes.double, told=told),
        "PN202": partial(quotes.single, told=told),
        "PN401": forms.repeated,
        "PN402": forms.titles,
        "PN501": forms.narrow,
        "PN601": latin.find,
        "SP101": cjkspace.missing,
        "SP102": cjkspace.extra,
        "SP103": cjkspace.beside_mark,
        "SP104": cjkspace.between_han,
    }


_SIEVES: dict[str, Sieve] = {
    "PN301": dots.with_ellipses,
    "PN302": dots.with_dashes,
    "PN303": dots.with_ranges,
    "PN110": names.sieve,
    "PN203": quotes.with_turned,
    "PN401": forms.with_repeated,
    "PN402": forms.with_titles,
    "PN501": forms.with_wide,
    "PN601": latin.sieve,
}


def _scan(text: str, told: str) -> Mapping[str, Edits]:
    return widths.scan(text, told) if language(text, told) else {}


def _after_brackets(before: str, after: str) -> None:
    carry(before, after)
    locale.carry(before, after)


def _in_its_languages(rule: Rule, told: str) -> Rule:
    """The rule, finding nothing in a text of a language that it is not for."""
    languages = load("punctuation")[rule.code].get("languages", (CHINESE,))

    def find(text: str) -> Iterable[Edit]:
        return rule.find(text) if language(text, told) in languages else ()

    return replace(rule, find=find)


RULES = rules_for(AUTO)
