"""Peak memory of filters on large texts, which are cleaned in pieces: it does not grow with the text.

``BENCH_LARGE`` is the size of the largest in megabytes; a gigabyte takes some minutes for each filter.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from bench.measure import MB, REPORT, TEXTTOOL, cost

LARGEST = int(os.environ.get("BENCH_LARGE", "400"))  # MB
FILTERS = ("unwrap", "punct")


def main() -> None:
    """Prints memory and speed of each filter by size of the text."""
    report = REPORT.read_bytes()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "large.txt"
        for size in (LARGEST // 4, LARGEST):
            with path.open("wb") as file:
                for _ in range(size * MB // len(report)):
                    file.write(report)
            for name in FILTERS:
                spent = cost([TEXTTOOL, name, str(path)])
                figures = f"{spent.memory / MB:5.0f} MB of memory   {size / spent.cpu:5.1f} MB/s of CPU"
                print(f"{name:8} {size:5} MB   {figures}", flush=True)


if __name__ == "__main__":
    main()
