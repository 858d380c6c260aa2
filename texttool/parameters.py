"""What the values of options are made of, and what is said of one that is wrong."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import click
from click.types import StringParamType

from texttool.choices import codes

_UNITS = {"K": 1 << 10, "M": 1 << 20, "G": 1 << 30, "T": 1 << 40}


def size(_ctx: click.Context, _option: click.Parameter, value: str) -> int:
    """Bytes out of a number with a unit behind it or none."""
    number, unit = (value[:-1], value[-1].upper()) if value[-1:].upper() in _UNITS else (value, "")
    if not number.isdecimal():
        raise click.BadParameter(f"{value!r} is no size: a number, with K, M or G behind it or nothing")
    return int(number) * _UNITS.get(unit, 1)


def shard(_ctx: click.Context, _option: click.Parameter, value: str) -> tuple[int, int]:
    """The part (from 1) and the number of parts out of ``I/N``."""
    part, slash, parts = value.partition("/")
    if not (slash and part.isdecimal() and parts.isdecimal() and 1 <= int(part) <= int(parts)):
        raise click.BadParameter(f"{value!r} is no part: I/N with I from 1 to N")
    return int(part), int(parts)


def pairs(values: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """``PATTERN=CODES``, repeated, as pattern -> codes."""
    made = dict[str, tuple[str, ...]]()
    for value in values:
        pattern, equals, listed = value.rpartition("=")
        if not equals or not pattern:
            raise click.UsageError(f"--per-file-ignores wants PATTERN=CODES, not {value!r}")
        made[pattern] = (*made.get(pattern, ()), *codes((listed,)))
    return made


def named_as_folder(context: click.Context, _option: click.Parameter, value: str | None) -> Path | None:
    """``-o out/`` names a folder, there or not yet; a Path no longer says so."""
    if value and value.endswith(("/", os.sep)):
        context.params["folder"] = True
    return Path(value) if value else None


class Named(click.Path):
    """A path that has a name: an empty one would be taken for the current folder, and all in it be rewritten.

    Behind an option it is none of the options: those are taken for a path where the path was forgotten.
    """

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """As in click, but for such paths."""
        if not value:
            self.fail("an empty path; is a variable unset?", param, ctx)
        if isinstance(param, click.Option) and str(value).startswith("--"):
            self.fail(f"{value!r} is an option, and no path; a file of this name is ./{value}", param, ctx)
        return super().convert(value, param, ctx)


def encoding(_ctx: click.Context, option: click.Parameter, value: str) -> str:
    """The name of an encoding that there is; said once, before any file is read, where there is none."""
    if value != option.default:  # nothing is imported for what holds anyway
        from texttool.configvalues import encoding_fault

        wrong = encoding_fault(str(option.name), value)
        if wrong:
            raise click.BadParameter(wrong)
    return value


class Conversion(StringParamType):
    """The name of a conversion of scripts, as OpenCC calls it."""

    name = "conversion"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """As in click."""
        from texttool.rulebook import unknown

        if value not in _conversions():
            self.fail(unknown("conversion", value, _conversions()), param, ctx)
        return str(value)

    def get_missing_message(self, param: click.Parameter, ctx: click.Context | None = None) -> str:  # noqa: ARG002
        """What to choose from."""
        return f"One of {', '.join(_conversions())}"


def _conversions() -> list[str]:
    from texttool.filters.convert import conversions

    return list(conversions())
