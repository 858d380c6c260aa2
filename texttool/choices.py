"""What options choose from: known without the settings, so that help and --version need nothing else."""

from __future__ import annotations

FORMATS = ("text", "full", "json", "jsonl", "sarif", "github", "gitlab", "junit")
LAYOUTS = ("auto", "indent", "blank", "double", "none")
ENGINES = ("local", "daft", "ray")
ROWS = ("auto", "jsonl", "parquet")
WHEN = ("auto", "always", "never")
MOST_FINDINGS = 10_000


def codes(values: tuple[str, ...]) -> tuple[str, ...]:
    """Rule codes as given on the command line: repeated, separated by commas, or both."""
    return tuple(code.strip() for value in values for code in value.split(",") if code.strip())
