"""The one kind of error that a user can cause: told in one line, exit status 2."""

from __future__ import annotations

from pathlib import Path

# Whether an internal error shows its place instead of one line: set by the process edge.
TRACEBACK = False


class Failure(Exception):  # noqa: N818 - the job failed; most often nothing is wrong with the program
    """A job that could not be done. ``path`` is the file it concerns, as the user named it; the reason is one line."""

    def __init__(self, reason: str, path: Path | str | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.path = path

    def __str__(self) -> str:
        return self.reason if self.path is None else f"{self.path}: {self.reason}"


def reason(error: OSError) -> str:
    """What the system said, without the path and the number."""
    return error.strerror or str(error) or type(error).__name__
