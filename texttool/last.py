"""What was found out of the last text: rules that run on the same text share it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Last(Generic[T]):
    """A function of a text, whose value for the last one is kept with it. Another text is not found equal by chance."""

    __slots__ = ("_kept", "_of")

    def __init__(self, of: Callable[[str], T]) -> None:
        self._of = of
        self._kept: tuple[str, T] | None = None  # replaced whole, so that threads need no lock

    def __call__(self, text: str) -> T:
        """The value for ``text``."""
        kept = self._kept
        if kept is not None and (kept[0] is text or kept[0] == text):
            return kept[1]
        self._kept = kept = text, self._of(text)
        return kept[1]

    def carry(self, before: str, after: str, to: Callable[[T], T] = lambda value: value) -> None:
        """Takes ``to`` of the value for ``before``, if that was the last text, for the value for ``after``."""
        kept = self._kept
        if kept is not None and kept[0] is before:
            self._kept = after, to(kept[1])
