"""Which of many lines read well as they stand, told of all at once by numpy: for lines of many small texts."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from texttool.codepoints import narrowest
from texttool.filters.decode.frequency import costs
from texttool.filters.mojibake.repair import holds_utf8, limit

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[Any]

_LANGUAGE = "zh-Hans"


def doubtful(lines: Sequence[str]) -> list[int]:
    """The numbers of those ``lines`` (none is empty) that may not read well, as ``repaired`` has it."""
    import numpy as np

    units = narrowest("".join(lines))
    begins = list(accumulate(map(len, lines), initial=0))[:-1]
    if units.dtype != np.uint16 or holds_utf8("\n".join(lines).encode("gb18030", "replace")):
        return list(range(len(lines)))  # a character of two units, or of some line the bytes read as another code
    beyond = np.add.reduceat(units >= 0x80, begins, dtype=np.int64).tolist()
    spent = np.add.reduceat(_spent(units), begins, dtype=np.int64).tolist()
    return [i for i, line in enumerate(lines) if spent[i] > limit(line) * beyond[i]]


def _spent(units: Array) -> Array:
    """What each character costs; nothing where it is of ASCII."""
    table = _table()
    found = table.take(units)
    if len(found) and found.min() < 0:
        for code in set(units[found < 0].tolist()):
            table[code] = costs(_LANGUAGE)[chr(code)]
        found = table.take(units)
    return found


@cache
def _table() -> Array:
    """What each character of the Basic Multilingual Plane costs; -1 where nobody has asked yet."""
    import numpy as np

    table = np.full(0x10000, -1, np.int16)
    table[:0x80] = 0
    return table
