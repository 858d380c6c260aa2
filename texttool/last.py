"""What was found out of the last texts: rules that run on the same text share it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")

SMALL = 1 << 14  # code points: of such texts several are at hand at once, rule by rule
_MANY = 64


class Last(Generic[T]):
    """A function of a text, whose value for the last one is kept with it, and for the last few where they are small.

    Another text is not found equal by chance. A large one is known by its identity first: to hash it takes long.
    """

    __slots__ = ("_kept", "_large", "_of")

    def __init__(self, of: Callable[[str], T]) -> None:
        self._of = of
        self._kept: dict[str, T] = {}  # it and the next one are replaced whole, so that threads need no lock
        self._large: tuple[str, T] | None = None

    def __call__(self, text: str) -> T:
        """The value for ``text``."""
        if len(text) <= SMALL:
            try:
                return self._kept[text]
            except KeyError:
                return self._keep(text, self._of(text))
        kept = self._large
        if kept is not None and kept[0] is text:
            return kept[1]
        # An equal one is the last from now on: it is not compared again.
        return self._keep(text, kept[1] if kept is not None and kept[0] == text else self._of(text))

    def _keep(self, text: str, value: T) -> T:
        if len(text) > SMALL:
            self._large = text, value
        else:
            if len(self._kept) >= _MANY:
                self._kept = {}
            self._kept[text] = value
        return value

    def carry(self, before: str, after: str, to: Callable[[T], T] = lambda value: value) -> None:
        """Takes ``to`` of the value for ``before``, if that was one of the last texts, for the value for ``after``."""
        if len(before) <= SMALL:
            if before in self._kept:
                self._keep(after, to(self._kept[before]))
            return
        kept = self._large
        if kept is not None and kept[0] is before:
            self._keep(after, to(kept[1]))
