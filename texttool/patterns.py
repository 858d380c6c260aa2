"""Patterns with classes of ideographs, compiled, and kept for the next start as Python keeps its compiled modules.

``re`` goes through such a class ideograph by ideograph, which takes 3 to 9 ms: for all that one page needs, as long as
importing click takes. What it makes of a pattern depends on nothing but the version of Python. So it is kept beside the
compiled modules, where these may be written, and taken from there where it is whole and of this very version.
Wherever that cannot be, ``re`` compiles. A pattern that is changed is another one; what is out of use goes with the
version.
"""

from __future__ import annotations

import atexit
import marshal
import os
import re
import sys
from contextlib import suppress
from functools import cache
from importlib import import_module
from typing import Any
from zlib import crc32

# The arguments of the engine's own constructor behind the pattern: flags, code (32-bit units), groups and their names.
_Made = tuple[int, bytes, int, dict[str, int], tuple[str | None, ...]]
_Key = tuple[str, int]

# Names that Python does not promise: where one is missing, nothing is kept.
_UNKNOWN = (ImportError, AttributeError, TypeError, ValueError, RuntimeError)


@cache
def compiled(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """What ``re.compile`` gives. Raises re.error."""
    kept, key = _kept(), (pattern, int(flags))
    with suppress(*_UNKNOWN):
        if key not in kept:
            kept[key] = _made(pattern, int(flags))
            _save_at_exit()
        flags_, code, groups, named, names = kept[key]
        found: re.Pattern[str] = import_module("_sre").compile(
            pattern, flags_, memoryview(code).cast("I").tolist(), groups, named, names
        )
        return found
    return re.compile(pattern, flags)


def _made(pattern: str, flags: int) -> _Made:
    """As ``re._compiler.compile`` makes it."""
    compiler: Any = import_module("re._compiler")
    parsed = import_module("re._parser").parse(pattern, flags)
    code = compiler._code(parsed, flags)
    named = parsed.state.groupdict
    names: list[str | None] = [None] * parsed.state.groups
    for name, number in named.items():
        names[number] = name
    units = b"".join(unit.to_bytes(4, sys.byteorder) for unit in code)
    return flags | parsed.state.flags, units, parsed.state.groups - 1, named, tuple(names)


@cache
def _kept() -> dict[_Key, _Made]:
    """What an earlier start left: nothing where that is damaged, or of another version."""
    with suppress(OSError, EOFError, *_UNKNOWN):
        from pathlib import Path

        data = Path(_path()).read_bytes()
        if int.from_bytes(data[:4], "little") == crc32(data[4:]):
            version, made = marshal.loads(data[4:])
            if version == _version():
                return dict(made)
    return {}


def _version() -> str:
    return f"{sys.version} {import_module('_sre').MAGIC}"


def _path() -> str:
    """Beside the compiled form of this module. Raises AttributeError where it has none."""
    assert __spec__
    if not __spec__.cached:
        raise AttributeError("cached")
    return __spec__.cached.removesuffix(".pyc") + ".kept"


@cache
def _save_at_exit() -> None:
    if not sys.dont_write_bytecode:
        atexit.register(_save, os.getpid())


def _save(process: int) -> None:
    if os.getpid() != process:
        return
    with suppress(OSError, *_UNKNOWN):
        data = marshal.dumps((_version(), _kept()))
        loader: Any = __spec__ and __spec__.loader
        loader.set_data(_path(), crc32(data).to_bytes(4, "little") + data)  # at once, or not at all
