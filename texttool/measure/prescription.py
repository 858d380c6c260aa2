"""The commands that would clean a text, by what was found in it."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Sequence
from pathlib import PurePath
from typing import NamedTuple

from texttool.finding import Finding


class Dose(NamedTuple):
    """A command line, quoted for a shell, and what it does."""

    command: str
    about: str


def prescription(path: str, recipe: str | None, findings: Iterable[Finding]) -> list[Dose]:
    """What to run on the text at ``path``: nothing where nothing was found."""
    found = list(findings)
    fixes = [finding for finding in found if finding.put != finding.found]
    doubtful = sum(not finding.safe for finding in found)
    made = []
    name = _quoted(path)
    if any(finding.safe for finding in fixes) or any(finding.code.startswith("EN") for finding in found):
        made.append(Dose(cleaning((path,), recipe, _beside(path)), "the clean text"))
    if doubtful:
        made.append(Dose(f"texttool review {name}", f"{doubtful} to decide one by one, duplicates among them"))
    if len(found) > len(fixes):
        made.append(Dose(f"texttool lint --output-format full {name}", "what only a reader can mend"))
    return made


def cleaning(paths: Sequence[str], recipe: str | None, output: str) -> str:
    """The command that cleans the texts at ``paths`` into ``output``."""
    return f"texttool clean --recipe {recipe} {' '.join(map(_quoted, paths))} -o {_quoted(output)}"


def _beside(path: str) -> str:
    """The name of the clean text: behind that of the text, so that no other file is meant."""
    if path == "-":
        return "clean.txt"
    pure = PurePath(path)
    return str(pure.with_name(f"{pure.stem}.clean{pure.suffix}"))


def _quoted(path: str) -> str:
    """A path as a shell takes it; one that looks like an option is none."""
    return shlex.quote(f"./{path}" if path.startswith("-") and path != "-" else path)
