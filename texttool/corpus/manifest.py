"""The manifest of a run, a JSON line a document, and what a second run need not do again because of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from texttool import __version__, store, streams
from texttool.config import Options
from texttool.corpus import shard
from texttool.corpus.intake import FAILED
from texttool.corpus.outcome import Outcome
from texttool.errors import Failure
from texttool.log import Log
from texttool.pipeline import Pipeline
from texttool.rulebook import rules_dir
from texttool.visible import storable
from texttool.walk import Input

_PIECE = 1 << 20  # bytes that are read at once
_HEAD = '{"type":"manifest"'
# What changes where results go or what is said, but not what they are.
_NOT_CONTENT = ("output", "in_place", "audit", "audit_beside", "manifest", "jobs", "shard", "quiet", "verbose")


class Entry(NamedTuple):
    """What an earlier run, with the same options, says of a document that it finished."""

    size_in: int
    sha256_in: str
    size_out: int
    sha256_out: str
    status: int
    fields: dict[str, Any]


def key(item: Input) -> str:
    """What names an input in the manifest: its path, as it was given."""
    return storable(item.name)


def sha256(data: bytes | Iterable[bytes]) -> str:
    """Hexadecimal digest, of pieces one behind the other as well."""
    import hashlib  # with OpenSSL in it: most runs need no digest

    digest = hashlib.sha256()
    for piece in (data,) if isinstance(data, bytes) else data:
        digest.update(piece)
    return digest.hexdigest()


def fingerprint(options: Options, pipeline: Pipeline) -> str:
    """What of the settings, the rules and the program decides on the output, as a digest."""
    settings = {name: repr(getattr(options, name)) for name in options.__slots__ if name not in _NOT_CONTENT}
    tables = ((path.name, sha256(path.read_bytes())) for path in sorted(rules_dir().rglob("*.t*")))
    rules = [rule.code for rule in pipeline.rules]
    return sha256(json.dumps([__version__, settings, rules, pipeline.unsafe, list(tables)]).encode())


class Manifest:
    """The file of it: known entries by path, and the log that new ones are added to as they come."""

    def __init__(self, path: Path, mark: str) -> None:
        """Raises Failure where the file is there and is no manifest, or may not be written."""
        self.path, self.mark = path, mark
        self.known: dict[str, Entry] = {}
        self.lines: dict[str, bytes] = {}
        data = store.read(path).data if path.exists() else b""
        if data and not data.startswith(_HEAD.encode()):
            raise Failure("is there, and is no manifest; not written", path)
        whole = data.rfind(b"\n") + 1
        self._read(data[:whole].splitlines())
        self.log = Log(path, whole)
        self.head = f'{_HEAD},"texttool":"{__version__}","options":"{mark}"}}\n'.encode()
        self.log.write(self.head)

    def _read(self, lines: Iterable[bytes]) -> None:
        """Entries count below a head with the same mark; the last one of a path counts."""
        same = False
        for number, line in enumerate(lines):
            try:
                fields = json.loads(line)
                if fields["type"] == "manifest":
                    same = fields["options"] == self.mark
                elif same and fields["status"] in ("cleaned", "unchanged", "skipped") and fields["sha256"]:
                    self._know(fields, line)
                else:
                    self.known.pop(fields["path"], None)
            except (ValueError, KeyError, TypeError) as error:
                raise Failure(f"line {number + 1} is no entry of a manifest; not written", self.path) from error

    def _know(self, fields: dict[str, Any], line: bytes) -> None:
        """Remembers one that is done."""
        self.known[fields["path"]] = Entry(
            fields["bytes"],
            fields["sha256"],
            fields["output_bytes"],
            fields["output_sha256"],
            fields["exit"],
            fields,
        )
        self.lines[fields["path"]] = line + b"\n"

    def add(self, item: Input, target: Path | None, outcome: Outcome) -> None:
        """Adds what became of a document. Raises Failure."""
        if outcome.kind != "done":
            name = key(item)
            self.lines[name] = _line(name, target, outcome)
            self.log.write(self.lines[name])

    def close(self, order: Iterable[Input] | None) -> None:
        """Ends it; of a run that came to its end, an entry for each document, in the order of the run."""
        self.log.close()
        if order is not None:
            keys = map(key, order)
            store.replace(self.path, [self.head, *(self.lines[name] for name in keys if name in self.lines)])


def _line(name: str, target: Path | None, outcome: Outcome) -> bytes:
    fields = {
        "type": "document",
        "path": name,
        "output": storable(str(target)) if target else None,
        "status": outcome.kind,
        "exit": outcome.status,
        "reason": storable(outcome.why),
        "bytes": outcome.size_in,
        "output_bytes": outcome.size_out,
        "sha256": outcome.sha256_in,
        "output_sha256": outcome.sha256_out,
        "encoding": outcome.encoding,
        "edits": {code: count for (code, _), count in sorted(outcome.made.items())},
        "findings": {code: count for (code, _), count in sorted(outcome.left.items())},
        "records": outcome.records,
        "rejected": outcome.rejected,
        "said": [storable(line) for line in outcome.said],
        "seconds": round(outcome.seconds, 3),
    }
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def still(entry: Entry, item: Input, target: Path | None) -> Outcome | None:
    """What an earlier run made, where source and output are still what they were; else None.

    In place, the source is the output by now: it is done when it has the bytes of the output.
    """
    if target is None or item.member or entry.status == FAILED:
        return None
    try:
        in_place = bool(entry.sha256_out) and target.exists() and item.path.samefile(target)
        if not in_place and not _same_source(item, entry):
            return None
        if entry.sha256_out and not _same(target, entry.size_out, entry.sha256_out):
            return None
    except OSError:
        return None
    for line in entry.fields["said"]:
        streams.say(line)
    return Outcome(entry.status, "done")


def _same_source(item: Input, entry: Entry) -> bool:
    if item.cut is None:
        return _same(item.path, entry.size_in, entry.sha256_in)
    with item.path.open("rb") as file:
        return sha256(shard.lines(file, item.cut)) == entry.sha256_in


def _same(path: Path, size: int, digest: str) -> bool:
    """Whether a file has these bytes; one of another size is not read."""
    if path.stat().st_size != size:
        return False
    with path.open("rb") as file:
        return sha256(iter(partial(file.read, _PIECE), b"")) == digest


def open_(options: Options, pipeline: Pipeline, taken: Callable[[Path, str], None]) -> Manifest | None:
    """The manifest that the options name. ``taken`` raises where its path is that of something else."""
    if options.manifest is None:
        return None
    if options.check or options.diff:
        raise Failure("--manifest records outputs, and --check and --diff make none")
    taken(options.manifest, "manifest")
    return Manifest(options.manifest, fingerprint(options, pipeline))
