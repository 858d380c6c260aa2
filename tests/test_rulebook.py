from __future__ import annotations

import shutil
import tomllib
from pathlib import Path
from zlib import crc32

import pytest

from texttool import rulebook
from texttool.filters import ORDER
from texttool.rule import everything
from texttool.rulebook import UnknownNameError, every_rule, rules, rules_of

EVERY = every_rule()


def codes(**given: object) -> list[str]:
    return [rule.code for rule in rules(**given)]  # type: ignore[arg-type]


def test_the_order_of_filters_is_the_documented_one() -> None:
    documented = ("decode", "mojibake", "unicode", "furniture", "unwrap", "punct", "convert", "structure", "dedup")
    assert [name for name in documented if name in ORDER] == list(ORDER)


def test_filters_run_in_order_whatever_the_order_they_are_named_in() -> None:
    assert codes(filters=["punct", "unwrap"]) == codes(filters=["unwrap", "punct"])
    assert codes(filters=["unwrap"]) == [rule.code for rule in rules_of("unwrap")]


def test_codes_are_unique_and_well_formed() -> None:
    every = [rule.code for rule in EVERY]
    assert len(set(every)) == len(every)
    assert all(len(code) == 5 and code[:2].isupper() and code[2:].isdigit() for code in every)


def test_names_are_unique_and_tell_a_defect() -> None:
    names = [rule.name for rule in EVERY]
    assert len(set(names)) == len(names)
    assert all(name == name.lower() and " " not in name for name in names)


def test_every_rule_says_why_and_shows_it() -> None:
    for rule in EVERY:
        assert len(rule.why) > 20, rule.code
        assert rule.examples or rule.finds, rule.code


def test_the_longest_prefix_wins_and_ignore_where_equal() -> None:
    punct = [code for code in codes() if code.startswith("PN")]
    one = punct[0]
    assert codes(select=["PN"]) == punct
    assert codes(select=["PN"], ignore=[one]) == punct[1:]
    assert codes(select=[one], ignore=["PN"]) == [one]
    assert codes(select=[one], ignore=[one]) == []
    assert codes(ignore=["PN"]) == [code for code in codes() if not code.startswith("PN")]


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"filters": ["unwarp"]}, "unknown filter 'unwarp'; did you mean 'unwrap'?"),
        ({"select": ["PX1"]}, "unknown rule code 'PX1'"),
        ({"ignore": [""]}, "unknown rule code ''"),
        ({"select": ["pn101"]}, "unknown rule code 'pn101'; did you mean 'PN101'?"),
        ({"select": ["ascii-comma-in-chinese"]}, "unknown rule code 'ascii-comma-in-chinese'; did you mean 'PN101'?"),
        ({"select": ["xyzzy-foo"]}, "unknown rule code 'xyzzy-foo' (`texttool rules` lists them)"),
    ],
)
def test_unknown_names_are_refused_with_a_suggestion(given: dict[str, list[str]], told: str) -> None:
    with pytest.raises(UnknownNameError) as error:
        rules(**given)  # type: ignore[arg-type]
    assert told in str(error.value)


def test_a_table_that_finds_nothing_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    table = {"XX101": {"name": "n", "why": "w", "keeps": "ink"}}
    monkeypatch.setattr(rulebook, "load", lambda _name: table)
    with pytest.raises(ValueError, match="XX101: no swap, sub or finder"):
        rulebook.family("any")


def test_rules_that_only_report_keep_everything() -> None:
    for rule in EVERY:
        if rule.code.startswith("ST"):
            assert rule.keeps is everything, rule.code


def test_a_table_that_was_changed_is_read_as_it_is_now(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(rulebook.rules_dir(), tmp_path / "rules")
    tool = tmp_path / "rules" / "tool.toml"
    monkeypatch.setattr(rulebook, "rules_dir", lambda: tmp_path / "rules")
    monkeypatch.setattr(rulebook, "_compiled", rulebook._compiled.__wrapped__)
    load = rulebook.load.__wrapped__
    assert load("tool") == load("tool") == tomllib.loads(tool.read_text("utf-8"))
    tool.write_text(tool.read_text("utf-8") + "\n[TT999]\nname = 'new'\n", "utf-8")
    assert load("tool")["TT999"] == {"name": "new"}
    (tmp_path / "rules" / "tables" / "compiled.json").unlink()
    assert load("classes") == rulebook.load("classes")


def test_every_table_is_compiled_as_it_is_written() -> None:
    folder = rulebook.rules_dir()
    written = [*folder.glob("*.toml"), *folder.glob("tables/*.toml")]
    assert {path.relative_to(folder).with_suffix("").as_posix() for path in written} == set(rulebook._compiled())
    for path in written:
        name = path.relative_to(folder).with_suffix("").as_posix()
        assert rulebook._compiled()[name] == [crc32(path.read_bytes()), tomllib.loads(path.read_text("utf-8"))]
