"""What encoding each document is in, as a table or JSON."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from texttool import document, store, streams
from texttool.config import Options
from texttool.corpus.intake import FAILED, NOTHING, tell
from texttool.corpus.shard import ALL, share
from texttool.corpus.shared import each
from texttool.filters import decode
from texttool.leftout import LeftOut
from texttool.measure import encoding
from texttool.visible import storable, visible
from texttool.walk import Input, walk


def detect(
    paths: tuple[Path, ...], output_format: str, hint: str, candidates: bool, shard: tuple[int, int] = ALL
) -> int:
    """Writes what is known of the encoding of every document under ``paths``. Gives the exit status.

    ``hint`` is the language that is expected (BCP 47), ``shard`` the part of the files. Raises Failure where standard
    output cannot be written.
    """
    status = NOTHING
    found: list[dict[str, Any]] = []
    left = LeftOut()
    inputs = list(share(walk(paths, left=left), Options(shard=shard), records=False))
    tell(left, Options())
    for taken in each(inputs, partial(_detect, hint=hint), Options()):
        status = max(status, taken.status)
        found += taken.values
    for line in _as_json(found) if output_format == "json" else _as_table(found, candidates):
        streams.out(line.encode())
    return status


def _detect(item: Input, give: Callable[[dict[str, Any]], None], hint: str) -> int:
    data = streams.stdin_bytes() if item.is_stdin else store.read(item.path).data
    at = document.binary(data)
    if at >= 0:
        streams.say(f"{item.path}: binary (NUL at byte {at})")
        give({"path": storable(str(item.path)), "encoding": None, "binary": True})
        return NOTHING
    guess = decode.detect(data, hint)
    told = guess.encoding if hint else "auto"
    read = document.load(data, str(item.path), told, guess) if guess.encoding and told else None
    give({"path": storable(str(item.path)), **(about := encoding.told(data, guess, read))})
    return NOTHING if about["encoding"] else FAILED


def _as_json(found: Iterable[dict[str, Any]]) -> Iterator[str]:
    yield json.dumps(list(found), ensure_ascii=False, indent=1) + "\n"


def _as_table(found: Iterable[dict[str, Any]], candidates: bool) -> Iterator[str]:
    for entry in found:
        if entry.get("binary"):
            yield f"{visible(entry['path'])}: binary\n"
            continue
        words = [entry["encoding"] or "unknown", f"{entry['confidence']:.2f}", entry["language"], entry["newline"]]
        words += ["BOM"] if entry["bom"] else []
        words += [f"{entry['undecodable']} undecodable bytes"] if entry["undecodable"] else []
        words += [
            f"{n} part{'s' * (n > 1)} in {code}"
            for code, n in Counter(part["encoding"] for part in entry["parts"]).items()
        ]
        yield f"{visible(entry['path'])}: {'  '.join(word for word in words if word)}\n"
        for other in entry["candidates"] if candidates else ():
            yield f"    {other['confidence']:.2f}  {other['encoding']:12}  {other['preview']}\n"
