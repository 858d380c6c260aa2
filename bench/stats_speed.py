"""CPU of stats on a large clean text, beside ``wc -lm``, which counts lines and characters and nothing else."""

from __future__ import annotations

import shutil
from pathlib import Path

from bench.measure import MB, ROOT, TEXTTOOL, cost, with_folder

SIZE = 100  # MB
SOURCE = ROOT / "samples" / "work-report" / "out.txt"


def main() -> None:
    """Prints megabytes a second of CPU, and the memory that took."""
    with_folder(_measure)


def _measure(folder: Path) -> None:
    path, text = folder / "large.txt", SOURCE.read_bytes()
    with path.open("wb") as file:
        for i in range(SIZE * MB // len(text)):
            file.write(f"{i}\n".encode() + text)
    for command in ((TEXTTOOL, "stats"), ("wc", "-lm")):
        if shutil.which(command[0]):
            spent = cost((*command, str(path)))
            print(
                f"{Path(command[0]).name:10} {SIZE / spent.cpu:7.1f} MB/s of CPU  {spent.memory / MB:5.0f} MB of memory"
            )


if __name__ == "__main__":
    main()
