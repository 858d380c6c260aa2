"""The tables in rules/ are sane: whole rows, unique keys, normal form, nothing put that another row takes away."""

from __future__ import annotations

import tomllib
import unicodedata
from pathlib import Path

import pytest

from texttool.rulebook import rules_dir

TABLES = sorted((rules_dir() / "tables").glob("*.tsv"))
FAMILIES = sorted(rules_dir().glob("*.toml"))
# What a table maps one thing to another with: (name, the pairs).
MARKS = [
    (f"{code}-{key}", code, table[key])
    for code, table in tomllib.loads((rules_dir() / "punctuation.toml").read_text("utf-8")).items()
    for key in table
    if key.split("_")[0] == "marks"
]
# Rows whose order says something (the commonest first, or the order in which a line is tried), and whose keys may stand
# twice where the second column tells them apart.
IN_THEIR_OWN_ORDER = {"frequency", "punct", "structure"}


def rows(path: Path) -> list[list[str]]:
    lines = path.read_text("utf-8").split("\n")
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.stem)
def test_a_table_is_text_with_a_head_and_whole_rows(path: Path) -> None:
    text = path.read_text("utf-8")
    assert text.endswith("\n")
    assert "\r" not in text
    made = rows(path)
    assert made
    if path.stem.split("_")[0] != "frequency":  # generated, and read by the bench of decode
        assert text.startswith("# ")
        assert all(row[0] for row in made)


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.stem)
def test_keys_are_unique_and_sorted_where_order_says_nothing(path: Path) -> None:
    made = rows(path)
    assert len(set(map(tuple, made))) == len(made)
    if path.stem.split("_")[0] not in IN_THEIR_OWN_ORDER and path.stem != "script":
        keys = [row[0] for row in made]
        assert len(set(keys)) == len(keys)
        numbers = path.stem == "fold-kept"  # code points in hexadecimal
        assert keys == sorted(keys, key=lambda key: int(key, 16) if numbers else key)


@pytest.mark.parametrize("name", ["fold", "unicode_radicals"])
def test_a_mapping_is_done_after_one_step(name: str) -> None:
    """No key is the value of another row: nothing goes a -> b -> c, and nothing goes in a circle."""
    pairs = {row[0]: row[1] for row in rows(rules_dir() / "tables" / f"{name}.tsv")}
    assert [key for key, value in pairs.items() if value == key] == []
    assert [key for key, value in pairs.items() if any(char in pairs for char in value)] == []


@pytest.mark.parametrize(("name", "code", "marks"), MARKS, ids=[name for name, *_ in MARKS])
def test_a_mark_is_put_once_and_for_all(name: str, code: str, marks: dict[str, str]) -> None:
    """No mark that is put is one that the same rule takes away."""
    put = "".join(marks.values())
    assert [key for key in marks if key in put] == []
    assert unicodedata.normalize("NFC", put) == put


def test_what_a_radical_becomes_is_in_normal_form() -> None:
    put = [row[1] for row in rows(rules_dir() / "tables" / "unicode_radicals.tsv")]
    assert [value for value in put if unicodedata.normalize("NFC", value) != value] == []


@pytest.mark.parametrize("path", FAMILIES, ids=lambda path: path.stem)
def test_a_family_of_rules_is_read(path: Path) -> None:
    table = tomllib.loads(path.read_text("utf-8"))
    codes = [code for code in table if code[:2].isupper()]
    assert len({code[:2] for code in codes}) <= 2, "a family has one beginning, or two"
    for code in codes:
        assert set(table[code]) >= {"name", "why", "keeps"}, code
