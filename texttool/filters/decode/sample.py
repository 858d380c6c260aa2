"""The bytes that tell encodings apart: lines that hold bytes beyond ASCII, from all over the file."""

from __future__ import annotations

import codecs

WINDOWS = 48
WINDOW = 512  # bytes; 48 windows hold about 12,000 characters, enough to tell any two codes apart
_LONGEST_LINE = 4 * WINDOW


def sample(data: bytes) -> bytes:
    """``data`` if it is short, else up to WINDOWS pieces of it, whole lines where lines are not long.

    The file is cut into equal strides; of each, the piece from the first line with a byte beyond ASCII is taken. All
    of the file is looked at, at the speed of the ASCII decoder.
    """
    if len(data) <= WINDOWS * WINDOW:
        return b"\n".join(line for line in data.split(b"\n") if not line.isascii()) or data
    stride = -(-len(data) // WINDOWS)
    pieces, at = [], 0
    for begin in range(0, len(data), stride):
        hit = first_high(data, max(at, begin), begin + stride)
        if hit >= 0:
            start = _line_start(data, hit, at)
            at = _line_end(data, hit + WINDOW)
            pieces.append(data[start:at])
    return b"\n".join(pieces) or data[: WINDOWS * WINDOW]


def first_high(data: bytes, start: int, end: int) -> int:
    """The offset of the first byte beyond ASCII in ``data[start:end]``, or -1."""
    try:
        codecs.ascii_decode(memoryview(data)[start:end])
    except UnicodeDecodeError as error:
        return start + error.start
    return -1


def _line_start(data: bytes, hit: int, least: int) -> int:
    """Where the line of ``hit`` begins; ``hit`` itself, which begins a character, where the line is long."""
    return max(data.rfind(b"\n", max(least, hit - _LONGEST_LINE), hit) + 1, least) or hit


def _line_end(data: bytes, at: int) -> int:
    end = data.find(b"\n", at, at + _LONGEST_LINE)
    return min(at, len(data)) if end < 0 else end
