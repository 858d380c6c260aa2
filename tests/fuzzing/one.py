"""One target under atheris: ``python -m tests.fuzzing.one TARGET CASES [options of libFuzzer] [folders]``.

An input that breaks a law is written to the folder ``CASES``, the shortest for each way in which laws break; then
fuzzing goes on.
"""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["texttool"]):
    from tests.fuzzing.targets import TARGETS


def collecting(target: Callable[[bytes], None], cases: Path) -> Callable[[bytes], None]:
    """The target, with its failures written down instead of raised."""
    shortest: dict[str, int] = {}

    def run(data: bytes) -> None:
        try:
            target(data)
        except Exception as error:
            frames = traceback.extract_tb(error.__traceback__)
            said = error if isinstance(error, AssertionError) else ""  # other errors name places in the input
            way = f"{frames[-1].filename}:{frames[-1].lineno} {type(error).__name__} {said}"
            if len(data) < shortest.get(way, sys.maxsize):
                if way not in shortest:
                    sys.stderr.write(f"broken: {way}\n")
                shortest[way] = len(data)
                (cases / f"found-{sha256(way.encode('utf-8', 'replace')).hexdigest()[:12]}").write_bytes(data)

    return run


if __name__ == "__main__":
    name, folder = sys.argv.pop(1), Path(sys.argv.pop(1))
    TARGETS[name](bytes(range(256)))  # tables are read and patterns compiled before anything is measured
    atheris.Setup(sys.argv, collecting(TARGETS[name], folder))
    atheris.Fuzz()
