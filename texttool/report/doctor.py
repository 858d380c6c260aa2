"""What ails a text, on one screen: ``screen`` draws the object that ``portraits.entry`` makes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from rich.table import Table
from rich.text import Text

from texttool.report.marks import EMPTY, LETTERS, bar, sparkline, strip
from texttool.report.portraits import OTHERS
from texttool.report.screen import NARROW
from texttool.visible import excerpt, visible

_LABEL, _ASIDE, _GOOD, _BAD, _GONE, _NEW = "bold cyan", "dim", "green", "yellow", "red", "green"
_FEW = 4  # of a list: the screen is one
_COLOURS = ("magenta", "blue", "yellow", "green", "red", "cyan")

Section = tuple[str, list[Text]]


def screen(entry: dict[str, Any], columns: int) -> Iterator[Any]:
    """The screen of one text, as renderables for so many columns."""
    yield _head(entry)
    yield Text()
    wide = columns >= NARROW
    room = columns - 14 if wide else columns - 2
    table = Table.grid(padding=(0, 2))
    table.add_column(no_wrap=True, width=12 if wide else 0)
    table.add_column(overflow="fold")
    for name, lines in _sections(entry, room):
        if wide:
            table.add_row(Text(name, _LABEL), Text("\n").join(lines))
        else:
            table.add_row("", Text(name, _LABEL))
            table.add_row("", Text("\n").join(lines))
    yield table
    if entry["passages"]:
        yield Text()
        yield _passages(entry["passages"])
    yield Text()
    yield from _commands(entry["commands"], columns)


def _head(entry: dict[str, Any]) -> Text:
    kinds = (("size", "byte"), ("characters", "character"), ("lines", "line"))
    figures = ", ".join(f"{entry[key]:,} {word}{'s' * (entry[key] != 1)}" for key, word in kinds)
    return Text.assemble((visible(entry["path"]), "bold"), ("  " + figures, _ASIDE))


def _sections(entry: dict[str, Any], room: int) -> Iterator[Section]:
    yield "encoding", list(_encoding(entry["encoding"], room))
    if entry["page"]["width"]:
        yield "column", list(_column(entry["page"], room))
        yield "layout", list(_layout(entry["page"]))
    if entry["furniture"]:
        yield "furniture", list(_findings(entry["furniture"], entry["findings"], "PF"))
    if entry["duplicates"]:
        yield "duplicates", list(_duplicates(entry, room))
    if any(entry["marks"].values()):
        yield "marks", list(_marks(entry["marks"]))
    yield "scripts", [_scripts(entry["kinds"])]
    if entry["structure"]:
        yield "structure", list(_findings(entry["structure"], entry["findings"], "ST"))
    if entry["others"]:
        yield "also", list(_findings(entry["others"], entry["findings"], OTHERS))
    yield "findings", [_troubles(entry["troubles"])]


def _encoding(told: dict[str, Any], room: int) -> Iterator[Text]:
    sure = told["confidence"] >= 1 and (told["bom"] or told["encoding"] in ("utf-8", "ascii"))
    words = [f"line ends {told['newline']}"] + ["BOM"] * told["bom"]
    words += [f"{told['undecodable']} bytes that it cannot decode"] * bool(told["undecodable"])
    words += [f"{part['encoding']} in lines {part['line']}-{part['end_line']}" for part in told["parts"][:_FEW]]
    how = "no doubt" if sure else f"confidence {told['confidence']:.2f}"
    name = told["encoding"] or "unknown"
    plain = name in ("utf-8", "ascii") and not told["undecodable"] and not told["parts"]
    yield Text.assemble((name, _GOOD if plain else _BAD), f", {how}; ", "; ".join(words))
    if not sure:
        for other in told["candidates"][:_FEW]:
            glimpse = excerpt(other["preview"].replace("\\x0d⏎", "⏎"), max(room // 2 - 10, 10))
            yield Text.assemble((f"  {other['confidence']:.2f}  {other['encoding']:11} ", _ASIDE), glimpse)


def _column(page: dict[str, Any], room: int) -> Iterator[Text]:
    first, last = page["first"], page["last"]
    word = "characters" if page["wide"] else "columns"
    along = f"{first} {word} wide" if first == last else f"from {first} {word} at the top to {last} at the end"
    picture = sparkline(page["width"][:room] if len(page["width"]) <= room else _thinned(page["width"], room))
    yield Text(picture, "blue")
    yield Text(along, _BAD if page["wrapped"] and first != last else "")


def _thinned(values: Sequence[int], count: int) -> list[int]:
    return [values[i * len(values) // count] for i in range(count)]


def _layout(page: dict[str, Any]) -> Iterator[Text]:
    if not page["wrapped"]:
        yield Text("not wrapped: a line is a paragraph", _GOOD)
        return
    told = {"blank": "blank lines", "indent": "indents", "double": "their distance", "line": "short lines"}
    parted = " and ".join(told[name] for name in page["layout"].split(" and "))
    yield Text.assemble(
        (f"{page['wraps']:,} of {page['breaks']:,} line breaks are wraps", _BAD), f" ({page['share']:.0%})"
    )
    yield Text(f"paragraphs are parted by {parted}")
    if page["page_cuts"]:
        cuts = page["page_cuts"]
        yield Text(f"{cuts} page cut{'s' * (cuts > 1)} in the middle of a sentence", _BAD)


def _findings(found: Sequence[dict[str, Any]], counts: dict[str, int], family: str) -> Iterator[Text]:
    for one in found[:_FEW]:
        yield Text.assemble((f"line {one['line']}  ", _ASIDE), (one["code"], _BAD), f" {visible(one['message'])}")
    more = sum(count for code, count in counts.items() if code.startswith(tuple(family.split()))) - _FEW
    if more > 0:
        yield Text(f"and {more:,} more", _ASIDE)


def _duplicates(entry: dict[str, Any], room: int) -> Iterator[Text]:
    found = sorted(entry["duplicates"], key=lambda one: one["start"] - one["end"])
    groups = [[(place["start"], place["end"]) for place in (one, *one["others"])] for one in found]
    picture = strip(groups, entry["characters"], min(room, 60))
    drawn = Text()
    for cell in picture:
        drawn.append(cell, _ASIDE if cell == EMPTY else f"bold {_colour(cell)}")
    yield drawn
    for letter, one in zip(LETTERS, found[:_FEW], strict=False):
        others = ", ".join(_lines(other) for other in one["others"][:3])
        yield Text.assemble(
            (f"{letter} ", f"bold {_colour(letter)}"),
            f"{_lines(one)} say again what {others} said, {one['end'] - one['start']} characters"
            if others
            else one["code"],
        )
        yield Text(f"  {visible(excerpt(one['text'], 60))}", _ASIDE)
    if len(found) > _FEW:
        yield Text(f"and {len(found) - _FEW:,} more", _ASIDE)


def _colour(letter: str) -> str:
    return _COLOURS[LETTERS.index(letter) % len(_COLOURS)]


def _lines(place: dict[str, int]) -> str:
    first, last = place["line"], place["end_line"]
    return f"line {first}" if first == last else f"lines {first}-{last}"


def _marks(marks: dict[str, dict[str, int]]) -> Iterator[Text]:
    half, full = (sum(marks[side].values()) for side in ("half", "full"))
    share = half / (half + full)
    words = ", ".join(f"{mark} {count:,}" for mark, count in sorted(marks["half"].items(), key=lambda one: -one[1])[:6])
    yield Text.assemble(
        (bar(share, 10), _BAD), (f" {share:.0%} half-width", _BAD if half else _GOOD), f", {full:,} full-width"
    )
    if half:
        yield Text(f"half-width beside Han: {words}", _ASIDE)


def _scripts(kinds: dict[str, int]) -> Text:
    ink = {name: count for name, count in kinds.items() if name != "space"}
    total = sum(ink.values()) or 1
    most = sorted(ink.items(), key=lambda one: (-one[1], one[0]))
    return Text(", ".join(f"{name} {count / total:.1%}" for name, count in most[:6]) or "none")


def _troubles(found: dict[str, int]) -> Text:
    if not found:
        return Text("none", _GOOD)
    return Text(", ".join(f"{name} {count:,}" for name, count in sorted(found.items(), key=lambda one: -one[1])), _BAD)


def _passages(passages: Sequence[dict[str, Any]]) -> Table:
    """Before and after, with what changes set off."""
    table = Table.grid(padding=(0, 1))
    table.add_column(justify="right", width=5, style=_ASIDE)
    table.add_column(width=1)
    table.add_column(overflow="fold")
    for one in passages:
        before, after = Text(), Text()
        for found, put in one["parts"]:
            changed = found != put
            before.append(visible(found), f"{_GONE} reverse" if changed else "")
            after.append(visible(put), f"{_NEW} reverse" if changed else "")
        table.add_row(str(one["line"]), Text("-", _GONE), before)
        table.add_row("", Text("+", _NEW), after)
    return table


def _commands(commands: Sequence[dict[str, str]], columns: int) -> Iterator[Text]:
    if not commands:
        yield Text("nothing to do: the text is clean", _GOOD)
    for one in commands:
        line = Text.assemble(("$ ", _ASIDE), (visible(one["command"]), "bold"))
        about = Text(f"   {one['about']}", _ASIDE)
        if line.cell_len + about.cell_len <= columns:
            yield line + about
        else:
            yield from (line, about)
