"""Engines: what hands pieces to workers. Each gives what the workers say, in any order; one that broke may be asked
again for the pieces that are not done.
"""

from __future__ import annotations

import logging
import os
import pickle
import socket
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

from texttool.corpus.pool import Lost, Pool, cores
from texttool.errors import Failure

T = TypeVar("T")
Maker = Callable[[Any], Callable[[Any], str]]
Engine = Callable[[Maker, Any, Sequence[Any], int], Iterator[str]]

_WAIT = 5.0  # seconds in which a cluster must answer
_QUIET = {
    # No engine tells its makers of a run, or draws a bar of its own.
    "DO_NOT_TRACK": "true",
    "DAFT_ANALYTICS_ENABLED": "0",
    "RAY_USAGE_STATS_ENABLED": "0",
    "DAFT_PROGRESS_BAR": "0",
    "RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO": "0",
}


class EngineError(Exception):
    """The engine broke, most often because a worker died; what was done is done."""


def engine(name: str, address: str | None) -> Engine:
    """The engine of a name. Raises Failure where it is not installed, or its cluster does not answer."""
    if name == "local":
        return local
    daft = imported()
    if name == "daft":
        daft.set_runner_native()
    else:
        _connect(daft, address or os.environ.get("RAY_ADDRESS", ""))
    return _daft


def imported() -> Any:
    """Daft, which tells nobody that it was. Raises Failure where it is not installed."""
    for key, value in _QUIET.items():
        os.environ.setdefault(key, value)
    try:
        import daft
    except ImportError as error:
        raise Failure("--engine daft and ray need Daft: `pip install texttool[scale]`") from error
    return daft


def _connect(daft: Any, address: str) -> None:
    """Connects to a Ray cluster, with the token of the user's environment. Raises Failure."""
    try:
        import ray
    except ImportError as error:
        raise Failure("--engine ray needs Ray: `pip install texttool[ray]`") from error
    if not address:
        raise Failure("--engine ray needs the address of a cluster: --ray-address HOST:PORT, or RAY_ADDRESS")
    host, _, port = address.removeprefix("ray://").rpartition(":")
    try:
        # Asked first, because Ray itself waits for minutes, and then ends the process.
        socket.create_connection((host, int(port)), _WAIT).close()
    except (OSError, ValueError) as error:
        raise Failure(f"no Ray cluster answers there: {error}", address) from error
    try:
        if not ray.is_initialized():
            ray.init(address, log_to_driver=False, logging_level=logging.ERROR)
        daft.set_runner_ray(noop_if_initialized=True)
    except Exception as error:
        raise Failure(f"the Ray cluster refuses: {' '.join(str(error).split())[:300]}", address) from error


def local(make: Maker, shared: Any, pieces: Sequence[Any], jobs: int) -> Iterator[str]:
    """Processes of this machine. Raises EngineError where one died."""
    jobs = min(jobs or cores(), len(pieces))
    work = _Lazy(make, shared)
    lost = 0
    with Pool(work, jobs) as pool:
        for _, made in pool.ordered(iter(pieces), 4 * jobs):
            if isinstance(made, Lost):
                lost += 1
            else:
                yield made
    if lost:
        raise EngineError(f"{lost} processes died")


class _Lazy:
    """A worker that is made when the first piece comes, in the process that does it."""

    def __init__(self, make: Maker, shared: Any) -> None:
        self.make, self.shared = make, shared
        self.work: Callable[[Any], str] | None = None

    def __call__(self, piece: Any) -> str:
        self.work = self.work or self.make(self.shared)
        return self.work(piece)


def _daft(make: Maker, shared: Any, pieces: Sequence[Any], jobs: int) -> Iterator[str]:
    """Daft on this machine or on its cluster: a column of pieces, mapped. Raises EngineError where a worker died."""
    daft = imported()
    jobs = min(jobs or cpus(), len(pieces))
    frame = daft.from_pydict({"piece": [pickle.dumps(piece) for piece in pieces]})
    if daft.runners.get_or_infer_runner_type() == "ray":
        frame = frame.into_partitions(min(len(pieces), 16 * jobs))
    work = worker(daft, jobs)(pickle.dumps((make, shared)))
    try:
        for row in frame.select(work.each(frame["piece"]).alias("made")).iter_rows():
            yield row["made"]
    except Exception as error:  # whatever it calls it
        raise EngineError(f"{type(error).__name__}: {' '.join(str(error).split())[:300]}") from error


def worker(daft: Any, jobs: int) -> Any:
    """The class that Daft makes once a process; the GIL of another process holds nothing up."""

    class Mapped:
        def __init__(self, made: bytes) -> None:
            make, shared = pickle.loads(made)
            self.work = make(shared)

        @daft.method.batch(return_dtype=daft.DataType.string(), batch_size=1)  # type: ignore[untyped-decorator]
        def each(self, column: Any) -> list[str]:
            return [self.work(pickle.loads(piece)) for piece in column.to_pylist()]

    return daft.cls(Mapped, use_process=True, max_concurrency=jobs)


def cpus() -> int:
    """Cores of this machine, or of the cluster."""
    if imported().runners.get_or_infer_runner_type() == "ray":
        import ray

        held: dict[str, float] = ray.cluster_resources()  # type: ignore[no-untyped-call]
        return int(held.get("CPU", 1))
    return cores()
