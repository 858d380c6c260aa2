"""Memory that is free, given back to the system: a C library keeps what lies below something that is in use."""

from __future__ import annotations

import sys

_LARGE = 1 << 20  # code points: of what a shorter text takes little can be given back


def give_back(length: int) -> None:
    """To be called when the columns of a text of so many code points are free: a few milliseconds, and no effect else.

    Only where numpy made them, and only with glibc, whose ``malloc_trim`` it is.
    """
    if length < _LARGE or sys.platform != "linux" or "numpy" not in sys.modules:
        return
    import ctypes  # which numpy has imported

    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
