"""Tables of ``rules/tables`` (tab-separated, ``#`` opens a comment) and patterns that name a ``{class}``."""

from __future__ import annotations

import re
from functools import cache

from texttool import patterns
from texttool.rulebook import load, rules_dir

_CLASS = re.compile(r"\{([a-z]+)\}")


def rows(name: str) -> list[list[str]]:
    """The rows of ``rules/tables/<name>.tsv`` as lists of columns. Raises OSError where there is no such table."""
    lines = (rules_dir() / "tables" / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


def expand(pattern: str) -> str:
    """The pattern with each ``{class}`` replaced by that class of ``rules/classes.toml``. Raises KeyError."""
    classes = load("classes")
    return _CLASS.sub(lambda m: classes[m[1]], pattern)


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """The pattern with its classes, compiled in multi-line mode."""
    return patterns.compiled(expand(pattern), re.MULTILINE)
