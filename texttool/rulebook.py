"""The rule book: reads ``rules/``, and knows which rules are selected, in running order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any
from zlib import crc32

from texttool.filters import AUTO, LOCALES, ORDER
from texttool.rule import KEEPS, Find, Rule, Scan, Sieve, elsewhere, sub, swap


class UnknownNameError(ValueError):
    """A filter or a rule code that does not exist; the message suggests the nearest."""


def rules_dir() -> Path:
    """The folder of rule data: inside the installed package, or beside it in a checkout."""
    inside = Path(__file__).parent / "rules"
    return inside if inside.is_dir() else inside.parent.parent / "rules"


@cache
def load(name: str) -> dict[str, Any]:
    """The table ``rules/<name>.toml``, or what ``rules/tables/compiled.json`` says of a file with these very bytes."""
    data = (rules_dir() / f"{name}.toml").read_bytes()
    checksum, table = _compiled().get(name, (None, {}))
    return table if checksum == crc32(data) else parsed(data)


def parsed(data: bytes) -> dict[str, Any]:
    """A table as it is written: TOML, in UTF-8."""
    import tomllib

    return tomllib.loads(data.decode())


@cache
def _compiled() -> dict[str, tuple[int, dict[str, Any]]]:
    """Tables as JSON, which is read in a tenth of the time, each with the checksum of the file it was made of."""
    import json

    path = rules_dir() / "tables" / "compiled.json"
    return dict(json.loads(path.read_bytes())) if path.is_file() else {}


def family(
    name: str,
    finders: Mapping[str, Find] | None = None,
    scan: Scan | None = None,
    sieves: Mapping[str, Sieve] | None = None,
) -> tuple[Rule, ...]:
    """The rules of ``rules/<name>.toml``, in its order, which is the order they run in.

    A rule that is code is found in ``finders`` by its code, or is one of those whose edits ``scan`` gives together.
    ``sieves`` are those of rules by their codes, and under an empty code that of the rules that share ``scan``.
    Raises ValueError for a table that names no way to find anything.
    """
    finders, sieves = finders or {}, sieves or {}
    return tuple(_rule(code, table, finders.get(code), scan, sieves) for code, table in load(name).items())


def _rule(
    code: str, table: Mapping[str, Any], finder: Find | None, scan: Scan | None, sieves: Mapping[str, Sieve]
) -> Rule:
    made = finder or _maker(table)
    shared = None if made else scan
    if made is None and shared is None:
        raise ValueError(f"{code}: no swap, sub or finder")
    return Rule(
        code=code,
        name=table["name"],
        find=made or _part(shared, code),
        why=table["why"],
        examples=tuple((before, after) for before, after in table.get("examples", ())),
        keeps=KEEPS[table["keeps"]],
        safe=table.get("safe", True),
        needs=table.get("needs", "") or "".join(sorted({key[0] for key in table.get("swap", ())})),
        message=table.get("message", ""),
        finds=tuple(map(tuple, table.get("finds", ()))),
        scan=shared,
        sieve=sieves.get("" if shared else code),
        default=table.get("default", True),
        whole=table.get("whole", False),
    )


def _maker(table: Mapping[str, Any]) -> Find | None:
    if "swap" in table:
        return swap(table["swap"], table.get("left", ""), table.get("right", ""), load("classes"))
    return sub(table["sub"], table["put"]) if "sub" in table else None


def _part(scan: Scan | None, code: str) -> Find:
    assert scan is not None
    return lambda text: scan(text).get(code, ())


@cache
def rules_of(name: str) -> tuple[Rule, ...]:
    """The rules of one filter, in running order."""
    rules: tuple[Rule, ...] = import_module(f"texttool.filters.{name}").RULES
    return rules


def rules(
    filters: Iterable[str] | None = None,
    select: Sequence[str] | None = None,
    ignore: Sequence[str] | None = None,
    locale: str = AUTO,
    *,
    extend: Sequence[str] = (),
) -> tuple[Rule, ...]:
    """The rules of ``filters`` (default: all) that ``select``, ``extend`` and ``ignore`` leave, in running order.

    Codes are prefixes: of those that match a rule the longest decides, and ``ignore`` where two are equal. Without
    ``select`` the rules run that run by default; those of ``extend`` run too. ``locale`` is whose punctuation the text
    takes, where it is told. Raises UnknownNameError.
    """
    if locale not in LOCALES:
        raise UnknownNameError(unknown("locale", locale, LOCALES))
    wanted = set(ORDER if filters is None else filters)
    for name in sorted(wanted - set(ORDER)):
        raise UnknownNameError(unknown("filter", name, ORDER))
    for code in (*(select or ()), *extend, *(ignore or ())):
        check_code(code, wanted)
    chosen = _chooser(select, ignore, extend)
    made = tuple(rule for name in ORDER if name in wanted for rule in _told(name, locale) if chosen(rule))
    return made if filters is not None else made + tuple(filter(chosen, tool_rules()))


def _told(name: str, locale: str) -> tuple[Rule, ...]:
    """The rules of one filter, as they are where the locale is told."""
    if name != "punct" or locale == AUTO:
        return rules_of(name)
    made: tuple[Rule, ...] = import_module("texttool.filters.punct").rules_for(locale)
    return made


def every_rule() -> tuple[Rule, ...]:
    """All rules in running order, those too that run only where they are selected, and those of the tool itself."""
    return tuple(rule for name in ORDER for rule in rules_of(name)) + tool_rules()


@cache
def tool_rules() -> tuple[Rule, ...]:
    """Rules on what is said to the tool itself in a text; they find nothing in a text without comments."""
    return family("tool", finders=dict.fromkeys(load("tool"), elsewhere))


def check_code(code: str, wanted: Iterable[str] = ORDER) -> None:
    """Raises UnknownNameError where no rule has a code that begins so; the filters ``wanted`` are asked first."""
    if code and any(rule.code.startswith(code) for name in wanted for rule in rules_of(name)):
        return  # without a look at the rules of other filters, which would have to be read first
    every = [rule.code for rule in every_rule()]
    if not code or not any(known.startswith(code) for known in every):
        raise UnknownNameError(_unknown_code(code, every))


def _unknown_code(code: str, every: Sequence[str]) -> str:
    """What to say of a code that is none: it may be written small, or be the name of a rule."""
    meant = next((rule.code for rule in every_rule() if rule.name == code.lower()), code.upper())
    if code and meant != code and any(known.startswith(meant) for known in every):
        return f"unknown rule code {code!r}; did you mean {meant!r}?"
    said = unknown("rule code", code, every)
    return said if "did you mean" in said else f"unknown rule code {code!r} (`texttool rules` lists them)"


def _chooser(
    select: Sequence[str] | None, ignore: Sequence[str] | None, extend: Sequence[str]
) -> Callable[[Rule], bool]:
    def longest(prefixes: Iterable[str], code: str) -> int:
        return max((len(p) for p in prefixes if code.startswith(p)), default=-1)

    def chosen(rule: Rule) -> bool:
        wanted = longest(select, rule.code) if select is not None else 0 if rule.default else -1
        wanted = max(wanted, longest(extend, rule.code))
        return wanted > longest(ignore or (), rule.code)

    return chosen


def unknown(kind: str, name: str, known: Sequence[str]) -> str:
    """What to say of a name that does not exist."""
    from difflib import get_close_matches

    near = get_close_matches(name, known, n=1, cutoff=0.5)
    return f"unknown {kind} {name!r}" + (f"; did you mean {near[0]!r}?" if near else f" (one of {', '.join(known)})")
