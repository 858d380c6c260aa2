"""The rules as text: all in a list, or one explained."""

from __future__ import annotations

from texttool import rulebook
from texttool.errors import Failure
from texttool.rule import Rule
from texttool.visible import visible


def listing() -> str:
    """One line a rule, in running order: code, name, and what it does."""
    return "".join(f"{rule.code}  {rule.name}{_kind(rule)}\n" for rule in rulebook.rules())


def explain(code: str) -> str:
    """Why a rule exists, with its source, and its examples. Raises Failure for an unknown code."""
    try:
        [rule] = [rule for rule in rulebook.rules(select=[code]) if rule.code == code] or rulebook.rules(select=[code])
    except rulebook.UnknownNameError as error:
        raise Failure(str(error)) from error
    except ValueError as error:
        raise Failure(f"{code} is the beginning of several rules; `texttool rules` lists them") from error
    head = f"{rule.code} {rule.name}{_kind(rule)}\n\n{rule.why}\n"
    return head + _examples(rule)


def _examples(rule: Rule) -> str:
    changed = [f"  {visible(before)}\n  → {visible(after)}\n" for before, after in rule.examples if before != after]
    alone = [f"  {visible(before)}\n" for before, after in rule.examples if before == after]
    found = [f"  {visible(text)}\n  finds {', '.join(map(visible, what))}\n" for text, *what in rule.finds]
    parts = (("Examples", changed), ("Reported", found), ("Left alone", alone))
    return "".join(f"\n{title}:\n{''.join(lines)}" for title, lines in parts if lines)


def _kind(rule: Rule) -> str:
    if rule.finds and all(before == after for before, after in rule.examples):
        return "  (report only)"
    return "" if rule.safe else "  (unsafe)"
