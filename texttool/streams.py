"""Standard input, output and error: bytes of documents on one side, words for people on the other."""

from __future__ import annotations

import contextlib
import os
import stat
import sys
from collections.abc import Iterator

from texttool.errors import Failure, reason
from texttool.visible import visible

STDOUT = "standard output"


def stdin_bytes() -> bytes:
    """All of standard input. Raises Failure where it is closed or cannot be read."""
    if sys.stdin is None:
        raise Failure("is closed", "standard input")
    try:
        return sys.stdin.buffer.read()
    except OSError as error:
        raise Failure(reason(error), "standard input") from error


def out(data: bytes) -> None:
    """Writes bytes of a document or a report as they are. Raises Failure (closed, full), and BrokenPipeError."""
    if sys.stdout is None:
        raise Failure("is closed", STDOUT)
    rest = memoryview(data)
    with _output_errors():
        while rest:  # without a buffer (PYTHONUNBUFFERED) a pipe takes what it has room for, and says so
            rest = rest[sys.stdout.buffer.write(rest) :]


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
    if sys.stderr is None:
        return
    with contextlib.suppress(OSError):
        line = f"texttool: {visible(message)}\n"
        sys.stderr.buffer.write(line.encode("utf-8", "backslashreplace"))
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
