"""What a run over a large corpus takes, from constants that were measured: the arithmetic of docs/scale.md.

``python -m bench.scale_plan [TB CORES]``. The constants are the medians that ``python -m bench.scale`` printed on the
machine that docs/scale.md names: put yours in their place. The end of a run is simulated: pieces are handed to the
cores as they fall free, their cost varies, and workers die.
"""

from __future__ import annotations

import heapq
import random
import sys
from math import exp
from typing import NamedTuple

from texttool.scale.plan import SIZE

MB, TB = 1e6, 1e12


class Measured(NamedTuple):
    """Of one core, in MB of source a second of CPU unless it says otherwise."""

    clean: float = 0.95  # all filters, Chinese prose in JSON lines
    sketch: float = 18.0
    keys: float = 1.9  # bytes of keys a byte of source
    join: float = 30.0  # MB of keys a second
    gather: float = 68.0
    find: float = 4.7  # MB a second of the texts that may have something in common
    start: float = 3.0  # seconds until a worker has its first piece
    driver: float = 0.001  # seconds of the driver a piece: to plan it, hand it out, read its mark
    memory: float = 0.25  # GB a worker, the interpreter and a piece's output among it


class Assumed(NamedTuple):
    """What is not measured but assumed; the document says why."""

    disk: float = 100.0  # MB a second that each core can read or write of the shared disk
    alike: float = 0.3  # part of the texts that may have something in common with others
    spread: float = 0.5  # standard deviation of the logarithm of a piece's cost
    deaths: float = 1e-3  # workers that die, for each piece


def steps(size: float, known: Measured, assumed: Assumed) -> dict[str, tuple[float, float]]:
    """Of each step the CPU seconds, and the bytes that it reads and writes, for ``size`` bytes."""
    keys, alike = size * known.keys, size * assumed.alike
    return {
        "clean": (size / MB / known.clean, 2 * size),
        "sketch": (size / MB / known.sketch, size + keys),
        "join": (keys / MB / known.join, keys),
        "gather": (size / MB / known.gather, size + alike),
        "find": (alike / MB / known.find, alike),
    }


def clock(cpu: float, moved: float, cores: int, pieces: int, known: Measured, assumed: Assumed) -> float:
    """Seconds on the clock: pieces in their order to the core that is free first, those of dead workers once more."""
    draw = random.Random(1)
    each = (cpu + moved / MB / assumed.disk) / pieces
    mean = exp(assumed.spread**2 / 2)  # of the log-normal distribution, so that the sum stays what it is
    free = [known.start] * min(cores, pieces)
    heapq.heapify(free)
    again = 0
    for number in range(pieces):
        again += draw.random() < assumed.deaths
        at = max(heapq.heappop(free), number * known.driver)  # the driver hands out one after another
        heapq.heappush(free, at + each * draw.lognormvariate(0, assumed.spread) / mean)
    end = max(free)
    for _ in range(again):  # the second round
        heapq.heappush(free, heapq.heappop(free) + each)
    return max(end, *free) + pieces * known.driver  # and reads all marks at the end


def main() -> None:
    """Prints the plan."""
    given = sys.argv[1:] if len(sys.argv) == 3 and __name__ == "__main__" else ["10", "1000"]
    size, cores = float(given[0]) * TB, int(given[1])
    known, assumed = Measured(), Assumed()
    pieces = round(size / SIZE)
    print(f"{size / TB:g} TB on {cores} cores: {pieces:,} pieces, {known.memory * cores:.0f} GB of memory")
    total = 0.0
    for name, (cpu, moved) in steps(size, known, assumed).items():
        seconds = clock(cpu, moved, cores, pieces, known, assumed)
        total += seconds
        used = cpu / cores / seconds
        told = f"{cpu / 3600:9,.0f} core hours, {moved / TB:5.1f} TB moved, {seconds / 3600:6.2f} h, {used:.0%} busy"
        print(f"{name:7} {told}")
    print(f"all     {total / 3600:.2f} h")


if __name__ == "__main__":
    main()
