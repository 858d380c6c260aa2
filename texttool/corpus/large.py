"""A large text from its file to its output in bounded memory: in pieces, each among its neighbours."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from texttool import store, streams
from texttool.config import Options
from texttool.corpus.intake import FINDINGS, NOTHING, path_of
from texttool.corpus.outcome import Outcome, told
from texttool.corpus.perfile import PerFile
from texttool.corpus.sources import opened, size_of
from texttool.corpus.survey import Survey, blocks, survey, whole_lines
from texttool.document import KNOWN, Document
from texttool.encodingfindings import kept
from texttool.errors import Failure
from texttool.filters import decode
from texttool.filters.decode.codecs import text_codec
from texttool.markup import format_of
from texttool.pieces import cleaned
from texttool.pipeline import Pipeline
from texttool.walk import Input

LARGE = 64 << 20  # bytes


def attempt(
    item: Input, target: Path | None, per_file: PerFile | None, options: Options
) -> tuple[Outcome | None, bytes | None]:
    """What became of a text that is large and can be cleaned in pieces; else its bytes, if they had to be read.

    Raises Failure.
    """
    pipeline = in_pieces(per_file, item, options) if per_file else None
    if pipeline is None or not (item.is_stdin or size_of(item) > LARGE):
        return None, None
    with opened(item, LARGE) as (file, size):
        outcome = clean(item, file, size, target, pipeline, options) if size > LARGE else None
        file.seek(0)
        return outcome, None if outcome else file.read()


def in_pieces(per_file: PerFile, item: Input, options: Options) -> Pipeline | None:
    """The rules that are to run on a large text; None where it has to be in memory as a whole.

    Rules that only report are left out: what they find is for ``lint`` to say.
    """
    path = path_of(item, options)
    if options.diff or options.audit or options.audit_beside or options.guess or format_of(path):
        return None
    pipeline = per_file.pipeline_of(path).editing()
    return None if any(rule.whole for rule in pipeline.rules) else pipeline


def clean(
    item: Input, file: BinaryIO, size: int, target: Path | None, pipeline: Pipeline, options: Options
) -> Outcome | None:
    """Cleans one large text; None where that takes all of it at once: text in UTF-16, binaries, unknown encodings.

    Raises Failure.
    """
    try:
        found = survey(file, size, options.encoding)
    except LookupError as error:
        raise Failure(f"unknown encoding {options.encoding!r}", item.path) from error
    if not found.encoding or found.confidence < KNOWN:
        return None
    return _Run(item, file, found, pipeline, options, counted=told(options, target)).all(target)


class _Run:
    """One text on its way, and its figures."""

    def __init__(
        self, item: Input, file: BinaryIO, found: Survey, pipeline: Pipeline, options: Options, *, counted: bool
    ) -> None:
        self.counted = counted  # whether anybody is told how many edits were made
        self.item, self.file, self.found, self.pipeline, self.options = item, file, found, pipeline, options
        self.to = found.encoding if options.to == "same" else options.to
        self.made = Counter[tuple[str, str]]()
        from hashlib import sha256  # with OpenSSL in it: texts that are no large ones need none

        self.hash_in, self.hash_out = sha256(), sha256()
        self.size_in = self.size_out = 0  # bytes; of the input those behind the mark
        self.lines = 1  # of what was decoded so far, and of what was written
        self.lines_out = 1
        self.bad, self.first_bad = 0, ("", 0)  # how many bytes; the place and the byte offset of the first

    def all(self, target: Path | None) -> Outcome:
        """Reads, cleans and writes it. Raises Failure."""
        output = self._output()
        if self.options.check:
            for _ in output:
                pass
        elif target is None:
            state = streams.stdin_state() if self.item.is_stdin else os.fstat(self.file.fileno())
            if state and streams.is_stdout(state):
                raise Failure("is input and output at once; -i rewrites in place", self.item.path)
            for piece in output:
                streams.out(piece)
        else:
            self._write(target, output)
        if self.bad:
            streams.say(kept(*self.first_bad, self.bad, self.found.encoding))
        changed = not self._unchanged()
        if changed and self.options.check and not self.options.quiet:
            streams.say(f"{self.item.path}: would be changed")
        status = FINDINGS if self.bad or (changed and self.options.check) else NOTHING
        return Outcome(
            status,
            "cleaned" if changed else "unchanged",
            size_in=len(self.found.bom) + self.size_in,
            size_out=self.size_out,
            sha256_in=self.hash_in.hexdigest(),
            sha256_out=self.hash_out.hexdigest(),
            encoding=self.found.encoding,
            made=dict(self.made),
        )

    def _write(self, target: Path, output: Iterator[bytes]) -> None:
        here, broken = self.options.in_place, self.options.break_links
        if here:
            was = os.fstat(self.file.fileno())
            store.replace(target, output, was=was, unless=self._unchanged, break_links=broken)
        else:
            store.make_folder(target.parent)
            store.replace(target, output, break_links=broken)

    def _unchanged(self) -> bool:
        return self.hash_in.digest() == self.hash_out.digest()

    def _output(self) -> Iterator[bytes]:
        first = True
        for text, made in cleaned(self._texts(), self.pipeline.run, counted=self.counted):
            self.made.update(made)
            data = self._encoded(text, first=first)
            first = False
            self.hash_out.update(data)
            self.size_out += len(data)
            yield data

    def _encoded(self, text: str, *, first: bool) -> bytes:
        """A piece in the output's encoding, the first with the mark where there is to be one. Raises Failure."""
        read = Document(str(self.item.path), b"", text, self.found.encoding, self.found.bom, self.found.newline)
        data = read.encode(text, self.to, line=self.lines_out)
        self.lines_out += text.count("\n")
        mark = b"" if first else read.mark(self.to)
        return data[len(mark) :]

    def _texts(self) -> Iterator[str]:
        """The text, chunk by chunk, each of whole lines. Raises Failure where the output could not be exact."""
        code, newline = self.found.encoding, self.found.newline
        same = text_codec(self.to) == code
        for chunk in whole_lines(self._hashed(), newline[-1].encode(), len(self.found.bom)):
            read = decode.read_lines(chunk, code)
            if read.parts and self.options.to == "same":
                raise Failure("is in more than one encoding: give one with --to", self.item.path)
            if same and code != "utf-8" and not read.parts and decode.encode(read.text, code) != chunk:
                raise Failure(f"{self.to} does not give the same bytes again; --to utf-8 loses nothing", self.item.path)
            if not read.strict:
                self._look_for_bad(read.text, chunk)
            self.size_in += len(chunk)
            self.lines += read.text.count(newline[-1])
            yield read.text.replace(newline, "\n") if newline != "\n" else read.text

    def _hashed(self) -> Iterator[bytes]:
        for block in blocks(self.file):
            self.hash_in.update(block)
            yield block

    def _look_for_bad(self, text: str, chunk: bytes) -> None:
        found = Document("", chunk, text, self.found.encoding, b"", "\n").undecodable()
        if found is None:
            return
        count, at = found
        if not self.bad:
            end = self.found.newline[-1]
            line = self.lines + text.count(end, 0, at)
            column = at - text.rfind(end, 0, at)
            before = len(decode.encode(text[:at], self.found.encoding))
            byte = len(self.found.bom) + self.size_in + before
            self.first_bad = f"{self.item.path}:{line}:{column}", byte
        self.bad += count
