"""Packed bytes: out, with a limit, and in again. All in bytes, and all piece by piece."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from typing import Any

from texttool.errors import Failure

RATIO = 200  # most that a packed file may grow by; text is packed by less than 20
_FREE = 10 << 20  # bytes below which no ratio is looked at
_PIECE = 1 << 18  # bytes


class Bounded:
    """Counts what came in and out. Raises Failure where that is too much: past ``most`` bytes, or the ratio."""

    def __init__(self, path: Any, most: int, free: int = _FREE) -> None:
        """Up to ``free`` bytes out, no ratio is looked at."""
        self.path, self.most, self.free = path, most, free
        self.came = self.went = 0

    def add(self, came: int, went: int) -> None:
        """So many more bytes in and out."""
        self.came += came
        self.went += went
        if self.went > self.most:
            raise Failure(f"expands to more than {self.most} bytes; --max-size allows more", self.path)
        if self.went > max(self.free, RATIO * self.came):
            raise Failure(f"expands to more than {RATIO} times its size: not read", self.path)


def unpacked(pieces: Iterable[bytes], packed: str, bounded: Bounded) -> Iterator[bytes]:
    """The bytes inside, piece by piece. Raises Failure where they are damaged, cut off, or too many."""
    if not packed:
        yield from pieces
        return
    import lzma  # its library is loaded for what is packed alone, as that of bz2 is

    taker, begun = unpacker(packed, bounded.path), False
    try:
        for piece in pieces:
            bounded.add(len(piece), 0)
            while piece:
                if taker.eof:
                    taker, begun = unpacker(packed, bounded.path), False  # several members, one behind the other
                begun = True
                for made in _drained(taker, piece):
                    bounded.add(0, len(made))
                    yield made
                piece = taker.unused_data if taker.eof else b""
                if packed == ".gz" and taker.eof:
                    piece = piece.lstrip(b"\0")  # padding, as on tapes
    except (zlib.error, lzma.LZMAError, OSError, ValueError) as error:
        raise Failure(f"is damaged: {error}", bounded.path) from error
    except Exception as error:
        if type(error).__name__ != "ZstdError":
            raise
        raise Failure(f"is damaged: {error}", bounded.path) from error
    if not taker.eof and (begun or not bounded.came):
        raise Failure("is cut off: it ends before its end mark", bounded.path)


def _drained(taker: Any, piece: bytes) -> Iterator[bytes]:
    """What one piece expands to, never more than a little at a time."""
    if isinstance(taker, _Zlib | _Zstd):
        yield from taker.drain(piece)
        return
    yield taker.decompress(piece, _PIECE)
    while not taker.eof and not getattr(taker, "needs_input", True):
        yield taker.decompress(b"", _PIECE)


class _Zlib:
    """gzip by zlib, with the names that bz2 and lzma use."""

    def __init__(self) -> None:
        self._inner = zlib.decompressobj(wbits=31)

    @property
    def eof(self) -> bool:
        return self._inner.eof

    @property
    def unused_data(self) -> bytes:
        return self._inner.unused_data

    def decompress(self, data: bytes, max_length: int = 0, /) -> bytes:
        return self._inner.decompress(data, max_length)

    def drain(self, piece: bytes) -> Iterator[bytes]:
        made = b""
        while not self._inner.eof and (piece or len(made) == _PIECE):
            made = self._inner.decompress(piece, _PIECE)
            yield made
            piece = self._inner.unconsumed_tail


class _Zstd:
    """The zstandard package with the names that bz2 and lzma use. It bounds nothing: it gets a little at a time."""

    _SIP = 512  # bytes: of zeros, they may expand by 30,000

    def __init__(self, inner: Any) -> None:
        self._inner = inner
        self.eof = False
        self.unused_data = b""

    def decompress(self, data: bytes, _max_length: int = 0, /) -> bytes:
        return b"".join(self.drain(data))

    def drain(self, piece: bytes) -> Iterator[bytes]:
        for at in range(0, len(piece), self._SIP):
            yield self._inner.decompress(piece[at : at + self._SIP])
            if self._inner.eof:
                self.eof, self.unused_data = True, bytes(self._inner.unused_data) + piece[at + self._SIP :]
                return


def unpacker(packed: str, path: Any) -> Any:
    """What unpacks one member. Raises Failure where there is nothing to unpack with."""
    if packed == ".gz":
        return _Zlib()
    if packed == ".zst":
        inner = _zstd(path)
        if _is_standard(inner):
            return inner.ZstdDecompressor()
        return _Zstd(inner.ZstdDecompressor().decompressobj())
    import bz2
    import lzma

    return lzma.LZMADecompressor() if packed == ".xz" else bz2.BZ2Decompressor()


def packed(pieces: Iterable[bytes], how: str, path: Any) -> Iterator[bytes]:
    """The bytes packed, piece by piece; the same every time. Raises Failure where there is nothing to pack with."""
    if not how:
        yield from pieces
        return
    packer = _packer(how, path)
    for piece in pieces:
        made = packer.compress(piece)
        if made:
            yield made
    yield packer.flush()


def _packer(how: str, path: Any) -> Any:
    if how == ".gz":
        return zlib.compressobj(6, wbits=31)
    if how == ".zst":
        inner = _zstd(path)
        if _is_standard(inner):
            return inner.ZstdCompressor()
        return inner.ZstdCompressor().compressobj()
    import bz2
    import lzma

    return lzma.LZMACompressor(preset=3) if how == ".xz" else bz2.BZ2Compressor()


def _zstd(path: Any) -> Any:
    """The zstd of Python 3.14, or the package. Raises Failure where neither is there."""
    from importlib import import_module

    for name in ("compression.zstd", "zstandard"):
        try:
            return import_module(name)
        except ImportError:
            continue
    raise Failure("is packed by zstd, which needs Python 3.14 or `pip install texttool[zstd]`", path)


def _is_standard(module: Any) -> bool:
    return str(module.__name__) == "compression.zstd"
