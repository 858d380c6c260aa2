"""What stands on the page of a report, worked out of what was gathered; all of it plain values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from texttool.document import STDIN
from texttool.measure.prescription import cleaning
from texttool.report.figures import asked, figures, outside, shown
from texttool.report.gathered import Gathered
from texttool.report.marks import sparkline
from texttool.report.portraits import chosen
from texttool.rulebook import every_rule, load
from texttool.visible import visible

MOST = 3000  # texts that have a row
_PASSAGES = 24
_CURVES = 60  # texts whose width is drawn
_STRIPS = 40  # texts on the map of duplicates
_BARS = 24  # rules in the chart
_PLACES = 8  # of a group that are named
_MARKS = 1500  # on the map: more are no picture any more, and each is half a kilobyte of the page
_COLOURS = ("#c8713a", "#3b82c4", "#5a9a68", "#9a6bb5", "#b59a2c", "#c2557a", "#3f9c9c", "#7d8792")


def context(made: Gathered) -> dict[str, Any]:
    """The values of the page's template but for its charts, whose rows are in ``rows``."""
    ranked = sorted(enumerate(made.entries, 1), key=lambda one: (-density(one[1]), one[1]["path"]))
    texts = [_text(number, entry) for number, entry in ranked[:MOST]]
    listed = {text["id"] for text in texts}
    rules = list(_rules(made.entries))
    curves = _wrapped(made.entries)
    return {
        "title": " ".join("standard input" if path == STDIN else path for path in made.named.paths),
        "tiles": list(_tiles(made)),
        "rules": rules,
        "groups": [_group(i, group, listed) for i, group in enumerate(made.groups)],
        "duplicates": _said_of_duplicates(made),
        "passages": list(_passages(made.entries, listed)),
        "quality": list(_quality(made.tally.shares())),
        "texts": texts,
        "left_out": len(made.entries) - len(texts),
        "along": _said_of_curves(made.entries, curves),
        "command": _command(made),
        "rows": {
            "troubles": _troubles(made.entries),
            "rules": [{**rule, "href": f"#rule-{rule['code']}"} for rule in rules[:_BARS]],
            "encodings": _encodings(made.entries),
            "widths": [{"band": band, "lines": n} for band, n in figures(made.tally)["widths"].items()],
            "along": list(_along(curves)),
            "map": list(_map(made)),
        },
    }


def density(entry: Mapping[str, Any]) -> float:
    """Findings a thousand characters; a text of a few lines counts as a page of a thousand."""
    return 1000 * float(sum(entry["findings"].values())) / max(int(entry["characters"]), 1000)


def _tiles(made: Gathered) -> Iterator[dict[str, Any]]:
    entries, count = made.entries, made.tally.counts
    ailing = sum(bool(entry["findings"]) for entry in entries)
    findings = sum(sum(entry["findings"].values()) for entry in entries)
    other = sum(entry["encoding"]["encoding"] not in ("utf-8", "ascii") for entry in entries)
    wrapped = sum(entry["page"]["wrapped"] for entry in entries)
    half, full = (sum(made.tally.group(side).values()) for side in ("half", "full"))
    yield {"name": "Texts", "value": f"{len(entries):,}", "more": f"{ailing:,} with findings"}
    yield {"name": "Characters", "value": _short(count["characters"]), "more": f"{count['sentences']:,} sentences"}
    yield {"name": "Findings", "value": f"{findings:,}", "more": "by all rules", "bad": findings > 0}
    yield {"name": "Wrapped", "value": f"{wrapped:,}", "more": "texts in a narrow column", "bad": wrapped > 0}
    yield {"name": "Not UTF-8", "value": f"{other:,}", "more": "texts", "bad": other > 0}
    if half + full:
        yield {"name": "Half-width marks", "value": f"{half / (half + full):.0%}", "more": f"{half:,} beside Han"}


def _short(count: int) -> str:
    for size, unit in ((10**9, " G"), (10**6, " M")):
        if count >= size:
            return f"{count / size:.1f}{unit}"
    return f"{count:,}"


def _rules(entries: Sequence[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    known = {rule.code: rule for rule in every_rule()}
    counts, texts = Counter[str](), Counter[str]()
    for entry in entries:
        counts.update(entry["findings"])
        texts.update(entry["findings"].keys())
    for code, count in sorted(counts.items(), key=lambda one: (-one[1], one[0])):
        rule = known[code]
        yield {
            "code": code,
            "about": rule.name.replace("-", " "),
            "why": rule.why,
            "count": count,
            "texts": texts[code],
        }


def _troubles(entries: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    counts = Counter(name for entry in entries for name in entry["troubles"])
    return [{"name": name, "texts": n} for name, n in sorted(counts.items(), key=lambda one: (-one[1], one[0]))]


def _encodings(entries: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    counts = Counter(entry["encoding"]["encoding"] or "unknown" for entry in entries)
    return [{"name": name, "texts": n} for name, n in sorted(counts.items(), key=lambda one: (-one[1], one[0]))]


def _wrapped(entries: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The longest of the wrapped texts."""
    wrapped = [entry for entry in entries if entry["page"]["wrapped"] and len(entry["page"]["width"]) > 1]
    return sorted(wrapped, key=lambda entry: (-entry["lines"], entry["path"]))[:_CURVES]


def _along(curves: Sequence[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    opacity = max(0.25, 1 - len(curves) / 20)
    for number, entry in enumerate(curves):
        page, last = entry["page"], len(entry["page"]["width"]) - 1
        for i, columns in enumerate(page["width"]):
            width = columns / 2 if page["wide"] else columns
            yield {"text": number, "at": round(i / last, 4), "width": width, "opacity": opacity}


def _said_of_curves(entries: Sequence[Mapping[str, Any]], curves: Sequence[Mapping[str, Any]]) -> str:
    wrapped = sum(entry["page"]["wrapped"] for entry in entries)
    which = f"the {len(curves)} longest of {wrapped:,} wrapped texts" if wrapped > len(curves) else "each wrapped text"
    return f"A line for {which}. Even columns are level; a column that narrows was cut out of a page."


def _group(number: int, group: Mapping[str, Any], listed: set[int]) -> dict[str, Any]:
    places = [{**place, "id": _linked(place["text"] + 1, listed)} for place in group["places"][:_PLACES]]
    return {**group, "colour": number % len(_COLOURS), "places": places, "more": len(group["places"]) - len(places)}


def _linked(number: int, listed: set[int]) -> int:
    return number if number in listed else 0


def _map(made: Gathered) -> Iterator[dict[str, Any]]:
    """A strip for each of the texts that share the most, with the places of all groups on it."""
    shared = Counter[int]()
    for group in made.groups:
        for place in group["places"]:
            shared[place["text"]] += group["length"]
    chosen = {number for number, _ in shared.most_common(_STRIPS)}
    names = _distinct({number: made.entries[number]["path"] for number in sorted(chosen)})
    for name in names.values():
        yield {"text": name, "from": 0, "to": 1, "group": -1}
    places = ((i, place) for i, group in enumerate(made.groups) for place in group["places"] if place["text"] in chosen)
    for i, place in islice(places, _MARKS):
        yield {
            "text": names[place["text"]],
            "from": round(place["from"], 4),
            "to": round(place["to"], 4),
            "group": i,
            "colour": _COLOURS[i % len(_COLOURS)],
            "opacity": 0.35 if made.groups[i]["kind"] == "document" else 1,
            "href": f"#group-{i + 1}",
        }


def _distinct(paths: Mapping[int, str]) -> dict[int, str]:
    """The ends of paths, as far as a chart has room; those that would be alike have their numbers."""
    short = {number: _end(visible(path)) for number, path in paths.items()}
    often = Counter(short.values())
    return {number: name if often[name] == 1 else f"{name} ({number + 1})" for number, name in short.items()}


def _end(path: str, most: int = 36) -> str:
    return path if len(path) <= most else f"…{path[1 - most :]}"


def _said_of_duplicates(made: Gathered) -> str:
    total = len(made.groups) + made.more_groups
    more = f"; the {len(made.groups)} longest are shown" if made.more_groups else ""
    where = "in one text or in several" if made.compared else "in one text; texts were not compared, they are too many"
    what = "1 passage stands" if total == 1 else f"{total:,} passages stand"
    return f"{what} more than once, {where}{more}. A strip is a text from its beginning to its end."


def _passages(entries: Sequence[Mapping[str, Any]], listed: set[int]) -> Iterator[dict[str, Any]]:
    """Those with the most parts that change, one or two of a text."""
    most = max(1, -(-_PASSAGES // max(len(entries), 1)))
    every = [
        (-sum(found != put for found, put in one["parts"]), number, one)
        for number, entry in enumerate(entries, 1)
        for one in entry["passages"][:most]
    ]
    for _, number, one in sorted(every, key=lambda row: row[:2])[:_PASSAGES]:
        yield {**one, "path": entries[number - 1]["path"], "id": _linked(number, listed)}


def _quality(values: Mapping[str, float]) -> Iterator[dict[str, Any]]:
    for name, value in values.items():
        told = load("tables/quality")[name]
        yield {
            "about": told["about"],
            "value": shown(value, name),
            "asked": asked(name),
            "outside": outside(name, value),
            "source": told["source"],
        }


def _text(number: int, entry: Mapping[str, Any]) -> dict[str, Any]:
    page, marks = entry["page"], entry["marks"]
    half, full = (sum(marks[side].values()) for side in ("half", "full"))
    word = "characters" if page["wide"] else "columns"
    width = [max(page["width"][i : i + 3]) for i in range(0, len(page["width"]), 3)]
    return {
        "id": number,
        "path": entry["path"],
        "codes": " · ".join(
            f"{code}\u00a0{n:,}" for code, n in sorted(entry["findings"].items(), key=lambda one: -one[1])
        ),
        "encoding": entry["encoding"]["encoding"] or "unknown",
        "characters": entry["characters"],
        "spark": sparkline(width) if page["wrapped"] else "",
        "along": f"{page['first']} to {page['last']} {word}"
        if page["first"] != page["last"]
        else f"{page['first']} {word}",
        "last": page["last"] if page["wrapped"] else 0,
        "wraps": page["share"],
        "half": half / (half + full) if half + full else 0.0,
        "findings": sum(entry["findings"].values()),
        "recipe": entry["recipe"] or "",
    }


def _command(made: Gathered) -> str:
    ailing = [entry for entry in made.entries if entry["findings"]]
    return cleaning(made.named, chosen(ailing)[0]) if ailing else "nothing"
