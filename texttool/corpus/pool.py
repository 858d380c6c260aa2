"""Work in several processes: results in the order of the tasks; one that dies costs one task; none is left over."""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from types import TracebackType
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

if TYPE_CHECKING:  # 15 ms to load, and of no use to a run over one file
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

T = TypeVar("T")

_TICK = 0.25  # seconds between two looks at the clock while nothing is done
_GRACE = 2.0  # seconds in which a process may end by itself
SIGNALS = (signal.SIGINT, signal.SIGTERM)  # that wait while a process starts


class Lost(NamedTuple):
    """What is left of a task whose process died: how it did."""

    how: str


class _Entry:
    """A task and what became of it: (result,) when it is there."""

    def __init__(self, task: Any) -> None:
        self.task = task
        self.result: tuple[Any] | None = None


class _Worker:
    """One process, and the tasks it was given: the one it is at, and perhaps the next."""

    def __init__(self, process: BaseProcess, pipe: Connection) -> None:
        self.process = process
        self.pipe = pipe
        self.given = deque[_Entry]()


def cores() -> int:
    """How many processes may run at once."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Pool:
    """Processes that all do the same ``work``; made when there is something to do. With one job, none is made.

    They are forks, so ``work`` may be anything; where the system cannot fork, all work is done in this process.
    """

    def __init__(
        self,
        work: Callable[[Any], Any],
        jobs: int,
        tick: Callable[[], None] = lambda: None,
        light: Callable[[Any], bool] = lambda _task: False,
    ) -> None:
        """``tick`` is called a few times a second while results are awaited.

        A task that is ``light`` is given to a process while that is still at another, so that it need not wait for
        this one to see its result. It is soon done, and a few kilobytes at most when it is sent: they fit into the
        pipe though nobody reads yet.
        """
        self.work = work
        self.jobs = jobs if hasattr(os, "fork") and sys.platform != "darwin" else 1
        self.tick = tick
        self.light = light
        self.workers: list[_Worker] = []
        self.todo = deque[_Entry]()  # the next task, behind those of a process that died before their turn

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for worker in self.workers:
            worker.pipe.close()
            if kind is not None or worker.given:
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
        waiting = deque[_Entry]()  # those at hand, in order
        open_ = True
        try:
            while open_ or waiting:
                if open_ and not self.todo and len(waiting) < ahead:
                    drawn = [_Entry(task) for task in islice(tasks, 1)]
                    open_ = bool(drawn)
                    waiting.extend(drawn)
                    self.todo.extend(drawn)
                if self.todo and (worker := self._free(self.todo[0])):
                    self._give(worker, self.todo.popleft(), done)
                    continue
                while waiting and (made := waiting[0].result):
                    yield waiting.popleft().task, made[0]
                if waiting:
                    self._await(done)
        finally:
            self.todo.clear()
            self._drop([worker for worker in self.workers if worker.given])

    def _give(self, worker: _Worker, entry: _Entry, done: Callable[[Any, Any], None]) -> None:
        from texttool.corpus.worker import send

        worker.given.append(entry)
        try:
            send(worker.pipe, entry.task)
        except (BrokenPipeError, ConnectionResetError):
            self._bury(worker, done)

    def _await(self, done: Callable[[Any, Any], None]) -> None:
        """Takes what has come from the workers; a while without anything is a tick."""
        from multiprocessing.connection import wait

        busy: dict[Any, _Worker] = {worker.pipe: worker for worker in self.workers if worker.given}
        for pipe in wait(list(busy), _TICK):
            if not self._take(busy[pipe], done):
                self._bury(busy[pipe], done)
        self.tick()

    def _take(self, worker: _Worker, done: Callable[[Any, Any], None]) -> bool:
        """Takes the result of the first task a process was given. Whether there was one: else the process died."""
        from texttool.corpus.worker import receive

        try:
            result = receive(worker.pipe)
        except (EOFError, ConnectionResetError):
            return False
        self._finish(worker, result, done)
        return True

    def _finish(self, worker: _Worker, result: Any, done: Callable[[Any, Any], None]) -> None:
        entry = worker.given.popleft()
        entry.result = (result,)
        done(entry.task, result)

    def _bury(self, worker: _Worker, done: Callable[[Any, Any], None]) -> None:
        """A process that died: the task it was at is lost, the next one goes to another process."""
        worker.process.join()
        code = worker.process.exitcode or 0
        how = f"was killed by {signal.Signals(-code).name}" if code < 0 else f"ended with status {code}"
        self.workers.remove(worker)
        while len(worker.given) > 1 and self._take(worker, done):
            pass  # it died at its last task, and what it had done lies in the pipe
        worker.pipe.close()
        self._finish(worker, Lost(how), done)
        self.todo.extendleft(worker.given)

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

    def _free(self, entry: _Entry) -> _Worker | None:
        """A process that may have a task: one without any, a new one while there are fewer than there may be."""
        least = min(self.workers, key=lambda worker: len(worker.given), default=None)
        if least and not least.given:
            return least
        if len(self.workers) >= self.jobs:
            return least if least and len(least.given) == 1 and self.light(entry.task) else None
        import multiprocessing as mp

        from texttool.corpus.worker import serve

        here, there = mp.Pipe()
        ours = [worker.pipe for worker in self.workers] + [here]
        process = mp.get_context("fork").Process(target=serve, args=(self.work, there, ours), daemon=True)
        gc.freeze()  # what is there stays, and its pages shared: no process looks through it for cycles again
        with _signals_wait():
            process.start()
        there.close()
        self.workers.append(_Worker(process, here))
        return self.workers[-1]


@contextmanager
def _signals_wait() -> Iterator[None]:
    """Signals that come meanwhile are seen afterwards: a new process has to know first what they mean to it."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
