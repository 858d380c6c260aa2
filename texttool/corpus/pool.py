"""Work in several processes: results in the order of the tasks; one that dies costs one task; none is left over."""

from __future__ import annotations

import multiprocessing as mp
import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from types import FrameType, TracebackType
from typing import Any, NamedTuple, NoReturn, TypeVar

T = TypeVar("T")

_TICK = 0.25  # seconds between two looks at the clock while nothing is done
_GRACE = 2.0  # seconds in which a process may end by itself


class Lost(NamedTuple):
    """What is left of a task whose process died: how it did."""

    how: str


class _Stopped(BaseException):
    """SIGTERM in a worker: unwinds, so that no temporary file stays."""


class _Worker:
    """One process, and the task it has in hand."""

    def __init__(self, process: BaseProcess, pipe: Connection) -> None:
        self.process = process
        self.pipe = pipe
        self.task: list[Any] | None = None  # [task, (result,) or None]


def cores() -> int:
    """How many processes may run at once."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Pool:
    """Processes that all do the same ``work``; made when there is something to do. With one job, none is made.

    They are forks, so ``work`` may be anything; where the system cannot fork, all work is done in this process.
    """

    def __init__(self, work: Callable[[Any], Any], jobs: int, tick: Callable[[], None] = lambda: None) -> None:
        """``tick`` is called a few times a second while results are awaited."""
        self.work = work
        self.jobs = jobs if "fork" in mp.get_all_start_methods() and sys.platform != "darwin" else 1
        self.tick = tick
        self.workers: list[_Worker] = []

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for worker in self.workers:
            worker.pipe.close()
            if kind is not None or worker.task:
                worker.process.terminate()
        for worker in self.workers:
            worker.process.join(_GRACE)
            if worker.process.is_alive():
                worker.process.kill()
                worker.process.join()
        self.workers.clear()

    def ordered(
        self, tasks: Iterable[T], ahead: int, done: Callable[[T, Any], None] = lambda _task, _result: None
    ) -> Iterator[tuple[T, Any]]:
        """Each task with its result or ``Lost``, in the order of the tasks, at most ``ahead`` of them in hand.

        ``done`` is told of each as soon as it is there, whatever its turn.
        """
        if self.jobs == 1:
            for task in tasks:
                result = self.work(task)
                done(task, result)
                yield task, result
            return
        yield from self._ordered(iter(tasks), ahead, done)

    def _ordered(
        self, tasks: Iterator[T], ahead: int, done: Callable[[T, Any], None]
    ) -> Generator[tuple[T, Any], None, None]:
        waiting = deque[list[Any]]()  # [task, result]: those at hand, in order
        open_ = True
        try:
            while open_ or waiting:
                while open_ and len(waiting) < ahead and (worker := self._idle()):
                    entry = next(([task, None] for task in tasks), None)
                    if entry is None:
                        open_ = False
                    else:
                        waiting.append(entry)
                        self._give(worker, entry, done)
                while waiting and waiting[0][1] is not None:
                    task, result = waiting.popleft()
                    yield task, result[0]
                if waiting and waiting[0][1] is None:
                    self._await(done)
        finally:
            self._drop([worker for worker in self.workers if worker.task])

    def _give(self, worker: _Worker, entry: list[Any], done: Callable[[Any, Any], None]) -> None:
        worker.task = entry
        try:
            worker.pipe.send(entry[0])
        except (BrokenPipeError, ConnectionResetError):
            self._bury(worker, done)

    def _await(self, done: Callable[[Any, Any], None]) -> None:
        """Takes what has come from the workers; a while without anything is a tick."""
        busy: dict[Any, _Worker] = {worker.pipe: worker for worker in self.workers if worker.task}
        for pipe in wait(list(busy), _TICK):
            worker = busy[pipe]
            try:
                result = worker.pipe.recv()
            except (EOFError, ConnectionResetError):
                self._bury(worker, done)
                continue
            self._finish(worker, result, done)
        self.tick()

    def _finish(self, worker: _Worker, result: Any, done: Callable[[Any, Any], None]) -> None:
        assert worker.task
        entry, worker.task = worker.task, None
        entry[1] = (result,)
        done(entry[0], result)

    def _bury(self, worker: _Worker, done: Callable[[Any, Any], None]) -> None:
        """A process that died: its task is lost, another process takes its place when there is more to do."""
        worker.process.join()
        code = worker.process.exitcode or 0
        how = f"was killed by {signal.Signals(-code).name}" if code < 0 else f"ended with status {code}"
        self.workers.remove(worker)
        worker.pipe.close()
        self._finish(worker, Lost(how), done)

    def _drop(self, workers: list[_Worker]) -> None:
        """Ends processes whose results nobody waits for any more."""
        for worker in workers:
            self.workers.remove(worker)
            worker.process.terminate()
        for worker in workers:
            worker.process.join(_GRACE)
            worker.process.kill()
            worker.process.join()
            worker.pipe.close()

    def _idle(self) -> _Worker | None:
        """A process without a task; a new one while there are fewer than there may be."""
        free = next((worker for worker in self.workers if not worker.task), None)
        if free or len(self.workers) >= self.jobs:
            return free
        here, there = mp.Pipe()
        ours = [worker.pipe for worker in self.workers] + [here]
        process = mp.get_context("fork").Process(target=_serve, args=(self.work, there, ours), daemon=True)
        process.start()
        there.close()
        self.workers.append(_Worker(process, here))
        return self.workers[-1]


def _serve(work: Callable[[Any], Any], pipe: Connection, others: list[Connection]) -> NoReturn:
    """The life of a worker: it ends when its pipe does, so that it cannot outlive the process that made it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches every process of the terminal; the parent decides
    signal.signal(signal.SIGTERM, _stop)
    status = 0
    try:
        for other in others:
            other.close()
        while True:
            pipe.send(_result(work, pipe.recv()))
    except (EOFError, BrokenPipeError, ConnectionResetError, _Stopped):
        pass
    except BaseException:
        status = 1
        sys.excepthook(*sys.exc_info())
    os._exit(status)  # nothing of the parent is flushed or cleaned up a second time


def _result(work: Callable[[Any], Any], task: Any) -> Any:
    try:
        return work(task)
    except MemoryError:
        return Lost("ran out of memory")


def _stop(_number: int, _frame: FrameType | None) -> NoReturn:
    raise _Stopped
