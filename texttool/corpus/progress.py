"""How far a run is, on standard error: a bar on a terminal, else a line every few seconds where that is asked for."""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

from texttool import streams
from texttool.visible import visible

_EVERY = 5.0  # seconds from line to line
_SOON = 0.5  # seconds after which a bar is worth showing
_ALL = 80  # columns that a terminal must have for all that could be said


class Progress:
    """Nothing to see: the run is short, quiet, or nobody looks. Then no size need be found out (``shows``)."""

    shows = False

    def __init__(self, files: int, size: int) -> None:
        """``size`` is in bytes."""
        self.files, self.size = files, size
        self.files_done = self.size_done = 0
        self.began = time.monotonic()

    def add(self, files: int, size: int) -> None:
        """So many more files and bytes are done."""
        self.files_done += files
        self.size_done += size
        self.tick()

    def tick(self) -> None:
        """Called a few times a second."""

    def close(self) -> None:
        """The run is over, or broken off."""


class _Lines(Progress):
    """A line every few seconds."""

    shows = True
    last = 0.0

    def tick(self) -> None:
        spent = time.monotonic() - self.began
        if spent < self.last + _EVERY:
            return
        self.last = spent
        rate = self.size_done / spent
        left = f", {(self.size - self.size_done) / rate:.0f} s left" if rate and self.size_done < self.size else ""
        streams.say(
            f"{self.files_done} of {self.files} files, {self.size_done / 1e6:.1f} of {self.size / 1e6:.1f} MB, "
            f"{rate / 1e6:.2f} MB/s{left}"
        )


class _Bar(Progress):
    """A bar, with a thread of its own nowhere: the run draws it, so that it can make processes at any time."""

    shows = True
    bar: Any = None

    def tick(self) -> None:
        if self.bar is None and time.monotonic() - self.began > _SOON:
            self._begin()
        if self.bar is not None:
            self.bar.update(self.task, completed=self.size_done, files=self.files_done)
            self.bar.refresh()

    def _begin(self) -> None:
        from rich import progress
        from rich.console import Console

        console = Console(stderr=True, highlight=False, markup=False, emoji=False)
        columns = [
            progress.BarColumn(),
            progress.TextColumn("{task.fields[files]} of {task.fields[all_files]} files"),
            progress.TimeRemainingColumn(),
        ]
        if console.width >= _ALL:
            columns[2:2] = [progress.DownloadColumn(), progress.TransferSpeedColumn()]
        self.bar = progress.Progress(
            *columns,
            console=console,
            auto_refresh=False,
            transient=True,
            redirect_stdout=False,
            redirect_stderr=False,
        )
        self.task = self.bar.add_task("", total=max(self.size, 1), files=0, all_files=self.files)
        self.bar.start()

    def say(self, message: str) -> None:
        """A line above the bar."""
        if self.bar is None:
            streams.tell(message)
        else:
            self.bar.console.print(visible(f"texttool: {message}"), soft_wrap=True)

    def close(self) -> None:
        if self.bar is not None:
            self.bar.stop()
            self.bar = None


@contextlib.contextmanager
def progress(
    files: int, size: int | Callable[[], int], *, quiet: bool, verbose: bool, writes: bool = False
) -> Iterator[Progress]:
    """What shows how far a run over so many files and bytes is; a function that gives the bytes is asked if need be.

    A run that ``writes`` to standard output as it goes has no bar where that is a terminal: it shows by itself.
    """
    quiet = quiet or (writes and sys.stdout is not None and sys.stdout.isatty())
    bar = not quiet and sys.stderr is not None and sys.stderr.isatty()
    kind = _Bar if bar else _Lines if verbose and not quiet else Progress
    if not isinstance(size, int):
        size = size() if kind.shows else 0
    made = kind(files, size)
    with contextlib.ExitStack() as ending:
        ending.callback(made.close)
        if isinstance(made, _Bar):
            ending.enter_context(streams.taken(made.say))
        yield made
