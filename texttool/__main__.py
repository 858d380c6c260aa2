"""The process edge: signals, closed pipes and exit codes. 0 nothing to report, 1 findings, 2 could not do the job."""

from __future__ import annotations

import atexit
import gc
import os
import signal
import sys
import threading
from contextlib import suppress
from types import FrameType
from typing import Any, NoReturn

from texttool.postponed import postpone

FAILED = 2
TRACEBACK = "--traceback"
# Imported by click and pathlib; used for the help of others and for hosts (in Python 3.12 and 3.13 by dataclasses).
_SELDOM = ("inspect", "ipaddress")
# What numpy brings for matrices, of which there are none, starts a thread for each core: 70 ms, with two.
_ONE_THREAD = ("OPENBLAS_NUM_THREADS", "1")
_TOOLS = 6  # as many as there may be
_BETWEEN = 50_000  # new objects before cycles are looked for: some 5 MB of them; a start makes 28,000, which all stay


class _Terminated(KeyboardInterrupt):
    """SIGTERM: unwinds like Ctrl-C, so that no temporary file stays."""


def main() -> NoReturn:
    """Runs the command line and ends the process as its contract says."""
    try:
        signal.signal(signal.SIGTERM, _terminate)
        code = _run(sys.argv[1:])
    except _Terminated:
        _die_by(signal.SIGTERM)
    except KeyboardInterrupt:
        _die_by(signal.SIGINT)
    except BrokenPipeError:
        _die_by(signal.SIGPIPE)
    sys.exit(code)


def command() -> NoReturn:
    """As ``main``, in a process of its own: where that did its job it ends at once, with nothing taken apart in memory.

    For the tables of OpenCC alone that takes 45 ms. Threads are waited for, and a profiler or a debugger sees the end.
    """
    gc.set_threshold(_BETWEEN)
    os.environ.setdefault(*_ONE_THREAD)
    for name in _SELDOM:
        postpone(name)
    try:
        main()
    except SystemExit as ended:
        code = ended.code
        if isinstance(code, int) and code < FAILED and threading.active_count() == 1 and not _watched():
            atexit._run_exitfuncs()
            for stream in (sys.stdout, sys.stderr):
                with suppress(AttributeError, OSError, ValueError):  # there may be none
                    stream.flush()
            os._exit(code)
        raise


def _watched() -> bool:
    """Whether a profiler or a debugger is at work (PEP 669: from Python 3.12 on they may be tools of the monitor)."""
    monitor: Any = getattr(sys, "monitoring", None)
    tools = [monitor.get_tool(number) for number in range(_TOOLS)] if monitor else []
    return bool(sys.getprofile() or sys.gettrace() or any(tools))


def _run(arguments: list[str]) -> int:
    """The exit status of one command. Prints one line for whatever went wrong; signals pass."""
    from texttool import errors, streams
    from texttool.errors import Failure, reason

    try:
        options = arguments[: arguments.index("--")] if "--" in arguments else arguments
        errors.TRACEBACK = TRACEBACK in options
        code = _command([argument for argument in options if argument != TRACEBACK] + arguments[len(options) :])
        streams.flush()
        return code
    except Failure as failure:
        streams.say(str(failure))
    except BrokenPipeError:
        raise
    except OSError as error:
        streams.say(f"{error.filename or streams.STDOUT}: {reason(error)}")
    except MemoryError:
        streams.say("out of memory; nothing was written")
    except Exception as error:
        if errors.TRACEBACK:
            raise
        streams.say(f"internal error: {type(error).__name__}: {error} ({TRACEBACK} shows the place)")
    streams.discard()
    return FAILED


def _command(arguments: list[str]) -> int:
    """Runs click without its own endings: those make Ctrl-C, a closed pipe and a full disk look like findings."""
    import click

    from texttool import cli, streams
    from texttool.errors import Failure

    if sys.stdout is None:
        raise Failure("is closed", streams.STDOUT)
    if "_TEXTTOOL_COMPLETE" in os.environ:  # the shell asks for completions
        cli.main.main(prog_name="texttool")
    try:
        with cli.main.make_context("texttool", arguments) as context:
            return int(cli.main.invoke(context) or 0)
    except click.exceptions.Exit as ended:
        return ended.exit_code
    except click.exceptions.NoArgsIsHelpError as usage:
        streams.out(f"{usage.format_message()}\n".encode())
    except click.UsageError as error:
        hint = f" (see {error.ctx.command_path} --help)" if error.ctx else ""
        streams.say(" ".join(error.format_message().split()) + hint)
    return FAILED


def _terminate(_number: int, _frame: FrameType | None) -> NoReturn:
    raise _Terminated


def _die_by(number: signal.Signals) -> NoReturn:
    """Ends the process by the signal itself, so that the parent sees what happened."""
    from texttool import streams

    streams.discard()
    signal.signal(number, signal.SIG_DFL)
    os.kill(os.getpid(), number)
    sys.exit(128 + number)


if __name__ == "__main__":
    command()
