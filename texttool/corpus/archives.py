"""zip and tar as folders: their members are listed first, then read one behind the other. Names are never trusted."""

from __future__ import annotations

import io
import re
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Collection, Iterator
from pathlib import Path, PurePosixPath
from typing import BinaryIO, NamedTuple

from texttool import store
from texttool.config import Options
from texttool.corpus import kinds
from texttool.corpus.packing import Bounded, unpacked
from texttool.errors import Failure
from texttool.visible import visible
from texttool.walk import Input, prose

_DRIVE = re.compile(r"[A-Za-z]:|\\\\|.*[\\:]")  # what another system would take for a path of its own
_BROKEN = (zipfile.BadZipFile, tarfile.TarError, zlib.error, EOFError, RuntimeError, NotImplementedError, ValueError)


class _Member(NamedTuple):
    name: str
    size: int
    refusal: str
    data: bytes | Failure


def members(item: Input, options: Options, also: Collection[str]) -> Iterator[Input]:
    """The files in an archive, in its order, with what speaks against reading one. Raises Failure: no such archive."""
    seen: set[str] = set()
    for member in _each(item, options, None):
        path = PurePosixPath(member.name)
        refusal = member.refusal or _refusal(member.name, options)
        if not refusal and (any(part.startswith(".") for part in path.parts) or not prose(path.name, also)):
            continue
        if not refusal and member.name.casefold() in seen:
            refusal = "stands in the archive twice: refused"
        seen.add(member.name.casefold())
        # A name that is refused is never made into a path that leads anywhere.
        safe = Path(*path.parts) if not refusal else Path(visible(member.name).replace("/", "∕").replace("..", "‥"))
        inside = safe if item.named else item.inside / safe
        yield Input(item.path / safe, inside, item.path, member.name, refusal, named=False)


def contents(item: Input, options: Options, wanted: Collection[str]) -> Iterator[tuple[str, bytes | Failure]]:
    """The bytes of the members that are ``wanted``, by name, in the order of the archive; or why there are none."""
    for member in _each(item, options, wanted):
        if member.name in wanted and not member.refusal:
            yield member.name, member.data


def _refusal(name: str, options: Options) -> str:
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or not path.parts or "\0" in name or _DRIVE.match(name):
        return "its name leads out of the archive: refused"
    kind = kinds.by_name(path.name)
    if kind.format in kinds.ARCHIVES or kind.packed:
        return "is an archive inside an archive: refused"
    if kind.format in kinds.RECORDS and kinds.of(Input(Path(path.name), Path()), options).format != kinds.TEXT:
        return "holds records, which are not read inside an archive: unpack it first"
    return ""


def _each(item: Input, options: Options, wanted: Collection[str] | None) -> Iterator[_Member]:
    """The members; with their bytes where they are ``wanted``."""
    kind = kinds.by_name(item.path.name)
    bounded = Bounded(item.path, options.max_size)
    try:
        with store.reading(item.path) as (file, state):
            if kind.format == "zip":
                yield from _of_zip(file, bounded, state.st_size, wanted)
            else:
                yield from _of_tar(file, kind.packed, bounded, wanted)
    except _BROKEN as error:
        raise Failure(f"is damaged: {error}", item.path) from error


def _of_zip(file: BinaryIO, bounded: Bounded, size: int, wanted: Collection[str] | None) -> Iterator[_Member]:
    with zipfile.ZipFile(file) as archive:
        bounded.add(size, 0)
        for info in archive.infolist():
            name = _name(info)
            if info.is_dir():
                continue
            mode = info.external_attr >> 16
            refusal = "" if not mode or stat.S_ISREG(mode) or not stat.S_IFMT(mode) else "is no regular file: refused"
            data: bytes | Failure = b""
            if wanted is not None and name in wanted and not refusal:
                data = _zipped(archive, info, bounded)
            yield _Member(name, info.file_size, refusal, data)


def _zipped(archive: zipfile.ZipFile, info: zipfile.ZipInfo, bounded: Bounded) -> bytes | Failure:
    pieces = []
    try:
        with archive.open(info) as file:
            while piece := file.read(1 << 18):
                bounded.add(0, len(piece))
                pieces.append(piece)
    except _BROKEN as error:
        return Failure(f"is damaged: {error}", bounded.path / info.filename.replace("/", "∕"))
    return b"".join(pieces)


def _name(info: zipfile.ZipInfo) -> str:
    """The name of a member; one that is not marked as UTF-8 most often is in it, or in GBK."""
    if info.flag_bits & 0x800 or info.filename.isascii():
        return info.filename
    raw = info.filename.encode("cp437", "replace")
    for codec in ("utf-8", "gb18030"):
        try:
            return raw.decode(codec)
        except UnicodeDecodeError:
            continue
    return info.filename


def _of_tar(file: BinaryIO, packed: str, bounded: Bounded, wanted: Collection[str] | None) -> Iterator[_Member]:
    pieces = iter(lambda: file.read(1 << 18), b"")
    if not packed:
        pieces = _counted(pieces, bounded)
    with tarfile.open(None, "r|", _Stream(unpacked(pieces, packed, bounded))) as archive:
        for info in archive:
            if info.isdir():
                continue
            refusal = "" if info.isreg() else "is no regular file: refused"
            data: bytes | Failure = b""
            if wanted is not None and info.name in wanted and not refusal:
                inner = archive.extractfile(info)
                data = inner.read() if inner else b""
            yield _Member(info.name, info.size, refusal, data)


def _counted(pieces: Iterator[bytes], bounded: Bounded) -> Iterator[bytes]:
    for piece in pieces:
        bounded.add(len(piece), len(piece))
        yield piece


class _Stream(io.RawIOBase):
    """Pieces as a file that tarfile reads from its start to its end."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._rest = b""

    def read(self, size: int = -1, /) -> bytes:
        """The next bytes: ``size`` of them, or what is left."""
        made = [self._rest]
        had = len(self._rest)
        while (had < size or size < 0) and (piece := next(self._pieces, b"")):
            made.append(piece)
            had += len(piece)
        data = b"".join(made)
        self._rest = data[size:] if size >= 0 else b""
        return data[:size] if size >= 0 else data
