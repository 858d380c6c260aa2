"""The settings of a run, as one frozen value. A field's name with hyphens is its long option and its key in a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import Field, dataclass, field, fields
from pathlib import Path
from typing import Any

from texttool.choices import FORMATS, LAYOUTS, MOST_FINDINGS, ROWS, WHEN
from texttool.filters import LOCALES


def _setting(default: Any, about: str, key: str = "", choices: tuple[str, ...] = (), least: int | None = None) -> Any:
    """A field that a configuration file may set."""
    told = {"about": about, "key": key, "choices": choices, "least": least}
    return field(default_factory=dict, metadata=told) if default == {} else field(default=default, metadata=told)


@dataclass(frozen=True, slots=True, eq=False, repr=False)  # neither is needed, and each takes time to make
class Options:
    """What to do with each document, and where it goes. Codes are rule codes or their beginnings."""

    recipe: str | None = _setting(None, "Filters and codes that suit one kind of text; see rules --recipes.")
    filters: tuple[str, ...] | None = _setting(None, "Only these filters; they keep their order.")
    select: tuple[str, ...] | None = _setting(None, "Only these rules: codes or their beginnings.")
    ignore: tuple[str, ...] = _setting((), "Not these rules.")
    extend_select: tuple[str, ...] = _setting((), "These rules too.")
    per_file_ignores: Mapping[str, tuple[str, ...]] = _setting({}, "Not these rules in the files of a pattern.")
    exclude: tuple[str, ...] = _setting((), "Files and folders to leave out, as patterns of gitignore.")
    force_exclude: bool = _setting(False, "Leave out excluded files though they are named.")
    no_ignore: bool = _setting(False, "Read what .gitignore leaves out, too.")
    unsafe: bool = _setting(False, "Make the edits of unsafe rules too.")
    unsafe_fixes: bool = _setting(False, "Count the edits of unsafe rules among the fixes of lint.")
    guess: bool = _setting(False, "Repair misread text of which bytes were lost, and list each guess.")
    locale: str = _setting("auto", "Whose punctuation; auto: found from the text.", choices=LOCALES)
    layout: str = _setting("auto", "What parts paragraphs, where the evidence misleads.", choices=LAYOUTS)
    encoding: str = _setting("auto", "Encoding of the input.")
    to: str = _setting("utf-8", "Output encoding; 'same' keeps it.")
    as_text: bool = _setting(False, "Treat binary files as text.", key="text")
    output_format: str = _setting("text", "The format of a report.", choices=FORMATS)
    statistics: bool = _setting(False, "Count findings by rule instead of listing them.")
    max_findings: int = _setting(MOST_FINDINGS, "The most findings to report of one file.", least=1)
    exit_zero: bool = _setting(False, "Exit 0 though there are findings.")
    baseline: Path | None = _setting(None, "Leave out findings that this file lists.")  # noqa: RUF009 - a field
    color: str = _setting("auto", "Colours in reports for people.", choices=WHEN)
    jobs: int = _setting(1, "Processes to share the files among; 0: one a core.", least=0)
    quiet: bool = _setting(False, "Say nothing but what went wrong.")
    verbose: bool = _setting(False, "Say what was changed, by rule.")
    # from here on: what is said of one run, on the command line
    output: Path | None = None
    folder: bool = False  # the output was named as one, with a separator at its end
    in_place: bool = False
    concatenate: bool = False  # several inputs may become one standard output
    check: bool = False
    diff: bool = False
    break_links: bool = False
    audit: Path | None = None
    audit_beside: bool = False
    manifest: Path | None = None
    shard: tuple[int, int] = (1, 1)  # this part (from 1) of so many
    engine: str | None = None  # None: no engine, files become files
    ray_address: str | None = None
    rows: str = ROWS[0]  # what documents are written as by an engine
    fields: tuple[str, ...] = ()  # of records, dotted; (): texttool.corpus.kinds.FIELD
    records: bool = True  # records and archives are read as such
    id_field: str | None = None
    max_size: int = 1 << 30  # bytes that a compressed file or an archive may expand to
    fix: bool = False
    findings: bool = False  # counted among the figures of texts
    every: bool = False  # edits are asked about, those of safe rules too
    each: bool = False  # figures of each text, not only of all
    output_file: Path | None = None
    write_baseline: Path | None = None
    files_from: Path | None = None
    null: bool = False  # names in files_from end with NUL, not with a newline
    stdin_filename: Path | None = None
    root: Path = Path()  # the folder that patterns are relative to


def settings() -> dict[str, Field[Any]]:
    """The fields that a configuration file may set, by their keys there."""
    return {key_of(made): made for made in fields(Options) if "about" in made.metadata}


def key_of(made: Field[Any]) -> str:
    """The key of a field in a configuration file: the name of its long option."""
    return str(made.metadata.get("key") or made.name.replace("_", "-"))
