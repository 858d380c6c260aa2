"""The JSON schema of a configuration file, generated from the type of Options; and what a value must be by it."""

from __future__ import annotations

import json
import types
from collections.abc import Mapping
from dataclasses import Field
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

from texttool.config import Options, settings

EXTEND = "extend"
_STRINGS: dict[str, Any] = {"type": "array", "items": {"type": "string"}}
_SAID = {"boolean": "true or false", "integer": "a whole number", "string": "a string", "array": "an array of strings"}


def schema() -> dict[str, Any]:
    """The schema (JSON Schema 2020-12) of a file; in ``pyproject.toml``, of the table ``tool.texttool``."""
    properties: dict[str, Any] = {
        EXTEND: {"type": "string", "description": "Another file, whose keys hold where this one has none."}
    }
    hints = get_type_hints(Options)
    for key, made in sorted(settings().items()):
        properties[key] = {**_of(hints[made.name], made), "description": made.metadata["about"]}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Settings of texttool",
        "type": "object",
        "additionalProperties": False,
        "properties": properties,
    }


def _of(hint: Any, made: Field[Any]) -> dict[str, Any]:
    """The schema of one field."""
    if get_origin(hint) in (types.UnionType,):
        hint = next(part for part in get_args(hint) if part is not type(None))
    if hint is bool:
        return {"type": "boolean", "default": made.default}
    if hint is int:
        return {"type": "integer", "minimum": made.metadata["least"], "default": made.default}
    if hint is Path:
        return {"type": "string"}
    if hint is str:
        choices = {"enum": list(made.metadata["choices"])} if made.metadata["choices"] else {}
        return {"type": "string", **choices, "default": made.default}
    if get_origin(hint) is tuple:
        return _STRINGS
    assert get_origin(hint) is Mapping
    return {"type": "object", "additionalProperties": _STRINGS}


def fault(value: Any, wanted: Mapping[str, Any]) -> str:
    """What is wrong with a value by its schema; empty where nothing is."""
    kind = wanted["type"]
    if kind == "object":
        return _fault_in_table(value, wanted["additionalProperties"])
    fits = {
        "boolean": _is(value, bool),
        "integer": _is(value, int) and not _is(value, bool),
        "string": _is(value, str),
        "array": _is(value, list) and all(_is(item, str) for item in value),
    }
    if not fits[kind]:
        meant = f", [{json.dumps(value, ensure_ascii=False)}]" if kind == "array" and _is(value, str) else ""
        return f"must be {_SAID[kind]}{meant}"
    if "enum" in wanted and value not in wanted["enum"]:
        from texttool.rulebook import unknown

        return unknown("value", value, wanted["enum"])
    if "minimum" in wanted and value < wanted["minimum"]:
        return f"must be {wanted['minimum']} or more"
    return ""


def _fault_in_table(value: Any, wanted: Mapping[str, Any]) -> str:
    """The same for a table of patterns; what is wrong with one of its values stands behind the pattern."""
    if not _is(value, dict):
        return 'must be a table of patterns with codes, such as { "poetry/**" = ["LW"] }'
    faults = ((pattern, fault(inner, wanted)) for pattern, inner in value.items())
    return next((f"{pattern!r}: {wrong}" for pattern, wrong in faults if wrong), "")


def _is(value: Any, kind: type) -> bool:
    return isinstance(value, kind)
