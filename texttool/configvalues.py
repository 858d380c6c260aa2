"""Whether what a configuration file names exists: filters, rules, recipes, encodings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from texttool.config import settings
from texttool.document import STDIN
from texttool.errors import Failure

if TYPE_CHECKING:
    from texttool.configfile import Setting

_KEPT = {"encoding": "auto", "to": "same"}  # what stands for an encoding without being the name of one


def check(values: Mapping[str, Setting]) -> None:
    """Raises Failure, which names file and key, where one of ``values`` (by field) is a name of nothing."""
    keys = {field.name: key for key, field in settings().items()}
    for name, setting in values.items():
        wrong = _CHECKS[name](name, setting.value) if name in _CHECKS else ""
        if wrong:
            raise Failure(f"{keys[name]}: {wrong}", setting.origin)


def check_baseline(values: Mapping[str, Setting], given: Mapping[str, Any]) -> None:
    """Raises Failure where the baseline is not there, and what is ``given`` to the command (lint) makes none now."""
    setting = values.get("baseline")
    if setting and given.get("write_baseline", ...) is None and not setting.value.exists():
        raise Failure(f"baseline: {setting.value}: no such file; --write-baseline makes one", setting.origin)


def check_paths(paths: Iterable[Path]) -> None:
    """Raises Failure where one of the paths that settings are to be shown for is not there: a setting may be meant."""
    from difflib import get_close_matches

    for path in paths:
        if str(path) == STDIN or path.exists():
            continue
        folder = path.parent
        names = [name.name for name in folder.iterdir()] if folder.is_dir() else []
        near = [repr(name) for name in get_close_matches(path.name, names, n=1)]
        near += [f"the setting {key!r}" for key in get_close_matches(str(path), settings(), n=1)]
        hint = f"did you mean {near[0]}?" if near else "settings are shown for files and folders"
        raise Failure(f"no such file or folder; {hint}", path)


def encoding_fault(name: str, value: str) -> str:
    """What is wrong with the ``value`` of the field ``name``, an encoding; empty where nothing is."""
    if value == _KEPT[name]:
        return ""
    from texttool.filters.decode.names import fault

    return fault(value)


def _filters(_name: str, value: Any) -> str:
    from texttool.filters import ORDER
    from texttool.rulebook import unknown

    if not value:
        return "needs a name"
    return next((unknown("filter", one, ORDER) for one in value if one not in ORDER), "")


def _recipe(_name: str, value: Any) -> str:
    from texttool.recipes import names
    from texttool.rulebook import unknown

    return "" if value in names() else unknown("recipe", value, names())


def _codes(_name: str, value: Iterable[str]) -> str:
    from texttool.rulebook import UnknownNameError, check_code

    try:
        for code in value:
            check_code(code)
    except UnknownNameError as error:
        return str(error)
    return ""


def _by_pattern(name: str, value: Mapping[str, Iterable[str]]) -> str:
    faults = ((pattern, _codes(name, codes)) for pattern, codes in value.items())
    return next((f"{pattern!r}: {wrong}" for pattern, wrong in faults if wrong), "")


_CHECKS: dict[str, Callable[[str, Any], str]] = {
    "filters": _filters,
    "recipe": _recipe,
    "select": _codes,
    "ignore": _codes,
    "extend_select": _codes,
    "per_file_ignores": _by_pattern,
    "encoding": encoding_fault,
    "to": encoding_fault,
}
