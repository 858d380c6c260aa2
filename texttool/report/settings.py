"""The settings of a run as a table or JSON, and the schema of a configuration file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from texttool.visible import storable, visible

if TYPE_CHECKING:
    from texttool.configfile import Setting

DEFAULT = "default"


def table(settings: Mapping[str, Setting]) -> str:
    """A line a setting: key, value as TOML writes it, and where it is from."""
    rows = [
        (key, json.dumps(_plain(value), ensure_ascii=False), _origin(path)) for key, (value, path) in _by_name(settings)
    ]
    widths = [max(len(row[i]) for row in rows) for i in (0, 1)]
    return "".join(f"{visible(f'{key:{widths[0]}}  {value:{widths[1]}}  {origin}')}\n" for key, value, origin in rows)


def as_json(settings: Mapping[str, Setting]) -> str:
    """An object: key -> ``value`` and ``origin``."""
    made = {key: {"value": _plain(value), "origin": _origin(path)} for key, (value, path) in _by_name(settings)}
    return f"{storable(json.dumps(made, ensure_ascii=False, indent=2))}\n"


def schema() -> str:
    """The JSON schema of a configuration file."""
    from texttool import configschema

    return f"{json.dumps(configschema.schema(), ensure_ascii=False, indent=2)}\n"


def _by_name(settings: Mapping[str, Setting]) -> list[tuple[str, Setting]]:
    return sorted(settings.items())


def _origin(path: Any) -> str:
    return DEFAULT if path is None else str(path)


def _plain(value: Any) -> Any:
    """What JSON can hold."""
    if isinstance(value, dict):
        return {key: list(inner) for key, inner in value.items()}
    if isinstance(value, tuple):
        return list(value)
    return value if value is None or isinstance(value, (bool, int, str)) else str(value)
