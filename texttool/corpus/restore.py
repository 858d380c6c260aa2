"""Gives a document's source back from its audit trail."""

from __future__ import annotations

from pathlib import Path

from texttool import audit, store, streams
from texttool.document import STDIN
from texttool.errors import Failure


def undo(path: Path, trail: Path, output: Path | None, in_place: bool) -> int:
    """Writes the bytes that ``path`` (``-``: standard input) was cleaned from. Gives the exit status.

    Raises Failure where the trail does not fit, or something cannot be read or written.
    """
    if in_place and (output or str(path) == STDIN):
        raise Failure("-i rewrites the file itself: it needs a file, and no -o")
    cleaned = None if str(path) == STDIN else store.read(path)
    data = audit.undo(
        store.read(trail).data.splitlines(), streams.stdin_bytes() if cleaned is None else cleaned.data, str(path)
    )
    if in_place:
        store.write(path, data, was=cleaned)
    elif output:
        store.write(output, data)
    else:
        streams.out(data)
    return 0
