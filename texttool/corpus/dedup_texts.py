"""The texts of files that are compared: each file once, whatever it is called, for a file is no copy of itself."""

from __future__ import annotations

import os

from texttool.config import Options
from texttool.corpus.intake import NOTHING, read
from texttool.walk import Input


class Gathered:
    """Texts by the path that they were first found by."""

    def __init__(self) -> None:
        self.texts: dict[str, str] = {}
        self.inputs: dict[str, Input] = {}
        self.names: dict[str, str] = {}  # of each path the one that its text is known by
        self._files: dict[tuple[int, int], str] = {}

    def take(self, item: Input, options: Options) -> int:
        """Reads one input, unless it is binary or in no encoding that is known. Gives NOTHING. Raises Failure."""
        got = read(item, options)
        if got.document is None or not got.document.known:
            return NOTHING
        name = self._files.setdefault(_file(got.source.state), got.path) if got.source else got.path
        self.names[got.path] = name
        if name not in self.texts:
            self.texts[name], self.inputs[name] = got.document.text, item
        return NOTHING


def _file(state: os.stat_result) -> tuple[int, int]:
    return state.st_dev, state.st_ino
