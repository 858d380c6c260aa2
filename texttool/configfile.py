"""The configuration file: which one it is, what it says, and the options that follow from it and the command line."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping, Sequence
from dataclasses import MISSING, fields
from pathlib import Path
from typing import Any, NamedTuple

from texttool import store, streams
from texttool.config import Options, key_of, settings
from texttool.errors import Failure

PYPROJECT = "pyproject.toml"
NAMES = (".texttool.toml", "texttool.toml", PYPROJECT)  # in one folder, the first wins


class Setting(NamedTuple):
    """A value and the file that says so (None: it is the default)."""

    value: Any
    origin: Path | None


class Config(NamedTuple):
    """The file that was found (None: there is none), and what it sets, by the names of fields."""

    path: Path | None
    values: dict[str, Setting]


def find(paths: Sequence[Path], named: Path | None = None, *, isolated: bool = False) -> Config:
    """The configuration for ``paths``: the file ``named``, or the nearest one at or above the folder they share.

    Nothing is merged: the nearest file wins, and takes over the keys of another one where it says ``extend``.
    Raises Failure for a file that cannot be read, is no TOML, or holds an unknown key or a wrong value.
    """
    path = named if named or isolated else _nearest(_shared(paths))
    return Config(path, _load(path, ()) if path else {})


def options(config: Config, given: Mapping[str, Any], explicit: Collection[str], accepted: Collection[str]) -> Options:
    """Options from ``given`` (field -> value); what the file sets holds for ``accepted`` fields not set explicitly.

    Raises Failure where that names something that there is not.
    """
    wanted = set(accepted) - set(explicit)
    taken = {name: setting for name, setting in config.values.items() if name in wanted}
    if taken:
        from texttool import configvalues

        configvalues.check(taken)
        configvalues.check_baseline(taken, given)
    from_file = {name: setting.value for name, setting in taken.items()}
    root = Path(os.path.realpath(config.path)).parent if config.path else Path.cwd()
    return Options(**{**given, **from_file, "root": root})


def effective(config: Config) -> dict[str, Setting]:
    """Every setting by its key, with where it is from."""
    made = {}
    for field in fields(Options):
        if "about" in field.metadata:
            default = field.default if field.default_factory is MISSING else field.default_factory()
            made[key_of(field)] = config.values.get(field.name, Setting(default, None))
    return made


def _shared(paths: Sequence[Path]) -> Path:
    """The folder that holds all of ``paths``; the current one where there are none, or only standard input."""
    folders = [path if path.is_dir() else path.parent for path in paths if str(path) != "-"]
    if not folders:
        return Path.cwd()
    return Path(os.path.commonpath([os.path.realpath(folder) for folder in folders]))


def _nearest(start: Path) -> Path | None:
    for folder in (start, *start.parents):
        for name in NAMES:
            path = folder / name
            if path.is_file() and (name != PYPROJECT or _speaks(path)):
                return _shown(path)
    return None


def _speaks(path: Path) -> bool:
    """Whether a ``pyproject.toml`` has a table of ours. One that is broken and never names us is only told of."""
    data = store.read(path).data
    try:
        return _ours(_parsed(_shown(path), data)) is not None
    except Failure as failure:
        if b"texttool" in data:
            raise
        streams.say(f"{failure}; it does not name texttool, and is passed by")
        return False


def _shown(path: Path) -> Path:
    """The path as people write it: relative where it is at or below the current folder."""
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path


def _load(path: Path, through: tuple[Path, ...]) -> dict[str, Setting]:
    """What a file sets, and those that it extends. ``through`` are the files that led here."""
    if any(_same(path, before) for before in through):
        raise Failure("extends itself", path)
    table = dict(_table(path))
    parent = table.pop("extend", None)
    values: dict[str, Setting] = {}
    if parent is not None:
        values = _extended(path, parent, through)
    return values | _checked(table, path)


def _extended(path: Path, parent: Any, through: tuple[Path, ...]) -> dict[str, Setting]:
    """What the file sets that ``path`` extends. What is wrong there is told with the way that led to it."""
    if not isinstance(parent, str):
        raise Failure("extend: must be a string, the path of a file", path)
    try:
        return _load(path.parent / parent, (*through, path))
    except Failure as failure:
        raise Failure(f"extend: {failure}", path) from failure


def _same(one: Path, other: Path) -> bool:
    """Whether both are one file; what cannot be one is told where it is read."""
    try:
        return one.samefile(other)
    except (OSError, ValueError):
        return False


def _table(path: Path) -> Mapping[str, Any]:
    parsed = _parsed(path, store.read(path).data)
    if path.name != PYPROJECT:
        return parsed
    table = _ours(parsed)
    if table is None:
        raise Failure("has no table tool.texttool", path)
    if not isinstance(table, dict):
        raise Failure("tool.texttool: must be a table", path)
    return table


def _ours(parsed: Mapping[str, Any]) -> Any:
    """The table of ours in a ``pyproject.toml``; None where there is none."""
    tool = parsed.get("tool")
    return tool.get("texttool") if isinstance(tool, dict) else None


def _parsed(path: Path, data: bytes) -> dict[str, Any]:
    import tomllib

    try:
        return tomllib.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise Failure(f"is not UTF-8 (byte {error.start})", path) from error
    except tomllib.TOMLDecodeError as error:
        raise Failure(f"is not TOML: {error}", path) from error


def _checked(table: Mapping[str, Any], path: Path) -> dict[str, Setting]:
    """The values by field, each of the type its option has. Raises Failure for a key or a value that is wrong."""
    from texttool.configschema import fault, schema

    known, wanted = settings(), schema()["properties"]
    made = {}
    for key, value in table.items():
        if key not in known:
            raise Failure(_unknown(key), path)
        wrong = fault(value, wanted[key])
        if wrong:
            raise Failure(f"{key}: {wrong}", path)
        made[known[key].name] = Setting(_typed(value, str(known[key].type), path), path)
    return made


def _typed(value: Any, kind: str, path: Path) -> Any:
    if kind.startswith("Path"):
        return path.parent / value
    if isinstance(value, dict):
        return {key: tuple(inner) for key, inner in value.items()}
    return tuple(value) if isinstance(value, list) else value


def _unknown(key: str) -> str:
    from difflib import get_close_matches

    known = settings()
    if key in ("tool", "texttool"):
        return f"unknown key {key!r}; only {PYPROJECT} has a table tool.texttool, here keys stand in no table"
    if key in {key_of(field) for field in fields(Options)} - set(known):
        return f"{key!r} is said on the command line only"
    near = get_close_matches(key.replace("_", "-"), ["extend", *known], n=1, cutoff=0.5)
    return f"unknown key {key!r}" + (f"; did you mean {near[0]!r}?" if near else " (`texttool config` lists the keys)")
