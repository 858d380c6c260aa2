"""A baseline: findings that are known, and are not reported again.

A finding is known by its file, its code and a hash of what was found with its line around it, with how often that
occurs: lines that are put in above change nothing. What a linted file no longer has is taken out of the baseline, so
that a finding that was mended is reported when it comes back.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from texttool import store, streams
from texttool.errors import Failure
from texttool.finding import Finding
from texttool.report.place import fingerprint
from texttool.visible import storable

_VERSION = 1
_ABOUT = "texttool baseline"


class Baseline:
    """The findings known of each file. Files are named relative to the folder of the baseline."""

    def __init__(self, path: Path, files: dict[str, Counter[str]] | None = None) -> None:
        self.path = path
        self.files = files or {}
        self.gone = 0  # entries that a linted file no longer has
        self.count = 0

    @classmethod
    def read(cls, path: Path) -> Baseline:
        """Raises Failure where the file cannot be read or is no baseline."""
        try:
            return cls(path, _files(json.loads(store.read(path).data)))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise Failure("is no baseline; --write-baseline makes one", path) from error

    @classmethod
    def over(cls, path: Path) -> Baseline:
        """A new one, to be written over what is there: nothing, or a baseline, be it a damaged one. Raises Failure."""
        if path.is_file():
            data = store.read(path).data.lstrip()
            if data and not (data.startswith(b"{") and f'"{_ABOUT}"'.encode() in data):
                raise Failure("is there, and is no baseline; not written", path)
        return cls(path)

    def unknown(self, path: str, findings: list[Finding], text: str, ran: Iterable[str]) -> list[Finding]:
        """The findings of a file that are not known; of those of rules that ``ran``, the known ones no longer there
        are forgotten."""
        name = self._name(path)
        known = self.files.get(name, Counter())
        if not known:
            return findings
        left, new = Counter(known), []
        for finding in findings:
            key = _key(finding, text)
            if left[key]:
                left[key] -= 1
            else:
                new.append(finding)
        codes = set(ran)
        gone = Counter({key: count for key, count in left.items() if key.partition(":")[0] in codes and count})
        self.gone += gone.total()
        self.files[name] = known - gone
        return new

    def add(self, path: str, findings: list[Finding], text: str) -> None:
        """These findings are known from now on."""
        self.count += len(findings)
        if findings:
            self.files[self._name(path)] = Counter(_key(finding, text) for finding in findings)

    def follow(self, path: str, before: Iterable[Finding], text: str, after: Iterable[Finding], new_text: str) -> None:
        """Findings ``before`` that were known in ``text``, which is ``new_text`` by now: there ``after`` are known."""
        name = self._name(path)
        known = self.files.get(name, Counter()) - Counter(_key(finding, text) for finding in before)
        known.update(_key(finding, new_text) for finding in after)
        self.files[name] = known

    def write(self) -> None:
        """Writes what is known. Raises Failure."""
        files = {name: dict(sorted(known.items())) for name, known in sorted(self.files.items()) if known}
        made = {"about": _ABOUT, "version": _VERSION, "files": files}
        store.write(self.path, f"{json.dumps(made, ensure_ascii=False, indent=1)}\n".encode())

    def settle(self) -> None:
        """Forgets on the disk too what was mended; where that cannot be, it is said."""
        if not self.gone:
            return
        try:
            self.write()
        except Failure as failure:
            streams.say(f"{failure}; {self.gone} mended findings stay in the baseline")
            return
        streams.say(f"{self.path}: {self.gone} mended, taken out of the baseline")

    def _name(self, path: str) -> str:
        inside = path if path == "-" else os.path.relpath(os.path.realpath(path), os.path.realpath(self.path.parent))
        return storable(inside.replace(os.sep, "/"))


def _key(finding: Finding, text: str) -> str:
    return f"{finding.code}:{fingerprint(finding, text)}"


def _files(parsed: Any) -> dict[str, Counter[str]]:
    if parsed["about"] != _ABOUT or parsed["version"] != _VERSION:
        raise ValueError
    files = {name: Counter(known) for name, known in parsed["files"].items()}
    if not all(isinstance(count, int) and count > 0 for known in files.values() for count in known.values()):
        raise ValueError
    return files
