"""Page numbers: lines that hold a number and little else, and count up page by page."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from texttool import patterns
from texttool.filters.furniture.numerals import value
from texttool.filters.furniture.pageblocks import DEPTH, LONGEST, Block
from texttool.rulebook import load
from texttool.together import Together

# A page holds this many lines at the least, or code points where its lines are not wrapped; cells of a table and
# numbered subtitles stand closer.
PAGE_LINES, PAGE_CHARS = 8, 400
# Pages may be missing, or have lost their numbers: so many numbers a sequence may step over. A bare number two away may
# as well be anything.
_STEP = {True: 10, False: 2}
# Numbers with nothing round them take three in sequence to be believed; with a dress that only pages wear, two.
FEWEST = {True: 2, False: 3}
_ROMAN = "ivxlc"
_PIECE = 1 << 12  # code points
_NUMERAL = re.compile(r"[\d〇零一二三四五六七八九十百]|(?i:\b[ivxlc]{1,8}\b)")
# A page holds so many code points at the most, among them a mark that ends a sentence.
_PAGE_MOST = 4000
_STOP = re.compile(r"[。！？!?.]")
_ENDS = "。！？!?…．.：:；;”’」』）)"


class Numbered(NamedTuple):
    """A line that may be a page number."""

    block: int
    start: int
    stop: int
    number: int
    form: str  # its shape with the number taken out: all numbers of one text are dressed alike
    dressed: bool
    head: str  # what stands beside the number; empty: nothing but its dress


def page_numbers(text: str, blocks: Sequence[Block]) -> list[Numbered]:
    """The page numbers of ``text``, in order."""
    found = defaultdict(list)
    for candidate in _candidates(text, blocks):
        found[candidate.form].append(candidate)
    runs = (run for same in found.values() for run in _runs(text, same))
    return sorted(n for run in runs if _is_paging(text, blocks, run) for n in run)


def may_be_numbered(text: str) -> bool:
    """Whether a line by itself may have the form of a page number: told by what it begins and ends with."""
    begins, words = _signs()
    if any(map(text.__contains__, words)):
        return True
    for line in map(str.strip, _lines(text)):
        if 0 < len(line) <= LONGEST and (
            line[0] in begins or line[0].isdecimal() or line[-1] in _ROMAN or line[-1].isdecimal()
        ):
            return True
    return False


def numbered(together: Together) -> set[int]:
    """The numbers of the texts that ``may_be_numbered``, and of some that end a longer line so."""
    lines = (m.start() + 1 for form in _edges() for m in form.finditer(together.text))
    return {*together.with_any(_signs()[1]), *together.holding(lines)}


@cache
def _edges() -> tuple[re.Pattern[str], ...]:
    """What stands before a line that begins so, and behind one that may end so: it does, or there is a space."""
    begins = re.escape("".join(sorted(_signs()[0])))
    return (
        patterns.compiled(rf"\n(?=[^\S\n]*+[{begins}\d][^\n]{{0,{LONGEST - 1}}}+[^\S\n]*+\n)"),
        patterns.compiled(rf"\n(?<=[{_ROMAN}\d\s]\n)(?<!\n\n)"),
    )


def _lines(text: str) -> Iterable[str]:
    """The lines, cut as they are asked for: mostly one of the first tells."""
    return text.split("\n") if len(text) <= _PIECE else _pieces(text)


def _pieces(text: str) -> Iterator[str]:
    at = 0
    while at < len(text):
        end = text.find("\n", at + _PIECE)
        end = len(text) if end < 0 else end
        yield from text[at:end].split("\n")
        at = end + 1


@cache
def _signs() -> tuple[frozenset[str], tuple[str, ...]]:
    """What lines begin with that may be page numbers, but for digits, and words in them."""
    data = load("tables/furniture-pages")
    return frozenset(data["begins"] + _ROMAN + _ROMAN.upper()), tuple(data["words"])


@cache
def _forms() -> tuple[tuple[str, re.Pattern[str]], ...]:
    data = load("tables/furniture-pages")
    return tuple((kind, patterns.compiled(form)) for kind in ("dressed", "bare", "headed") for form in data[kind])


def _candidates(text: str, blocks: Sequence[Block]) -> Iterator[Numbered]:
    """Lines by themselves, and last lines before a form feed, that have the form of a page number."""
    for i, block in enumerate(blocks):
        start = block.start if block.alone else _last_line(text, block)
        line = block.line if block.alone else text[start : block.stop].strip()
        if start < 0 or not _NUMERAL.search(line):
            continue
        for kind, form in _forms():
            if (match := form.fullmatch(line)) and (number := value(match["n"])) is not None:
                head = match["head"] if kind == "headed" else ""
                yield Numbered(i, start, block.stop, number, _shape(line, match, kind), kind == "dressed", head)
                break


def _shape(line: str, match: re.Match[str], kind: str) -> str:
    """What a line shares with the other page numbers of its text.

    Heads differ from left to right and by chapter, but all are with the number or none, and numerals are of a kind.
    """
    numeral = "0" if match["n"].isdecimal() else "i" if match["n"].islower() else "I"
    if kind == "headed":
        return f"headed {numeral}"
    around = line[: match.start("n")] + numeral + line[match.end("n") :]
    return re.sub(r"\d+", "0", re.sub(r"\s+", " ", around))


def _last_line(text: str, block: Block) -> int:
    """Where the last line of a block starts, if a form feed follows it and it is short; else -1."""
    if not block.fed:
        return -1
    return text.rfind("\n", max(block.start, block.stop - 80), block.stop) + 1 or -1


def _runs(text: str, same: Iterable[Numbered]) -> Iterator[list[Numbered]]:
    """Stretches that count up, a page apart from each other."""
    run: list[Numbered] = []
    for n in same:
        if run and not (
            1 <= n.number - run[-1].number <= _STEP[n.dressed] and _page_apart(text, run[-1].stop, n.start)
        ):
            yield run
            run = []
        run.append(n)
    if run:
        yield run


def _page_apart(text: str, stop: int, start: int) -> bool:
    return start - stop >= PAGE_CHARS or text.count("\n", stop, start) >= PAGE_LINES


def _is_paging(text: str, blocks: Sequence[Block], run: Sequence[Numbered]) -> bool:
    """Whether a stretch numbers pages.

    Bare numbers may be those of chapters; but pages end in mid-sentence, or with a form feed. Heads beside them come
    again, on every other page at the least.
    """
    dressed = run[0].dressed
    if len(run) < FEWEST[dressed]:
        return False
    if run[0].head and len({n.head for n in run}) * 2 > len(run) + 1:
        return False
    cut = sum(_is_cut(text, blocks, n) for n in run)
    return dressed or cut * 3 >= len(run)


def _is_cut(text: str, blocks: Sequence[Block], n: Numbered) -> bool:
    """Whether the page that a number stands under or over is cut: by a form feed, or in mid-sentence."""
    if blocks[n.block].fed:
        return True
    before = text[max(0, n.start - _PAGE_MOST) : n.start].rstrip()
    if not _STOP.search(before):
        return False  # verse without marks is cut nowhere
    return before[-1] not in _ENDS or (blocks[n.block].alone and mid_sentence(text, blocks, n.block))


def mid_sentence(text: str, blocks: Sequence[Block], at: int) -> bool:
    """Whether a sentence runs on across the block ``at`` and the heads in front of it: it ends with no stop there,
    or goes on in small letters behind.
    """
    last = next((block for block in blocks[max(0, at - 1 - DEPTH) : at][::-1] if not block.alone), None)
    behind = blocks[at + 1 : at + 2]
    return (last is not None and text[last.stop - 1] not in _ENDS) or any(text[b.start].islower() for b in behind)
