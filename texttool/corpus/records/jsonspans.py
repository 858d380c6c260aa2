"""Where in a JSON text the strings of a field stand, so that all else can stay as it is, to the byte."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from texttool.edits import Span

_SPACE = re.compile(r"[ \t\n\r]*")
# Numbers are only walked over: no value is made of them, whatever their length.
_VALUE = json.JSONDecoder(parse_int=str, parse_float=str).raw_decode
_STRING: Callable[[str, int, bool], tuple[str, int]] = json.decoder.scanstring  # type: ignore[attr-defined]
_SURROGATE = re.compile("[\ud800-\udfff]")

Tree = dict[str, Any]  # a name of a field -> what is looked for below it; "" marks the end of a path


class String(NamedTuple):
    """A string of a record: its literal at ``start`` to ``end`` (code points), its value, its dotted path."""

    start: int
    end: int
    value: str
    path: str


def tree(fields: Iterable[str]) -> Tree:
    """The fields as a tree; a name with dots in it may be one name, too."""
    root: Tree = {}
    for field in fields:
        root.setdefault(field, {})[""] = True
        node = root
        for name in field.split("."):
            node = node.setdefault(name, {})
        node[""] = True
    return root


def strings(text: str, at: int, wanted: Tree) -> tuple[list[String], int]:
    """The strings of the wanted fields in the value that begins at ``at``, in order, and where that value ends.

    A list on the way stands for each of its elements. Raises ValueError where the text is not JSON.
    """
    found: list[String] = []
    try:
        return found, _value(text, at, wanted, "", found)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


def record(line: str, wanted: Tree) -> tuple[list[String], Span]:
    """The strings of the wanted fields of the object that is all of a line, and its span; none in a blank line.

    Raises ValueError where the line is no record.
    """
    at = space(line, 0)
    if at == len(line):
        return [], (at, at)
    if line[at] != "{":
        raise ValueError("is no object")
    found, end = strings(line, at, wanted)
    if space(line, end) != len(line):
        raise ValueError("something stands behind the record")
    return found, (at, end)


def space(text: str, at: int) -> int:
    """Behind the white space at ``at``."""
    match = _SPACE.match(text, at)
    return match.end() if match else at


def _value(text: str, at: int, wanted: Tree, path: str, found: list[String]) -> int:
    first = text[at : at + 1]
    if first == '"' and "" in wanted:
        value, end = _STRING(text, at + 1, True)
        found.append(String(at, end, value, path))
        return end
    if first == "{" and wanted.keys() - {""}:
        return _object(text, at + 1, wanted, path, found)
    if first == "[":
        return _array(text, at + 1, wanted, path, found)
    return skip(text, at)


def skip(text: str, at: int) -> int:
    """The end of the value that begins at ``at``. Raises ValueError where there is none."""
    try:
        _, end = _VALUE(text, at)
        return end
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


def _object(text: str, at: int, wanted: Tree, path: str, found: list[String]) -> int:
    at = space(text, at)
    if text[at : at + 1] == "}":
        return at + 1
    while True:
        if text[at : at + 1] != '"':
            raise json.JSONDecodeError("Expecting a name in double quotes", text, at)
        name, at = _STRING(text, at + 1, True)
        at = space(text, at)
        if text[at : at + 1] != ":":
            raise json.JSONDecodeError("Expecting ':'", text, at)
        at = space(text, at + 1)
        below = wanted.get(name) if name else None
        at = _value(text, at, below, f"{path}.{name}" if path else name, found) if below else skip(text, at)
        at, more = _behind(text, at, "}")
        if not more:
            return at


def _array(text: str, at: int, wanted: Tree, path: str, found: list[String]) -> int:
    at = space(text, at)
    if text[at : at + 1] == "]":
        return at + 1
    number = 0
    while True:
        at, more = _behind(text, _value(text, at, wanted, f"{path}[{number}]", found), "]")
        if not more:
            return at
        number += 1


def _behind(text: str, at: int, end: str) -> tuple[int, bool]:
    """Where it goes on behind a member that ends at ``at``, and whether with another one; ``end`` ends them all."""
    at = space(text, at)
    mark = text[at : at + 1]
    if mark == end:
        return at + 1, False
    if mark != ",":
        raise json.JSONDecodeError(f"Expecting ',' or '{end}'", text, at)
    return space(text, at + 1), True


def name_in(record: str, field: str) -> str:
    """What the dotted ``field`` of a JSON record holds, a string or a number as it is spelled; nothing elsewhere."""
    value, _ = _VALUE(record, 0)
    for name in (field,) if isinstance(value, dict) and field in value else field.split("."):
        value = value.get(name) if isinstance(value, dict) else None
    return value if isinstance(value, str) else ""


def spelled(value: str, *, as_ascii: bool) -> str:
    """The literal of a string: with escapes for all that is not ASCII where the record had none of that."""
    literal = json.dumps(value, ensure_ascii=as_ascii)
    return literal if as_ascii else _SURROGATE.sub(lambda match: f"\\u{ord(match[0]):04x}", literal)
