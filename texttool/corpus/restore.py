"""Gives sources back from their audit trails: of one document, or of all below a folder."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path

from texttool import audit, document, store, streams
from texttool.corpus import kinds, packing, trails
from texttool.corpus.intake import NOTHING, guarded
from texttool.corpus.target import same
from texttool.document import STDIN
from texttool.errors import Failure
from texttool.leftout import NOT_TEXT
from texttool.rulebook import load
from texttool.walk import Input, prose, walk

_MOST = 1 << 40  # bytes: what we packed ourselves needs no limit


def undo(path: Path, trail: Path | None, output: Path | None, in_place: bool) -> int:
    """Writes the bytes that ``path`` (``-``: standard input; a folder: each file in it) was cleaned from.

    Without ``trail``, each output's own trail lies beside it. Gives the exit status. Raises Failure where the trail
    does not fit, or something cannot be read or written.
    """
    if in_place and (output or str(path) == STDIN):
        raise Failure("-i rewrites the file itself: it needs a file, and no -o")
    _refuse_lost(path, trail, output)
    held = None if path.is_dir() else _held(path)
    known = audit.Trail(trails.lines(trail), str(trail)) if trail else None
    if held:
        return _one(path, held, output, in_place, known)
    if not (output or in_place):
        raise Failure("is a directory; give -o DIR for the sources, or -i to rewrite the files in it", path)
    status = NOTHING
    items = [item for item in walk((path,), also=load("files")["not_prose"]) if not _is_ours(item, trail)]
    for item in _changed(path, items) if in_place and known is None else items:
        status = max(status, guarded(item, partial(_below, item, output, in_place, known)))
    return status


def _refuse_lost(path: Path, trail: Path | None, output: Path | None) -> None:
    """Raises Failure where the source would take the place of the cleaned text, or of a trail: both are needed."""
    if output is None:
        return
    if same(path, output):
        raise Failure("is input and output at once; -i rewrites in place", output)
    if same(trail or trails.beside(path), output):
        raise Failure("is the audit trail and the output at once", output)


def _is_ours(item: Input, trail: Path | None) -> bool:
    """Whether a file below the folder is no output but stands beside one."""
    name = item.path.name
    return name.endswith((trails.BESIDE, ".REJECTED")) or bool(trail and trail.exists() and item.path.samefile(trail))


def _held(path: Path) -> tuple[bytes, os.stat_result | None]:
    if str(path) == STDIN:
        return streams.stdin_bytes(), None
    return store.read(path)


def _changed(path: Path, items: list[Input]) -> list[Input]:
    """Those with a trail beside them: in place, a run leaves none beside what it leaves as it is.

    All of them where none has one, so that each says so.
    """
    changed = [item for item in items if trails.beside(item.path).exists()]
    texts = sum(prose(item.path.name) for item in items) - len(changed)
    if changed and texts > 0:
        words = "file without a trail beside it" if texts == 1 else "files without a trail beside them"
        streams.say(f"{path}: {texts} {words}, left as {'it is' if texts == 1 else 'they are'}")
    return changed or items


def _below(item: Input, output: Path | None, in_place: bool, known: audit.Trail | None) -> int:
    held = _held(item.path)
    data = _unpacked(item.path, held[0])
    if not _is_known(item, data, known) and (what := _passed_over(item.path, data)):
        if what != NOT_TEXT:  # what a run leaves out for its name it does not speak of, one by one
            streams.say(f"{item.path}: {what}, which the trail does not know; left as it is")
        return NOTHING
    return _one(item.path, held, output / item.inside if output else None, in_place, known)


def _is_known(item: Input, data: bytes, known: audit.Trail | None) -> bool:
    """Whether a trail speaks of these bytes, or of a file at this place: then it is to be undone, or to fail."""
    if known is None:
        return trails.beside(item.path).exists()
    return known.has(data) or item.inside.as_posix() in known.places


def _passed_over(path: Path, data: bytes) -> str:
    """Why a run leaves such a file as it is; nothing where it would not, so that its trail is missing."""
    if not prose(path.name):
        return NOT_TEXT
    if document.binary(data) >= 0:
        return "binary"
    return "" if document.load(data, str(path)).known else "in no known encoding"


def _unpacked(path: Path, held: bytes) -> bytes:
    packed = kinds.by_name(path.name).packed
    return b"".join(packing.unpacked([held], packed, packing.Bounded(path, _MOST, free=_MOST))) if packed else held


def _one(
    path: Path,
    cleaned: tuple[bytes, os.stat_result | None],
    output: Path | None,
    in_place: bool,
    known: audit.Trail | None,
) -> int:
    held, state = cleaned
    data = _unpacked(path, held)
    trail = known or beside(path)
    restored = trail.undo(data, str(path))
    to = path if in_place else output
    if to is None:
        streams.out(restored)
        return NOTHING
    how = kinds.by_name(to.name).packed
    if restored != data or not in_place:
        store.make_folder(to.parent)
        store.write(to, b"".join(packing.packed([restored], how, to)), was=state if in_place else None)
    return NOTHING


def beside(path: Path) -> audit.Trail:
    """The trail beside an output. Raises Failure where there is none."""
    found = trails.beside(path)
    if not found.exists():
        raise Failure(f"has no trail beside it ({found.name}); --audit FILE names one", path)
    return audit.Trail(trails.lines(found), str(found))
