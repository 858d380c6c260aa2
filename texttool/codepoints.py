"""The code points of a text as a numpy column."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray


def narrowest(text: str) -> NDArray[Any]:
    """One code point an entry: ``uint16``, or ``uint32`` where one is beyond the Basic Multilingual Plane."""
    import numpy as np

    narrow = np.frombuffer(text.encode("utf-16-le", "surrogatepass"), "<u2")
    return narrow if len(narrow) == len(text) else np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")
