"""What is free goes back to the system, where the C library is asked to do that."""

from __future__ import annotations

import platform
import subprocess
import sys

import pytest

# Every second of many blocks is freed: none of them lies at the end of what the process has been given.
_WORK = """
import numpy as np
from texttool.memory import give_back

def held():
    return int(next(line for line in open("/proc/self/status") if line.startswith("VmRSS")).split()[1])

blocks = [np.ones(60_000, np.uint8) for _ in range(1000)]
del blocks[::2]
before = held()
give_back(1000)
small = held()
give_back(1 << 20)
print(before - small, before - held())
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="no malloc_trim")
def test_free_memory_is_given_back_behind_a_large_text() -> None:
    made = subprocess.run([sys.executable, "-c", _WORK], capture_output=True, check=True, text=True).stdout
    small, large = map(int, made.split())
    assert small == 0
    assert large > 15_000  # kB: of 30,000 that were freed
