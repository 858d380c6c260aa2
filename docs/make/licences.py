"""What is installed with texttool, and under which licences, from the metadata of the packages themselves."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import distribution

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

EXTRAS = ("", "parquet", "zstd")
_TITLE = 60  # characters: what is longer is the licence itself
# How packages of different years spell one licence.
_SPELLINGS = {
    "MIT License": "MIT",
    "MIT license": "MIT",
    "BSD License": "BSD",
    "Apache License 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "Apache 2.0": "Apache-2.0",
    "Apache License, Version 2.0": "Apache-2.0",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "GNU Lesser General Public License v2 or later (LGPLv2+)": "LGPL-2.1-or-later",
}


def page() -> str:
    """The table; versions are left out, they change."""
    rows = [f"| {name} | {licence(name)} | {why} |" for name, why in sorted(installed().items())]
    head = "# Licences\n\nWhat `pip install texttool` brings along, as each package says it. texttool is MIT.\n"
    return "\n".join([head, "| package | licence | for |", "|---|---|---|", *rows]) + "\n"


def installed() -> dict[str, str]:
    """Every package that texttool needs, directly or not, and what for."""
    found = dict[str, str]()
    for extra in EXTRAS:
        todo = list(_needed("texttool", extra))
        while todo:
            name = todo.pop()
            if name not in found:
                found[name] = f"extra `{extra}`" if extra else "always"
                todo += _needed(name, "")
    return found


def _needed(name: str, extra: str) -> Iterator[str]:
    for line in distribution(name).requires or ():
        requirement = Requirement(line)
        if requirement.marker is None or requirement.marker.evaluate({"extra": extra}):
            yield canonicalize_name(requirement.name)


def licence(name: str) -> str:
    """The licence as SPDX writes it, where the package says enough."""
    told = distribution(name).metadata.json
    classes = [str(line) for line in told.get("classifier", ()) if str(line).startswith("License ::")]
    classified = " and ".join(line.rpartition(" :: ")[2] for line in classes)
    short = str(told.get("license", ""))
    said = str(told.get("license_expression") or (short if len(short) < _TITLE else "") or classified or "not said")
    return _SPELLINGS.get(said, said)
