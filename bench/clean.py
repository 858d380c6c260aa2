"""Throughput and memory of ``clean`` on one file of very short lines, and how both grow with it."""

from __future__ import annotations

from pathlib import Path

from bench.measure import MB, REPORT, TEXTTOOL, cost, repeated, with_folder

SIZES = (1, 10, 50)


def main() -> None:
    """Prints MB of UTF-8 a second of CPU, bytes of memory a byte of input, and growth from size to size."""
    print(f"text: {REPORT.name}, repeated")
    for name, arguments in (("decode,unwrap,punct", ("--filters", "decode,unwrap,punct")), ("default", ())):
        with_folder(lambda folder, name=name, arguments=arguments: _grow(name, arguments, folder))  # type: ignore[misc]


def _grow(name: str, arguments: tuple[str, ...], folder: Path) -> None:
    for size in SIZES:
        path = repeated(REPORT, size * MB, folder)
        length = path.stat().st_size
        spent = cost((TEXTTOOL, "clean", *arguments, str(path)))
        print(
            f"{name:20} {size:3} MB  {spent.cpu:6.2f} s CPU  {length / MB / spent.cpu:6.1f} MB/s"
            f"  {spent.memory / length:6.1f} bytes of memory a byte",
            flush=True,
        )
