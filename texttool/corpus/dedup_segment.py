"""Segments of an index of passages: where each seed stands in some texts, as arrays in one file that is mapped.

A file holds three arrays, little endian: ``keys`` (uint64, sorted: the hash of a seed << 32 | its place in the folded
row of the segment's texts), ``first`` (int64: where each text begins in the row, and where the last ends) and ``at``
(int32: the code point offset of every ``STEP``-th folded character in its text). Seeds are those of
``texttool.filters.dedup.seeds``, all of them, so that what two texts share is found as surely as in one run.

Arrays and not SQLite, by measurement (``python -m bench.dedup_index 20 sqlite``: 20 MB of Chinese, 2.3 million seeds, a
new file of 20 kB): the arrays are written and synchronised in 0.02 s and asked in 4 ms; a table clustered by hash takes
4.2 s and 24 ms, and twice the room. What SQLite would give, changes in place, is not needed: a change is a new segment.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from texttool.errors import Failure, reason
from texttool.filters.dedup.fold import fold
from texttool.filters.dedup.seeds import minimizers

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[Any]

SEED, WINDOW = 6, 4  # as in `passages`
STEP = 256
_LOW = 0xFFFFFFFF
# Occurrences of one seed that are looked at, the first ones: a passage that stands in more places is found in these.
_MOST = 64


class Shape(NamedTuple):
    """How long the three arrays are."""

    keys: int
    first: int
    at: int

    @property
    def size(self) -> int:
        """Bytes of the file."""
        return 8 * self.keys + 8 * self.first + 4 * self.at


class Segment(NamedTuple):
    """The arrays of a segment, in memory or mapped."""

    keys: Array
    first: Array
    at: Array

    @property
    def shape(self) -> Shape:
        """How long they are."""
        return Shape(len(self.keys), len(self.first), len(self.at))

    def pieces(self) -> Iterator[bytes | memoryview]:
        """The bytes of the file."""
        for column, kind in zip(self, ("<u8", "<i8", "<i4"), strict=True):
            yield column.astype(kind, copy=False).data.cast("B") if len(column) else b""

    def hits(self, seeds: Array) -> tuple[Array, Array]:
        """Where the seeds of another text stand here: places in that text and in the row (int64, pairwise).

        ``seeds`` are minimizers of the text: hash << 32 | place.
        """
        import numpy as np

        grams = seeds >> np.uint64(32) << np.uint64(32)
        low = self.keys.searchsorted(grams)
        count = np.minimum(self.keys.searchsorted(grams | np.uint64(_LOW), "right") - low, _MOST)
        ahead = np.arange(count.sum()) - np.repeat(count.cumsum() - count, count)
        place = self.keys[np.repeat(low, count) + ahead] & np.uint64(_LOW)
        return np.repeat((seeds & np.uint64(_LOW)).astype(np.int64), count), place.astype(np.int64)

    def stretch(self, number: int, start: int, end: int) -> tuple[int, int]:
        """Code points of text ``number`` that hold the folded characters ``start`` to ``end`` of the row.

        The end is -1 where it is the end of the text.
        """
        low, high = -(-int(self.first[number]) // STEP), -(-int(self.first[number + 1]) // STEP)
        head, tail = start // STEP, -(-end // STEP)
        return int(self.at[head]) if head >= low else 0, int(self.at[tail]) if tail < high else -1


def build(texts: Sequence[str]) -> Segment:
    """The segment of some texts."""
    row = fold(texts)
    return Segment(minimizers(row.codes, SEED, WINDOW), row.first, row.at[::STEP].copy())


def opened(path: Path, shape: Shape) -> Segment:
    """The segment in a file, mapped. Raises Failure where it is not as long as it was made, FileNotFoundError."""
    import numpy as np

    try:
        data = np.memmap(path, np.uint8, "r") if shape.size else np.empty(0, np.uint8)
    except FileNotFoundError:
        raise
    except (OSError, ValueError) as error:
        raise Failure(reason(error) if isinstance(error, OSError) else "is damaged", path) from error
    if data.size != shape.size:
        raise Failure("is damaged; remove the index and build it again", path)
    ends = 8 * shape.keys, 8 * (shape.keys + shape.first)
    plain = data.view(np.ndarray)
    return Segment(plain[: ends[0]].view("<u8"), plain[ends[0] : ends[1]].view("<i8"), plain[ends[1] :].view("<i4"))
