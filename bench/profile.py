"""Where the time of ``clean`` goes: ``make profile``. CPU by stage, without the profiler; then its dearest functions.

``BENCH_PROFILE`` is the size in megabytes (5).
"""

from __future__ import annotations

import cProfile
import io
import os
import pstats
import time

from bench.linear import groups
from bench.measure import MB, REPORT
from texttool import document, pipeline, rulebook

SIZE = int(os.environ.get("BENCH_PROFILE", "5")) * MB
DEAR = 0.03  # of the whole: stages above it are profiled
FUNCTIONS = 8  # that are shown of each


def main() -> None:
    """Prints the stages, dearest first, and the functions of the dear ones."""
    data = REPORT.read_bytes()
    data *= max(1, SIZE // len(data))
    pipeline.run(document.load(data[: MB // 10]).text, rulebook.rules())  # libraries imported, patterns compiled
    started = time.process_time()
    text = document.load(data).text
    spent = [(time.process_time() - started, "decode", "")]
    for rules in groups():
        if not any(rule.default for rule in rules):
            continue
        before, started = text, time.process_time()
        text = pipeline.run(text, rules).text
        spent.append((time.process_time() - started, f"{rules[0].code} {rules[0].name}", before))
    whole = sum(seconds for seconds, *_ in spent)
    print(f"{len(data) / MB:.1f} MB of {REPORT.name}: {whole:.2f} s of CPU, {len(data) / MB / whole:.1f} MB/s\n")
    for seconds, name, _ in sorted(spent, reverse=True):
        print(f"{seconds:7.2f} s  {seconds / whole:5.1%}  {name}")
    by_name = {f"{rules[0].code} {rules[0].name}": rules for rules in groups()}
    for seconds, name, before in sorted(spent, reverse=True):
        if seconds > DEAR * whole and before:
            profiler = cProfile.Profile()
            profiler.runcall(pipeline.run, before, by_name[name])
            print(f"\n== {name}\n{_told(profiler)}")


def _told(profiler: cProfile.Profile) -> str:
    """The functions with the most time of their own."""
    out = io.StringIO()
    pstats.Stats(profiler, stream=out).strip_dirs().sort_stats("tottime").print_stats(FUNCTIONS)
    lines = out.getvalue().splitlines()
    start = next(i for i, line in enumerate(lines) if "ncalls" in line)
    return "\n".join(line for line in lines[start:] if line.strip())


if __name__ == "__main__":
    main()
