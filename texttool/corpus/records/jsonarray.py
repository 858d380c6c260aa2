"""A JSON array of records, or one JSON value. What is no string of a wanted field keeps its bytes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from texttool.corpus.records.jsonlines import name_of
from texttool.corpus.records.jsonspans import skip, space, spelled, strings
from texttool.corpus.records.part import SIZE, About, Cleaner, Made, Part, Reject
from texttool.errors import Failure


def parts(pieces: Iterable[bytes], path: str, about: Any) -> Iterator[Part]:
    """The elements of the array in parts, with what stands around them. The file is read whole.

    Raises Failure where not even the first element can be read.
    """
    _, encoding, keep, _ = about
    data = b"".join(pieces)
    try:
        text = data.decode("utf-8-sig" if encoding == "utf-8" else encoding)
    except UnicodeDecodeError as error:
        raise Failure(f"byte {error.start} is not {error.encoding}", path) from error
    mark = data[:3] if data.startswith(b"\xef\xbb\xbf") else b""
    at = space(text, 0)
    if text[at : at + 1] != "[":
        try:
            whole = space(text, skip(text, at)) == len(text)
        except ValueError as error:
            raise Failure(f"is no JSON: {error}", path) from error
        if not whole:
            raise Failure("something stands behind the value: is this JSON lines?", path)
        yield Part(_raw, path, 1, mark + text[:at].encode())
        yield Part(_clean, path, 1, text[at:].encode("utf-8", "surrogatepass"), about)
        return
    yield Part(_raw, path, 1, mark + text[: at + 1].encode())
    yield from _elements(text, at + 1, path, about, keep)


def _elements(text: str, at: int, path: str, about: Any, keep: bool) -> Iterator[Part]:
    """Runs of elements, each with the white space and the comma behind it."""
    first, line, done = at, 1 + text.count("\n", 0, at), at
    try:
        at = space(text, at)
        while text[at : at + 1] != "]" or done == first:
            if text[at : at + 1] == "]":
                break
            at = space(text, skip(text, at))
            mark = text[at : at + 1]
            if mark not in (",", "]") or not mark:
                raise ValueError("Expecting ',' or ']'")
            if mark == ",":
                at = space(text, at + 1)
                if text[at : at + 1] == "]":
                    raise ValueError("a comma, and nothing behind it")
            done = at
            if at - first > SIZE:
                yield Part(_clean, path, line, text[first:at].encode("utf-8", "surrogatepass"), about)
                line += text.count("\n", first, at)
                first = at
            if mark == "]":
                break
        end = space(text, at + 1)
        if end != len(text):
            raise ValueError("something stands behind the array")
    except ValueError as error:
        reason = error.msg if isinstance(error, json.JSONDecodeError) else str(error)
        yield from _broken(text, first, done, line, reason, path, about, keep)
        return
    if first < at:
        yield Part(_clean, path, line, text[first:at].encode("utf-8", "surrogatepass"), about)
    yield Part(_raw, path, line, text[at:].encode("utf-8", "surrogatepass"))


def _broken(
    text: str, first: int, done: int, line: int, reason: str, path: str, about: Any, keep: bool
) -> Iterator[Part]:
    """What was whole, and the rest as one record that cannot be read; the array is closed behind what was whole."""
    whole = text[first:done]
    if not keep:
        whole = whole.rstrip(" \t\r\n").removesuffix(",")
    if whole:
        yield Part(_clean, path, line, whole.encode("utf-8", "surrogatepass"), about)
    line += text.count("\n", first, done)
    rest = text[done:].encode("utf-8", "surrogatepass")
    yield Part(_refused, path, line, rest, (reason, rest if keep else b"\n]\n"))


def _raw(part: Part, cleaner: Cleaner) -> Made:
    return cleaner.ended(data=part.data)


def _refused(part: Part, cleaner: Cleaner) -> Made:
    reason, put = part.about
    return cleaner.ended(data=put, records=1, changed=put != part.data, rejects=(Reject(part.line, reason, part.data),))


def _clean(part: Part, cleaner: Cleaner) -> Made:
    about: About = part.about
    text = part.data.decode("utf-8", "surrogatepass")
    as_ascii = text.isascii()
    pieces, last, at, records = list[str](), 0, space(text, 0), 0
    while at < len(text):
        records += 1
        found, end = strings(text, at, about.wanted)
        name = name_of(text[at:end], about) if found else ""
        for start, stop, value, path in found:
            line = part.line + text.count("\n", 0, start)
            put = cleaner.clean(value, line, path, name)
            if put != value:
                pieces += text[last:start], spelled(put, as_ascii=as_ascii)
                last = stop
        at = space(text, end)
        if text[at : at + 1] == ",":
            at = space(text, at + 1)
    data = "".join([*pieces, text[last:]]).encode("utf-8", "surrogatepass")
    return cleaner.ended(data=data, records=records, changed=data != part.data)
