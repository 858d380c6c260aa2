"""Questions at a terminal: one edit after another, answered by a letter."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from texttool import streams
from texttool.document import Document
from texttool.errors import Failure, reason
from texttool.finding import Finding
from texttool.lines import Lines
from texttool.report import screen
from texttool.report.question import HELP, answers, question


class Asker:
    """Asks, and remembers whether it was told to stop, and what was decided."""

    def __init__(self, color: str) -> None:
        self.color = color
        self.quitting = False
        self.made = self.refused = 0

    def ask(self, document: Document, findings: Sequence[Finding]) -> tuple[list[Finding], list[Finding]]:
        """Which of the findings of a text, which are in order of place, to edit, and which to leave.

        What is in neither is undecided: it stands behind the end, or overlaps an edit that was taken.
        """
        taken, left = list[Finding](), list[Finding]()
        lines, rest = Lines(document.text), ""
        for number, finding in enumerate(findings, 1):
            if (taken and finding.start < taken[-1].end) or (taken and finding[1:3] == taken[-1][1:3]):
                continue  # what it would edit is another text by now: to be found anew
            answer = rest or self._answer(document, finding, lines, f"{number} of {len(findings)}")
            if answer == "q":
                self.quitting = True
                break
            rest = {"a": "y", "d": "n"}.get(answer, rest)
            (taken if answer in ("y", "a") else left).append(finding)
        self.made += len(taken)
        self.refused += len(left)
        return taken, left

    def farewell(self) -> None:
        """The summary."""
        edits = f"{self.made} edit{'s' * (self.made != 1)} made, {self.refused} refused"
        streams.say(f"{edits}{', the rest undecided' * self.quitting}")

    def _answer(self, document: Document, finding: Finding, lines: Lines, count: str) -> str:
        """One of the letters; asks again for anything else. The end of the input is q."""
        columns = screen.width()
        streams.out(screen.drawn(question(document, finding, lines, count), self.color, columns))
        while True:
            streams.out(screen.drawn((answers(),), self.color, columns)[:-1] + b" ")
            streams.flush()
            line = _line()
            answer = line.strip().lower()[:1]
            if not line:
                streams.out(b"\n")
                return "q"
            if answer in HELP and answer != "?":
                return answer
            streams.out("".join(f"{letter} - {about}\n" for letter, about in HELP.items()).encode())


def _line() -> str:
    """A line that was typed; empty at the end. Raises Failure."""
    try:
        return sys.stdin.buffer.readline().decode("utf-8", "replace")
    except OSError as error:
        raise Failure(reason(error), "standard input") from error
