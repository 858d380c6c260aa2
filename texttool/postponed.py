"""Modules that are imported at their first use, though another module imports them at its top.

``importlib.util.LazyLoader`` is made for this, but before Python 3.12 the import statement itself counts as a use.
"""

from __future__ import annotations

import sys
from importlib.machinery import PathFinder
from importlib.util import module_from_spec
from types import ModuleType
from typing import Any


class _Postponed(ModuleType):
    """A module with nothing in it, which fills itself when something is asked for."""

    def __getattr__(self, name: str) -> Any:
        if self.__spec__ and self.__spec__.loader:
            self.__spec__.loader.exec_module(self)
        self.__class__ = ModuleType  # type: ignore[assignment]  # which it is now
        return getattr(self, name)


def postpone(name: str) -> None:
    """Has the module ``name``, which is no part of a package, imported at its first use. One that is there is kept."""
    spec = None if name in sys.modules else PathFinder.find_spec(name)
    if spec:
        module = module_from_spec(spec)
        module.__class__ = _Postponed
        sys.modules[name] = module
