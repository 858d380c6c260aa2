"""The files that hold audit trails: one for a run, or one beside each output; packed or not, and only added to."""

from __future__ import annotations

import zlib
from pathlib import Path
from typing import Any

from texttool import audit, store
from texttool.corpus import kinds, packing
from texttool.errors import Failure
from texttool.log import Log

BESIDE = ".audit.gz"  # behind the name of an output: the name of its own trail


def how_packed(path: Path | None) -> str:
    """The suffix of the packing of a trail; of one beside its output where there is no path."""
    return kinds.by_name(path.name if path else BESIDE).packed


def beside(output: Path) -> Path:
    """The trail of one output."""
    return output.with_name(output.name + BESIDE)


def log(path: Path) -> Log:
    """A trail to add to. Raises Failure where what is there is none, or may not be written."""
    data = store.read(path).data if path.exists() else b""
    text, whole = _whole(data, how_packed(path))
    if data and not audit.is_trail(text[:100]):
        raise Failure("is there, and is no audit trail; not written", path)
    return Log(path, whole)


def add_beside(output: Path, trail: bytes) -> None:
    """Adds to the trail beside an output; it is on the disk when this returns. Raises Failure."""
    path = beside(output)
    store.make_folder(path.parent)
    before = store.read(path).data if path.exists() else b""
    if before and not audit.is_trail(_whole(before, how_packed(path))[0][:100]):
        raise Failure("is there, and is no audit trail; not written", path)
    store.write(path, before + trail, mode=0o600)


def lines(path: Path) -> list[bytes]:
    """The records of a trail, those that were written whole. Raises Failure."""
    data = store.read(path).data
    text, whole = _whole(data, how_packed(path))
    if data and not whole:
        raise Failure("is no audit trail, or is cut off in its first record", path)
    return text.splitlines()


def _whole(data: bytes, packed: str) -> tuple[bytes, int]:
    """What a trail says, and how many of its bytes that is: a kill may have cut the last entry."""
    if not packed:
        end = data.rfind(b"\n") + 1
        return data[:end] or data, end
    import lzma

    made, at = list[bytes](), 0
    while at < len(data):
        try:
            text, rest = _member(data[at:], packed)
        except (zlib.error, lzma.LZMAError, OSError, EOFError, ValueError):
            break
        made.append(text)
        at = len(data) - rest
    return b"".join(made), at


def _member(data: bytes, packed: str) -> tuple[bytes, int]:
    """The text of the first member, and how many bytes stand behind it. Raises EOFError where it is cut off."""
    import bz2
    import lzma

    makers: dict[str, Any] = {".xz": lzma.LZMADecompressor, ".bz2": bz2.BZ2Decompressor}
    unpacker = makers[packed]() if packed in makers else packing.unpacker(packed, None)
    text = unpacker.decompress(data)
    if not unpacker.eof:
        raise EOFError
    return text, len(unpacker.unused_data)
