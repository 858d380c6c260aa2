"""One process of a pool: takes a task, does it, sends the result. Loaded by runs of several processes alone."""

from __future__ import annotations

import os
import pickle
import signal
import sys
from collections.abc import Callable
from multiprocessing.connection import Connection
from types import FrameType
from typing import Any, NoReturn

from texttool.corpus.pool import SIGNALS, Lost


class _Stopped(BaseException):
    """SIGTERM in a worker: unwinds, so that no temporary file stays."""


def serve(work: Callable[[Any], Any], pipe: Connection, others: list[Connection]) -> NoReturn:
    """The life of a worker: it ends when its pipe does, so that it cannot outlive the process that made it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches every process of the terminal; the parent decides
    signal.signal(signal.SIGTERM, _stop)
    sys.unraisablehook = _swallowed
    status = 0
    try:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, SIGNALS)  # one that came meanwhile is seen here
        for other in others:
            other.close()
        while True:
            send(pipe, _result(work, receive(pipe)))
    except (EOFError, BrokenPipeError, ConnectionResetError, _Stopped):
        pass
    except BaseException:
        status = 1
        sys.excepthook(*sys.exc_info())
    os._exit(status)  # nothing of the parent is flushed or cleaned up a second time


def _swallowed(lost: sys.UnraisableHookArgs) -> None:
    """Says what Python swallowed, but for the end of a worker that came while an object was taken apart.

    Such a worker ends a task later, when its pipe does.
    """
    if lost.exc_type is not _Stopped:
        sys.__unraisablehook__(lost)


def send(pipe: Connection, value: Any) -> None:
    """As ``pipe.send``, which asks for each object in turn whether its kind is one that only processes share."""
    pipe.send_bytes(pickle.dumps(value, pickle.HIGHEST_PROTOCOL))


def receive(pipe: Connection) -> Any:
    """What was sent. Raises EOFError and ConnectionResetError where the process at the other end is gone."""
    return pickle.loads(pipe.recv_bytes())


def _result(work: Callable[[Any], Any], task: Any) -> Any:
    try:
        return work(task)
    except MemoryError:
        return Lost("ran out of memory")


def _stop(number: int, _frame: FrameType | None) -> NoReturn:
    signal.signal(number, signal.SIG_IGN)  # a second one must not come between what the first one cleans up
    raise _Stopped
