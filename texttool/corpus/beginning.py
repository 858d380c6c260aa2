"""What a folder of texts begins with: a configuration file, and the snippet that makes pre-commit run the lint."""

from __future__ import annotations

import os
from pathlib import Path

from texttool import rulebook, store, streams
from texttool.configfile import NAMES, PYPROJECT
from texttool.errors import Failure

CONFIG = "texttool.toml"
HOOKS = ".pre-commit-config.yaml"


def write(folder: Path) -> int:
    """Writes both into ``folder``; prints the snippet where pre-commit has its file already. Gives the exit status.

    Raises Failure where there is a configuration already: nothing is overwritten.
    """
    if not folder.is_dir():
        raise Failure("is no folder", folder)
    for name in NAMES:
        if name != PYPROJECT and os.path.lexists(folder / name):
            raise Failure("is there already; nothing was written", folder / name)
    store.write(folder / CONFIG, _template(CONFIG))
    streams.say(f"{folder / CONFIG}: written")
    if os.path.lexists(folder / HOOKS):
        streams.say(f"{folder / HOOKS}: is there already; to run the lint before each commit, add to it:")
        streams.out(_template(HOOKS))
    else:
        store.write(folder / HOOKS, _template(HOOKS))
        streams.say(f"{folder / HOOKS}: written; `pre-commit install` makes git run it")
    return 0


def _template(name: str) -> bytes:
    return store.read(rulebook.rules_dir() / "init" / name.lstrip(".")).data
