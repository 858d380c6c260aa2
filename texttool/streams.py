"""Standard input, output and error: bytes of documents on one side, words for people on the other."""

from __future__ import annotations

import contextlib
import os
import re
import stat
import sys
from collections.abc import Callable, Iterator
from typing import BinaryIO

from texttool.errors import Failure, reason
from texttool.visible import visible

STDOUT = "standard output"

_COMMAND = re.compile(r"^(\s*)::", re.MULTILINE)

# Who takes the lines that `say` gets, where that is not standard error: the innermost `captured` block.
_takers: list[Callable[[str], None]] = []


def stdin_bytes() -> bytes:
    """All of standard input. Raises Failure where it is closed or cannot be read."""
    stream = stdin_stream()
    try:
        return stream.read()
    except OSError as error:
        raise Failure(reason(error), "standard input") from error


def stdin_stream() -> BinaryIO:
    """Standard input, to be read piece by piece. Raises Failure where it is closed."""
    if sys.stdin is None:
        raise Failure("is closed", "standard input")
    return sys.stdin.buffer


def out(data: bytes) -> None:
    """Writes bytes of a document or a report as they are. Raises Failure (closed, full), and BrokenPipeError."""
    if sys.stdout is None:
        raise Failure("is closed", STDOUT)
    with _output_errors():
        written = sys.stdout.buffer.write(data)
        while written < len(data):  # without a buffer (PYTHONUNBUFFERED) a pipe takes what it has room for, and says so
            written += sys.stdout.buffer.write(memoryview(data)[written:])


def stdin_state() -> os.stat_result | None:
    """The state of standard input where it is a file, else None."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        state = os.fstat(sys.stdin.fileno())
        return state if stat.S_ISREG(state.st_mode) else None
    return None


def is_stdout(state: os.stat_result) -> bool:
    """Whether standard output is the very file whose state this is."""
    with contextlib.suppress(OSError, ValueError):
        return sys.stdout is not None and os.path.samestat(state, os.fstat(sys.stdout.fileno()))
    return False


def say(message: str) -> None:
    """One line for people, on standard error; what a terminal would obey is shown, not sent."""
    if _takers:
        _takers[-1](message)
    else:
        tell(message)


def tell(message: str) -> None:
    """As `say`, and nobody takes it."""
    if sys.stderr is None:
        return
    with contextlib.suppress(OSError):
        line = for_people(f"texttool: {visible(message)}\n")
        sys.stderr.buffer.write(line.encode("utf-8", "backslashreplace"))
        sys.stderr.buffer.flush()


@contextlib.contextmanager
def taken(by: Callable[[str], None]) -> Iterator[None]:
    """What is said in the block goes to ``by``: it is said in its turn, or above a progress bar."""
    _takers.append(by)
    try:
        yield
    finally:
        _takers.pop()


def on_github() -> bool:
    """Whether a runner of GitHub reads what is said."""
    return os.environ.get("GITHUB_ACTIONS") == "true"


def for_people(lines: str) -> str:
    """Lines of a report as they may be printed: a runner of GitHub obeys what looks like a command in them."""
    if not on_github():
        return lines
    return _COMMAND.sub(r"\1\\u{3a}:", lines.replace("##[", "##\\u{5b}"))


def colours(when: str) -> bool:
    """Whether standard output takes colours: ``when`` is auto, always or never."""
    if when != "auto":
        return when == "always"
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return not plain and sys.stdout is not None and sys.stdout.isatty()


def errors(data: bytes) -> None:
    """Writes a report to standard error, where standard output holds a document."""
    if sys.stderr is not None:
        with contextlib.suppress(OSError):
            sys.stderr.buffer.write(data)
            sys.stderr.buffer.flush()


def flush() -> None:
    """Everything written so far reaches its reader. Raises as `out` does."""
    if sys.stdout is not None:
        with _output_errors():
            sys.stdout.flush()


def discard() -> None:
    """Sends what is still in the buffer of standard output to nowhere, so that the interpreter ends in peace."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


@contextlib.contextmanager
def _output_errors() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise Failure(reason(error), STDOUT) from error
