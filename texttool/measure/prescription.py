"""The commands that would clean texts, by what was found in them."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Sequence
from pathlib import PurePath
from typing import NamedTuple

from texttool.document import STDIN
from texttool.encodingfindings import DOUBTFUL
from texttool.finding import Finding


class Dose(NamedTuple):
    """A command line, quoted for a shell, and what it does."""

    command: str
    about: str


class Named(NamedTuple):
    """How texts are named to a command: ``options`` are those that it reads them with.

    ``folder`` says that one path is a folder or that there are several, ``records`` that the texts are in one file.
    """

    paths: Sequence[str]
    options: Sequence[str] = ()
    folder: bool = False
    records: bool = False

    @property
    def words(self) -> str:
        """Options and paths as a shell takes them."""
        return " ".join((*map(shlex.quote, self.options), self.files))

    @property
    def files(self) -> str:
        """The paths as a shell takes them."""
        return " ".join(map(_quoted, self.paths))

    @property
    def output(self) -> str:
        """Where the clean texts go, so that no other file is meant."""
        if len(self.paths) != 1:
            return "clean"
        [path] = self.paths
        if path == STDIN:
            return "clean.jsonl" if self.records else "clean.txt"
        if self.folder and PurePath(path).name in ("", ".."):  # `.`: beside the folder, not in it
            return str(PurePath(path, "..", "clean"))
        if self.folder:
            return f"{path.rstrip('/')}.clean"
        pure = PurePath(path)
        return str(pure.with_name(f"{pure.stem}.clean{pure.suffix}"))


def prescription(named: Named, recipe: str | None, findings: Iterable[Finding]) -> list[Dose]:
    """What to run on a text: nothing where nothing was found. Of a record, what to run on all of its file."""
    found = list(findings)
    fixes = [finding for finding in found if finding.put != finding.found]
    doubtful = sum(not finding.safe for finding in found)
    made = []
    if any(finding.code == DOUBTFUL for finding in found):
        made.append(Dose(f"texttool detect --candidates {named.files}", "encodings to try with --encoding"))
    elif any(finding.safe for finding in fixes) or any(finding.code.startswith("EN") for finding in found):
        made.append(Dose(cleaning(named, recipe), "the clean text"))
    if doubtful and not named.records and STDIN not in named.paths:
        made.append(Dose(f"texttool review {named.words}", f"{doubtful} to decide one by one, duplicates among them"))
    if len(found) > len(fixes):
        made.append(Dose(f"texttool lint --output-format full {named.words}", "what only a reader can mend"))
    return made


def cleaning(named: Named, recipe: str | None) -> str:
    """The command that cleans texts: by every rule where no recipe mends as much."""
    chosen = f"--recipe {recipe} " if recipe else ""
    return f"texttool clean {chosen}{named.words} -o {_quoted(named.output)}"


def _quoted(path: str) -> str:
    """A path as a shell takes it; one that looks like an option is none."""
    return shlex.quote(f"./{path}" if path.startswith("-") and path != STDIN else path)
