"""One part of a run, for clusters that start the same command many times: ``--shard I/N``.

Which part a file belongs to is a hash of its path below the folder that was named, and nothing else: each file belongs
to one part whatever other files come and go while the parts run, on every machine. Plain JSON lines are cut, so that a
part has a piece of every large file: each holds the lines that begin in its range of bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import BinaryIO

from texttool.config import Options
from texttool.corpus import kinds
from texttool.errors import Failure
from texttool.visible import storable
from texttool.walk import Cut, Input

ALL = (1, 1)
LEAST = 4 << 20  # bytes: a smaller piece is not worth a file of its own
_LINES = kinds.Kind("jsonl", "")
_BLOCK = 1 << 18  # bytes


def share(items: Iterable[Input], options: Options, *, records: bool = True) -> Iterator[Input]:
    """The inputs of the part that the options name. Raises Failure for standard input, which is nobody's part.

    Where ``records`` are not read as such, no file is cut.
    """
    if options.shard == ALL:
        yield from items
        return
    for item in items:
        if item.is_stdin:
            raise Failure("--shard divides files, and standard input is none")
        pieces = cuts(item, options.shard[1]) if records and _is_cut(item, options) else [item]
        first = _hash(item)
        yield from (piece for at, piece in enumerate(pieces, first) if at % options.shard[1] == options.shard[0] - 1)


def cuts(item: Input, most: int) -> list[Input]:
    """A file of lines in pieces of about the same size, ``most`` of them at most."""
    size = _size(item)
    count = max(1, min(most, size // LEAST))
    if count == 1:
        return [item]
    edges = [size * at // count for at in range(count + 1)]
    return [item._replace(cut=Cut(at + 1, count, *edges[at : at + 2])) for at in range(count)]


def lines(file: BinaryIO, cut: Cut) -> Iterator[bytes]:
    """The bytes of the lines that begin in a range, from the beginning of one to the end of one."""
    at = max(cut.start - 1, 0)
    file.seek(at)
    if cut.start:  # a line begins behind each LF: that one may be the byte before the range
        while piece := file.readline(_BLOCK):
            at += len(piece)
            if piece.endswith(b"\n"):
                break
    while at < cut.end and (piece := file.read(min(_BLOCK, cut.end - at))):
        at += len(piece)
        yield piece
        if at >= cut.end and not piece.endswith(b"\n"):
            yield from _rest(file)


def _rest(file: BinaryIO) -> Iterator[bytes]:
    while piece := file.readline(_BLOCK):
        yield piece
        if piece.endswith(b"\n"):
            return


def _is_cut(item: Input, options: Options) -> bool:
    return not item.refusal and not item.member and kinds.of(item, options) == _LINES


def _size(item: Input) -> int:
    try:
        return item.path.stat().st_size
    except (OSError, ValueError):  # whoever reads it says why
        return 0


def _hash(item: Input) -> int:
    """The same on every machine: of the path as it is spelled with slashes."""
    from hashlib import blake2b

    name = storable(item.inside.as_posix()).encode()
    return int.from_bytes(blake2b(name, digest_size=8).digest(), "big")
