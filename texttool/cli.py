"""The command line: the group of commands, and the options that these share. No logic lives here."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from texttool import __version__, helped, parameters
from texttool.choices import ENGINES, LAYOUTS, ROWS, WHEN, codes
from texttool.errors import Failure
from texttool.filters import LOCALES
from texttool.group import COMMANDS as COMMANDS
from texttool.group import REPORTS_ONLY as REPORTS_ONLY
from texttool.group import LazyGroup

if TYPE_CHECKING:
    from texttool.config import Options

F = TypeVar("F", bound=Callable[..., Any])


@helped.with_help
@click.group(
    cls=LazyGroup,
    short_help="Turn bad text into clean text, and keep a corpus clean.",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit status: 0 nothing to report; 1 findings, or --check/--diff would change something; 2 failure. "
    "After an internal error, --traceback shows its place.",
)
@click.version_option(
    __version__, "-V", "--version", prog_name="texttool", message="%(prog)s %(version)s", cls=helped.Option
)
def main() -> None:
    """Turn bad text into clean text, and keep a corpus clean. Nothing is lost silently.

    Each filter reads files or standard input and writes standard output, so filters compose as a pipeline; `clean`
    runs all of them in one process, `lint` lists what they would change. `texttool help COMMAND` tells its options.
    """


def options(*wanted: Callable[[F], F]) -> Callable[[F], F]:
    """One decorator out of several, the first on top of the help."""

    def decorate(function: F) -> F:
        for option in reversed(wanted):
            function = option(function)
        return function

    return decorate


def only_with_engine(given: Mapping[str, Any], *names: str) -> None:
    """Raises Failure where an option among ``names`` was given on the command line, and no ``--engine``."""
    context = click.get_current_context()
    told = click.core.ParameterSource.COMMANDLINE
    for option in context.command.params if given.get("engine", "") is None else ():
        if option.name in names and context.get_parameter_source(option.name) is told:
            raise Failure(f"{option.opts[0]} needs --engine, which writes datasets")


# What decides which edits `clean` makes: settings that a command takes from the configuration where it speaks of those.
CLEANING = (
    *("recipe", "filters", "select", "ignore", "extend_select", "per_file_ignores"),
    *("unsafe", "guess", "locale", "layout"),
)


def settled(paths: tuple[Path, ...], given: dict[str, Any], also: Collection[str] = (), **fixed: Any) -> Options:
    """The options of a command: what was given, what the configuration file says, and the defaults.

    ``also`` are fields that have no option here and are taken from the file; ``fixed`` are those that the command sets
    itself. Raises Failure for a configuration that is wrong.
    """
    from texttool import configfile

    only_with_engine(given, "ray_address", "rows")
    config = configfile.find(paths, given.pop("config_file", None), isolated=given.pop("isolated", False))
    context = click.get_current_context()
    default = click.core.ParameterSource.DEFAULT
    explicit = {name for name in given if context.get_parameter_source(name) is not default} | set(fixed)
    for name in given.keys() & {"filters", "select", "ignore", "extend_select"}:
        given[name] = _listed(name, given[name])
    if "per_file_ignores" in given:
        given["per_file_ignores"] = parameters.pairs(given["per_file_ignores"])
    return configfile.options(config, {**given, **fixed}, explicit, {*given, *also})


def _listed(name: str, value: Any) -> tuple[str, ...] | None:
    """Names separated by commas. What selects is None where it was not given: given and empty it is a mistake."""
    if not value and name != "ignore" and (value is None or value == ()):
        return () if name == "extend_select" else None
    return codes((value,) if isinstance(value, str) else value)


PATH = parameters.Named(path_type=Path)
CONFIG = options(
    helped.option(
        "--config",
        "config_file",
        type=PATH,
        metavar="FILE",
        help="The configuration file, instead of the nearest .texttool.toml, texttool.toml or pyproject.toml.",
    ),
    helped.option("--isolated", is_flag=True, help="Read no configuration file."),
)
SHARD = helped.option(
    "--shard",
    default="1/1",
    callback=parameters.shard,
    metavar="I/N",
    help="Only the I-th of N parts: for a job array.",
)


def _codec(name: str, default: str, about: str) -> Callable[[F], F]:
    """An option that takes the name of an encoding."""
    return helped.option(
        name, default=default, callback=parameters.encoding, metavar="ENC", show_default=True, help=about
    )


FILES = options(
    click.argument("paths", nargs=-1, metavar="[PATH]...", type=PATH),
    CONFIG,
    _codec("--encoding", "auto", "Encoding of the input."),
    helped.option("--text", "as_text", is_flag=True, help="Treat binary files as text."),
    helped.option("--files-from", type=PATH, metavar="FILE", help="Read more paths from FILE, one a line."),
    helped.option("--null", "-0", is_flag=True, help="Paths in that file end with NUL instead."),
    helped.option("--exclude", multiple=True, metavar="PATTERN", help="Leave out, below folders, what matches."),
    helped.option("--force-exclude", is_flag=True, help="Leave it out though it is named."),
    helped.option("--no-ignore", is_flag=True, help="Read what .gitignore leaves out, too."),
    SHARD,
)
# Of commands that read standard input as well: what it is called says what it holds.
INPUT = options(
    FILES,
    helped.option("--stdin-filename", type=PATH, metavar="NAME", help="The name of what comes on standard input."),
)
SELECTION = options(
    helped.option("--select", multiple=True, metavar="CODES", help="Only these rules: codes or their beginnings."),
    helped.option("--extend-select", multiple=True, metavar="CODES", help="These rules too."),
    helped.option("--ignore", multiple=True, metavar="CODES", help="Not these rules."),
    helped.option(
        "--per-file-ignores", multiple=True, metavar="PATTERN=CODES", help="Not these rules in the files of a pattern."
    ),
)


def _choice(name: str, values: Sequence[str], about: str) -> Callable[[F], F]:
    """An option with a few values, of which the first holds where none is given."""
    return helped.option(name, type=click.Choice(values), default=values[0], show_default=True, help=about)


LAYOUT = _choice("--layout", LAYOUTS, "What parts paragraphs, where the evidence misleads.")
GUESS = helped.option("--guess", is_flag=True, help="Repair misread text with bytes lost by a guess; each is listed.")
LOCALE = _choice("--locale", LOCALES, "Whose punctuation; auto: found from the text.")
FORMAT = _choice("--output-format", ("text", "json"), "For people or programs.")
COLOR = _choice("--color", WHEN, "Colours; auto: on a terminal, unless NO_COLOR is set.")
JOBS = helped.option(
    "--jobs", "-j", type=click.IntRange(0), default=1, show_default=True, metavar="N", help="Processes; 0: one a core."
)
QUIET = helped.option("--quiet", "-q", is_flag=True, help="Say nothing but what went wrong.")
VERBOSE = helped.option("--verbose", "-v", is_flag=True, help="Say every few seconds how far it is.")
FIELD = helped.option(
    "--field", "fields", multiple=True, metavar="NAME", help="The text of records: a dotted path [text]."
)
ENGINE = options(
    helped.option("--engine", type=click.Choice(ENGINES), help="Write datasets: by processes, Daft, or Daft on Ray."),
    helped.option("--ray-address", metavar="HOST:PORT", help="The cluster [RAY_ADDRESS]."),
    _choice("--rows", ROWS, "What an engine writes documents as; auto: Parquet for Parquet, else JSON lines."),
)
ENCODING = _codec("--to", "utf-8", "Output encoding; 'same' keeps it.")


OUTPUT = options(
    helped.option(
        "--output",
        "-o",
        type=parameters.Named(),
        callback=parameters.named_as_folder,
        help="Where to: a file, or a folder (out/) for several.",
    ),
    helped.option("--in-place", "-i", is_flag=True, help="Rewrite the files, each whole or not at all."),
    helped.option("--check", is_flag=True, help="Write nothing; exit 1 if anything would change."),
    helped.option("--diff", is_flag=True, help="Write nothing but a diff; exit 1 if there is one."),
    helped.option("--unsafe", is_flag=True, help="Make the edits of unsafe rules too."),
    helped.option("--break-links", is_flag=True, help="Rewrite files with other hard links; those keep the old."),
    helped.option(
        "--audit",
        type=PATH,
        metavar="FILE",
        help="Record every edit of the run, for undo and trace.",
    ),
    helped.option("--audit-beside", is_flag=True, help="Record them in NAME.audit.gz beside each output."),
    helped.option(
        "--manifest",
        type=PATH,
        metavar="FILE",
        help="Record what became of each file; run again, what is done and unchanged is left out.",
    ),
    helped.option("--jobs", "-j", type=click.IntRange(0), default=0, metavar="N", help="Processes; 0: one a core."),
    FIELD,
    helped.option("--id-field", metavar="NAME", help="What names a record in messages and trails."),
    helped.option(
        "--max-size",
        default="1G",
        callback=parameters.size,
        metavar="SIZE",
        show_default=True,
        help="Most that a packed file or an archive may expand to.",
    ),
    helped.option("--verbose", "-v", is_flag=True, help="Say what was changed, by rule."),
    helped.option("--quiet", "-q", is_flag=True, help="Say nothing but what went wrong."),
)
