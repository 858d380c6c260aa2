"""The rules as text: a list, one explained, or all of them as a page of documentation."""

from __future__ import annotations

import sys
from pathlib import Path

from texttool import filters, rulebook, store
from texttool.errors import Failure
from texttool.rule import Rule, everything
from texttool.visible import visible

PAGE_HEAD = """# Rules

This page is made from `rules/` by `make docs`. `texttool rules CODE` shows one of them.
A code is two letters for the family and three digits; `--select` and `--ignore` take codes and their beginnings.
"""


def listing() -> str:
    """One line a rule, in running order."""
    return "".join(f"{rule.code}  {rule.name}{_kind(rule)}\n" for rule in rulebook.every_rule())


def explain(code: str) -> str:
    """Why a rule exists, with its source, and its examples. Raises Failure where ``code`` is not that of one rule."""
    try:
        found = rulebook.rules(select=[code])
    except rulebook.UnknownNameError as error:
        raise Failure(str(error)) from error
    if len(found) > 1:
        raise Failure(f"{code} is the beginning of {len(found)} codes; `texttool rules` lists them")
    [rule] = found
    parts = [f"\n{title}:\n" + "".join(f"  {line}\n" for line in lines) for title, lines in _examples(rule)]
    return f"{rule.code} {rule.name}{_kind(rule)}\n\n{rule.why}\n" + "".join(parts)


def page() -> str:
    """All rules as Markdown, by filter."""
    made = [PAGE_HEAD]
    sections = [(name, rulebook.rules_of(name)) for name in filters.ORDER]
    for name, rules in (*sections, ("texttool itself", rulebook.tool_rules())):
        made.append(f"\n## {name}\n")
        made += map(_section, rules)
    return "".join(made)


def _section(rule: Rule) -> str:
    blocks = ((title, "".join(f"{line}\n" for line in lines)) for title, lines in _examples(rule))
    parts = [f"\n{title}:\n\n```text\n{block}```\n" for title, block in blocks]
    return f"\n### {rule.code} {rule.name}\n\n{rule.why}{_kind(rule)}\n" + "".join(parts)


def _examples(rule: Rule) -> list[tuple[str, list[str]]]:
    changed = [f"{visible(before)} → {visible(after)}" for before, after in rule.examples if before != after]
    alone = [visible(before) for before, after in rule.examples if before == after]
    found = [f"{visible(text)} (found: {', '.join(map(visible, what)) or 'nothing'})" for text, *what in rule.finds]
    parts = (("Examples", changed), ("Reported", found), ("Left alone", alone))
    return [(title, lines) for title, lines in parts if lines]


def _kind(rule: Rule) -> str:
    if rule.keeps is everything:
        return " (report only)"
    if not rule.default:
        return " (off unless selected)"
    return "" if rule.safe else " (unsafe: edits only when asked)"


def main(arguments: list[str]) -> int:
    """Writes the page to the path given; with ``--check`` first, tells whether what is there is current."""
    path = Path(arguments[-1])
    if arguments[0] != "--check":
        store.write(path, page().encode())
        return 0
    current = path.read_bytes() == page().encode()
    if not current:
        sys.stderr.write(f"{path} is not what rules/ says: run `make docs`\n")
    return 0 if current else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
