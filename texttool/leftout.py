"""What a walk leaves out, counted by the reason: nobody should take a folder for read whole that was read in part."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

NOT_TEXT, IGNORED, HIDDEN, LINKS = "not text", "ignored", "hidden", "links not followed"
_KINDS = 4  # of files that are no text: those with the most are named


class LeftOut:
    """The files and folders that were left out below the folders of a run; a folder counts as one, whatever is in it.

    ``barren`` are the folders that were named and in which nothing was left to read.
    """

    def __init__(self) -> None:
        self.files, self.folders = 0, 0
        self.why, self.suffixes = Counter[str](), Counter[str]()
        self.barren: list[Path] = []

    def file(self, why: str, suffix: str = "") -> None:
        """Counts a file; ``suffix`` is what its name says of the content."""
        self.files += 1
        self.why[why] += 1
        if why == NOT_TEXT:
            self.suffixes[suffix] += 1

    def folder(self, why: str) -> None:
        """Counts a folder."""
        self.folders += 1
        self.why[why] += 1

    def lines(self, *, summary: bool) -> Iterator[str]:
        """A line for each folder in which there is nothing to read; for a ``summary``, how much was left out."""
        reasons = self._reasons()
        yield from (f"no text files in {folder}" for folder in self.barren)
        if reasons and (summary or self.barren):
            kinds = (self.files, "file"), (self.folders, "folder")
            counts = " and ".join(f"{count} {word}{'s' * (count != 1)}" for count, word in kinds if count)
            yield f"{counts} left out ({reasons})"

    def _reasons(self) -> str:
        made = []
        for why in (NOT_TEXT, IGNORED, HIDDEN, LINKS):
            if why == NOT_TEXT and self.suffixes:
                made.append(f"{why}: {self._kinds()}")
            elif self.why[why]:
                made.append(f"{why}: {self.why[why]}")
        return "; ".join(made)

    def _kinds(self) -> str:
        ranked = sorted(self.suffixes.items(), key=lambda one: (-one[1], one[0]))
        named = [f"{name} {count}" for name, count in ranked[:_KINDS]]
        more = sum(count for _, count in ranked[_KINDS:])
        return ", ".join([*named, f"others {more}"] if more else named)
