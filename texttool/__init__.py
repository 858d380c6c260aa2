"""texttool turns bad text into clean text and keeps a corpus clean. Nothing is lost silently."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from texttool.api import clean as clean
    from texttool.api import decode as decode
    from texttool.api import detect as detect
    from texttool.api import find_duplicates as find_duplicates
    from texttool.api import lint as lint
    from texttool.edits import Edits as Edits
    from texttool.pipeline import Pipeline as Pipeline
    from texttool.rule import Rule as Rule

# public name -> the module that holds it, imported when the name is first used: `texttool --version` needs none
_HOME = {
    **dict.fromkeys(("clean", "decode", "detect", "find_duplicates", "lint"), "texttool.api"),
    "Edits": "texttool.edits",
    "Pipeline": "texttool.pipeline",
    "Rule": "texttool.rule",
}
__all__ = ["Edits", "Pipeline", "Rule", "clean", "decode", "detect", "find_duplicates", "lint"]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value = globals()[name] = getattr(import_module(_HOME[name]), name)
    return value
