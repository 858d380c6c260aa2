"""What a file is by its name: text, records or an archive, and how it is packed."""

from __future__ import annotations

from typing import NamedTuple

from texttool.config import Options
from texttool.walk import Input, suffix_of

FIELD = "text"  # of a record, where no other is named
TEXT = "text"

_FORMATS = {
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "json",
    ".csv": "csv",
    ".tsv": "tsv",
    ".parquet": "parquet",
    ".zip": "zip",
    ".tar": "tar",
}
_SHORT = {".tgz": ".gz", ".txz": ".xz", ".tbz2": ".bz2", ".tzst": ".zst"}  # of a packed tar
RECORDS = ("jsonl", "json", "csv", "tsv", "parquet")
ARCHIVES = ("zip", "tar")
# Records by nature. The others are often no corpus but settings and tables: they are read as records when asked.
_ALWAYS = ("jsonl", "parquet")
_STREAMS = ("jsonl", "json", "csv", "tsv")  # records that can come on standard input


class Kind(NamedTuple):
    """The format (``text``, one of RECORDS or ARCHIVES), and the suffix of the packing or nothing."""

    format: str
    packed: str


PLAIN = Kind(TEXT, "")


def by_name(name: str) -> Kind:
    """What the name says."""
    suffix, packed = suffix_of(name)
    if suffix in _SHORT and not packed:
        return Kind("tar", _SHORT[suffix])
    return Kind(_FORMATS.get(suffix, TEXT), packed)


def of(item: Input, options: Options) -> Kind:
    """How an input is read: standard input holds what its name says, and JSON lines where just a field is named."""
    if item.is_stdin:
        return Kind(_streamed(options), "")
    kind = by_name(item.path.name)
    if not options.records:
        return Kind(TEXT, kind.packed)
    if options.as_text:
        return Kind(TEXT, kind.packed) if kind.format in RECORDS else Kind(TEXT, "")
    if kind.format in RECORDS and kind.format not in _ALWAYS and not options.fields:
        return Kind(TEXT, kind.packed)
    return kind


def _streamed(options: Options) -> str:
    """The format of standard input."""
    if options.as_text:
        return TEXT
    named = by_name(options.stdin_filename.name).format if options.stdin_filename else TEXT
    if named in _STREAMS and (named in _ALWAYS or options.fields):
        return named
    return "jsonl" if options.fields else TEXT


def suffixes(options: Options) -> frozenset[str]:
    """The suffixes of records that are read below a folder too."""
    wanted = RECORDS if options.fields else _ALWAYS
    return (
        frozenset()
        if options.as_text or not options.records
        else frozenset(end for end, name in _FORMATS.items() if name in wanted)
    )


def fields(options: Options) -> tuple[str, ...]:
    """The fields whose text is cleaned."""
    return options.fields or (FIELD,)
