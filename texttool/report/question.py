"""One edit as it is asked about: where it is, why, and the text before and after."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rich.table import Table
from rich.text import Text

from texttool.document import Document
from texttool.edits import Edits
from texttool.finding import Finding
from texttool.lines import Lines
from texttool.measure.passage import around, passage
from texttool.report.text import said
from texttool.visible import excerpt, visible

HELP = {
    "y": "make this edit",
    "n": "leave it",
    "a": "make this edit and all later ones of this file",
    "d": "leave this edit and all later ones of this file",
    "q": "stop here; what was answered is done",
    "?": "what the letters mean",
}
_ASIDE, _GONE, _NEW = "dim", "red", "green"
_MOST = 400  # code points of what is changed that are shown


def question(document: Document, finding: Finding, lines: Lines, count: str) -> Iterator[Any]:
    """The edit, as renderables."""
    line, column = lines.place(finding.start)
    yield Text()
    place = f"{visible(document.path)}:{line}:{column}"
    what = (finding.code, "bold yellow"), f" {said(finding, lines)}"
    yield Text.assemble((place, "bold"), " ", *what, (f"  ({count})", _ASIDE))
    for start, end in finding.related[:1] if finding.code.startswith("DP") else ():
        yield _row("=", _ASIDE, lines.place(start)[0], Text(excerpt(document.text[start:end], _MOST), _ASIDE))
    before, after = _before_and_after(document.text, finding, lines)
    yield _row("-", _GONE, line, before)
    yield _row("+", _NEW, line, after)


def answers() -> Text:
    """What to answer."""
    return Text(f"Make this edit? [{','.join(HELP)}]", "bold blue")


def _before_and_after(text: str, finding: Finding, lines: Lines) -> tuple[Text, Text]:
    before, after = Text(), Text()
    edits = Edits.of(((finding.start, finding.end, finding.put),))
    for found, put in passage(text, edits, *around(text, finding.start, finding.end), lines).parts:
        changed = found != put
        before.append(excerpt(found, _MOST) if changed else visible(found), f"{_GONE} reverse" if changed else "")
        after.append(excerpt(put, _MOST) if changed else visible(put), f"{_NEW} reverse" if changed else "")
    return before, after


def _row(sign: str, style: str, line: int, text: Text) -> Table:
    table = Table.grid(padding=(0, 1))
    table.add_column(justify="right", width=5, style=_ASIDE)
    table.add_column(width=1)
    table.add_column(overflow="fold")
    table.add_row(str(line), Text(sign, style), text)
    return table
