"""Results of several processes: in order, each once, and a process that dies takes nothing with it but its task."""

from __future__ import annotations

import multiprocessing as mp
import os
import signal
import sys
import time
from multiprocessing.connection import Connection

import pytest
from hypothesis import given
from hypothesis import strategies as st

from texttool.corpus import worker
from texttool.corpus.pool import Lost, Pool

_DIES = -1


def _work(task: int) -> int:
    if task == _DIES:
        os.kill(os.getpid(), signal.SIGKILL)
    return task * task


@pytest.mark.parametrize("light", [True, False])
@given(st.lists(st.integers(_DIES, 3), max_size=30), st.integers(2, 3), st.integers(1, 9))
def test_what_dies_loses_its_own_task_alone(light: bool, tasks: list[int], jobs: int, ahead: int) -> None:
    told: list[int] = []
    with Pool(_work, jobs, light=lambda _task: light) as pool:
        made = list(pool.ordered(tasks, ahead, lambda task, _result: told.append(task)))
        assert len(pool.workers) <= jobs
    assert [task for task, _ in made] == tasks
    assert sorted(told) == sorted(tasks)
    for task, result in made:
        assert result == (Lost("was killed by SIGKILL") if task == _DIES else task * task)


@pytest.mark.parametrize(("light", "most"), [(True, 2), (False, 1)])
def test_only_light_tasks_wait_behind_another(light: bool, most: int) -> None:
    with Pool(time.sleep, 2, light=lambda _task: light) as pool:
        results = pool.ordered([0, 0.2, 0.2, 0.2], 4)
        assert next(results)[0] == 0
        assert max(len(worker.given) for worker in pool.workers) == most
        assert len(list(results)) == 3


def test_results_that_nobody_waits_for_end_their_processes() -> None:
    with Pool(_work, 2, light=lambda _task: True) as pool:
        for _ in zip(pool.ordered(iter(int, 1), 8), range(3), strict=False):
            pass
        assert not pool.todo
        assert all(not worker.given for worker in pool.workers)
        assert list(pool.ordered([2, 3], 2)) == [(2, 4), (3, 9)]


def _stopped_early(pipe: Connection) -> None:
    """A worker that was told to stop before it could know what that means."""
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
    os.kill(os.getpid(), signal.SIGTERM)
    worker.serve(_work, pipe, [])


def test_a_worker_that_is_stopped_while_it_starts_ends_without_a_word(capfd: pytest.CaptureFixture[str]) -> None:
    here, there = mp.Pipe()
    process = mp.get_context("fork").Process(target=_stopped_early, args=(there,))
    process.start()
    process.join(20)
    here.close()
    assert (process.exitcode, capfd.readouterr()) == (0, ("", ""))


class _Taken:
    """Ends its process with SIGTERM while it is taken apart, which swallows what that raises; or fails then."""

    def __init__(self, fault: str) -> None:
        self.fault = fault

    def __del__(self) -> None:
        if self.fault:
            raise RuntimeError(self.fault)
        os.kill(os.getpid(), signal.SIGTERM)


@pytest.mark.parametrize(("fault", "said"), [("", False), ("what went wrong", True)])
def test_only_the_end_of_a_worker_is_swallowed_without_a_word(
    capfd: pytest.CaptureFixture[str], fault: str, said: bool
) -> None:
    here, there = mp.Pipe()

    def serve() -> None:
        sys.unraisablehook = sys.__unraisablehook__  # that of pytest keeps what it is told
        worker.serve(lambda _: str(_Taken(fault)).partition("_")[1], there, [here])

    process = mp.get_context("fork").Process(target=serve)
    process.start()
    there.close()
    worker.send(here, "task")
    assert worker.receive(here) == "_"
    here.close()
    process.join(20)
    err = capfd.readouterr().err
    assert (process.exitcode, "what went wrong" in err, err != "") == (0, said, said)
