"""When what takes long to set up is worth it: a pattern of thousands of characters, or numpy, for many small texts."""

from __future__ import annotations

# Code points, of all texts that were read: up to here it takes less time to look at the characters of a text one by
# one than to compile a pattern of all that are wanted, or to import numpy, which then look at them ten times as fast.
_WORTH = 1 << 18


class Read:
    """How many code points this process has read for one purpose.

    Where ``re`` looks at a text nearly as fast as numpy, so many ``times`` as much has to be read.
    """

    def __init__(self, times: int = 1) -> None:
        self._total, self._times = 0, times

    def enough(self, *texts: str) -> bool:
        """Whether they are enough, with those of ``texts``, for a fast way to be worth its setting up."""
        self._total += sum(map(len, texts))
        return self._total > _WORTH * self._times
