from __future__ import annotations

import json
import subprocess
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tests.conftest import COMMAND
from texttool import cli, configfile
from texttool.config import Options, settings
from texttool.configfile import find
from texttool.configschema import schema
from texttool.errors import Failure


def write(folder: Path, name: str, text: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, "utf-8")
    return folder / name


def values(folder: Path) -> dict[str, Any]:
    return {name: setting.value for name, setting in find([folder]).values.items()}


def run(*args: str, cwd: Path, stdin: str = "") -> tuple[int, str, str]:
    done = subprocess.run([COMMAND, *args], cwd=cwd, input=stdin.encode(), capture_output=True, timeout=60, check=False)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def test_the_nearest_file_wins_and_nothing_is_merged(tmp_path: Path) -> None:
    write(tmp_path, "texttool.toml", 'ignore = ["PN"]\nlayout = "blank"')
    assert values(tmp_path / "a") == values(tmp_path) == {"ignore": ("PN",), "layout": "blank"}
    write(tmp_path / "a" / "b", "pyproject.toml", '[tool.texttool]\nselect = ["LW"]')
    assert values(tmp_path / "a" / "b") == {"select": ("LW",)}
    write(tmp_path / "a" / "b", "texttool.toml", 'select = ["ST"]')
    assert values(tmp_path / "a" / "b") == {"select": ("ST",)}
    write(tmp_path / "a" / "b", ".texttool.toml", "")
    assert values(tmp_path / "a" / "b") == {}


@pytest.mark.parametrize("text", ["", "[tool.black]\n", "this is = no TOML ["])
def test_a_pyproject_that_does_not_speak_of_us_is_passed_by(tmp_path: Path, text: str) -> None:
    write(tmp_path, "texttool.toml", 'ignore = ["PN"]')
    write(tmp_path / "a", "pyproject.toml", text)
    assert values(tmp_path / "a") == {"ignore": ("PN",)}


def test_extend_takes_over_what_the_file_does_not_say(tmp_path: Path) -> None:
    base = write(tmp_path / "base", "house.toml", 'ignore = ["PN"]\nlayout = "blank"\nbaseline = "known.json"')
    own = write(tmp_path / "own", "texttool.toml", 'extend = "../base/house.toml"\nignore = ["LW"]')
    found = find([tmp_path / "own"]).values
    assert found["ignore"] == (("LW",), own)
    assert found["layout"].value == "blank"
    assert found["layout"].origin is not None
    assert found["layout"].origin.samefile(base)
    assert found["baseline"].value.parent.samefile(tmp_path / "base")  # relative to the file that says so


def test_a_file_that_extends_itself_is_refused(tmp_path: Path) -> None:
    write(tmp_path, "a.toml", 'extend = "b.toml"')
    write(tmp_path, "b.toml", 'extend = "a.toml"')
    with pytest.raises(Failure, match="extends itself"):
        find([], tmp_path / "a.toml")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('ingore = ["PN"]', "unknown key 'ingore'; did you mean 'ignore'?"),
        ('extend_select = ["PN"]', "unknown key 'extend_select'; did you mean 'extend-select'?"),
        ("zzzz = 1", "unknown key 'zzzz' (`texttool config` lists the keys)"),
        ("in-place = true", "'in-place' is said on the command line only"),
        ('select = "PN"', 'select: must be an array of strings, ["PN"]'),
        ("select = [1]", "select: must be an array of strings"),
        ("unsafe = 1", "unsafe: must be true or false"),
        ("max-findings = true", "max-findings: must be a whole number"),
        ("max-findings = 0", "max-findings: must be 1 or more"),
        ('layout = "none such"', "layout: unknown value 'none such'; did you mean 'none'?"),
        ('layout = "xyz"', "layout: unknown value 'xyz' (one of auto, indent, blank, double, none)"),
        ("per-file-ignores = 1", 'per-file-ignores: must be a table of patterns with codes, such as { "poetry/**" ='),
        (
            'per-file-ignores = ["LW"]',
            'per-file-ignores: must be a table of patterns with codes, such as { "poetry/**"',
        ),
        ('[per-file-ignores]\na = "LW"', "per-file-ignores: 'a': must be an array of strings, [\"LW\"]"),
        ('[per-file-ignores]\na = ["lw"]', "per-file-ignores: 'a': unknown rule code 'lw'; did you mean 'LW'?"),
        ('ignore = ["PN", "pn101"]', "ignore: unknown rule code 'pn101'; did you mean 'PN101'?"),
        ('select = ["XX"]', "select: unknown rule code 'XX' (`texttool rules` lists them)"),
        ('extend-select = [""]', "extend-select: unknown rule code ''"),
        ('filters = ["punkt"]', "filters: unknown filter 'punkt'; did you mean 'punct'?"),
        ("filters = []", "filters: needs a name"),
        ('encoding = "gkb"', "encoding: unknown encoding 'gkb'; did you mean 'gbk'?"),
        ('encoding = "same"', "encoding: unknown encoding 'same' (some are utf-8, "),
        ('encoding = "\\u0000"', "encoding: unknown encoding"),
        ('baseline = "no.json"', "baseline: no.json: no such file; --write-baseline makes one"),
        ("extend = 1", "extend: must be a string, the path of a file"),
        ('extend = "no.toml"', "extend: no.toml: No such file or directory"),
        ('[tool.texttool]\nselect = ["PN"]', "unknown key 'tool'; only pyproject.toml has a table tool.texttool, here"),
        ('a = 1\nb = "x\n', "is not TOML: Illegal character '\\n' (at line 2, column 7)"),
        ("a = [", "is not TOML"),
    ],
)
def test_what_is_wrong_is_told_in_one_line(tmp_path: Path, text: str, told: str) -> None:
    write(tmp_path, "texttool.toml", text)
    write(tmp_path, "a.txt", "好。\n")
    code, out, err = run("lint", "a.txt", cwd=tmp_path)
    assert (code, out) == (2, "")
    assert err.startswith("texttool: texttool.toml: ")
    assert told in err
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    ("args", "text", "told"),
    [
        (("clean", "a.txt", "b.txt", "-o", "out"), 'to = "gkb"', "to: unknown encoding 'gkb'; did you mean 'gbk'?"),
        (("clean", "a.txt"), 'recipe = "ebok"', "recipe: unknown recipe 'ebok'; did you mean 'ebook'?"),
        (("config",), 'ignore = ["XX"]', "ignore: unknown rule code 'XX'"),
        (
            ("doctor", "a.txt", "b.txt"),
            'encoding = "utf-9"',
            "encoding: unknown encoding 'utf-9'; did you mean 'utf-8'",
        ),
    ],
)
def test_so_it_is_by_other_commands_in_the_file_that_says_so(
    tmp_path: Path, args: tuple[str, ...], text: str, told: str
) -> None:
    write(tmp_path, "base.toml", text)
    write(tmp_path, "pyproject.toml", '[tool.texttool]\nextend = "base.toml"')
    for name in ("a.txt", "b.txt"):
        write(tmp_path, name, "好。\n")
    code, out, err = run(*args, cwd=tmp_path)
    assert (code, out) == (2, "")
    assert err.startswith(f"texttool: base.toml: {told}")
    assert err.count("\n") == 1


def test_a_value_that_the_command_does_not_take_from_the_file_is_not_in_its_way(tmp_path: Path) -> None:
    write(tmp_path, "texttool.toml", 'select = ["XX"]\nencoding = "gkb"\nbaseline = "no.json"')
    write(tmp_path, "a.txt", "好。\n")
    assert run("punct", "--encoding", "utf-8", "a.txt", cwd=tmp_path) == (0, "好。\n", "")
    args = ("lint", "--select", "PN", "--encoding", "auto", "--write-baseline", "no.json", "a.txt")
    assert run(*args, cwd=tmp_path)[0] == 0
    assert (tmp_path / "no.json").is_file()


@pytest.mark.parametrize(
    ("text", "code", "told"),
    [
        (b'[tool.texttool]\nselect = ["PN]\n', 2, "is not TOML: Illegal character '\\n' (at line 2, column 15)\n"),
        (b"[tool.texttool]\n\xff\n", 2, "is not UTF-8 (byte 16)\n"),
        (b'[tool.black]\nx = "\n', 0, "(at line 2, column 6); it does not name texttool, and is passed by\n"),
        (b"[tool.black]\nx = 1\n", 0, ""),
    ],
)
def test_a_pyproject_that_is_broken_is_told_once(tmp_path: Path, text: bytes, code: int, told: str) -> None:
    (tmp_path / "pyproject.toml").write_bytes(text)
    for name in ("a.txt", "b.txt"):
        write(tmp_path / "texts", name, "好。\n")
    found = run("lint", "texts/a.txt", "texts/b.txt", cwd=tmp_path)
    assert found[:2] == (code, "")
    assert found[2].endswith(told)
    assert found[2].startswith("texttool: pyproject.toml: is not " if told else "")
    assert found[2].count("\n") == bool(told)


def test_pyproject_with_other_shapes(tmp_path: Path) -> None:
    write(tmp_path, "pyproject.toml", 'tool = 3\nname = "texttool"')
    assert find([tmp_path]).values == {}
    write(tmp_path, "pyproject.toml", "tool.texttool = 3")
    with pytest.raises(Failure, match=r"tool\.texttool: must be a table"):
        find([tmp_path])


def test_the_command_line_beats_the_file(tmp_path: Path) -> None:
    write(tmp_path, "texttool.toml", 'select = ["PN"]')
    write(tmp_path, "a.txt", "你好,世界你好,世界。\n")
    assert run("lint", "a.txt", cwd=tmp_path)[0] == 1
    assert run("lint", "--select", "LW", "a.txt", cwd=tmp_path) == (0, "", "")
    assert run("clean", "a.txt", cwd=tmp_path)[1] == "你好，世界你好，世界。\n"
    write(tmp_path, "texttool.toml", 'ignore = ["PN"]')
    assert run("lint", "a.txt", cwd=tmp_path)[0] == 0
    assert run("clean", "a.txt", cwd=tmp_path)[1] == "你好,世界你好,世界。\n"
    assert run("lint", "--isolated", "a.txt", cwd=tmp_path)[0] == 1
    write(tmp_path / "other", "x.toml", "")
    assert run("lint", "--config", "other/x.toml", "a.txt", cwd=tmp_path)[0] == 1


def test_a_filter_takes_the_settings_that_it_has_options_for(tmp_path: Path) -> None:
    write(tmp_path, "texttool.toml", 'select = ["LW"]\nfilters = ["unwrap"]\nto = "gbk"')
    write(tmp_path, "a.txt", "你好,世界你好,世界。\n")
    done = subprocess.run([COMMAND, "punct", "a.txt"], cwd=tmp_path, capture_output=True, check=True)
    assert done.stdout.decode("gbk") == "你好，世界你好，世界。\n"
    done = subprocess.run([COMMAND, "convert", "--to", "s2t", "a.txt"], cwd=tmp_path, capture_output=True, check=True)
    assert done.stdout.decode() == "你好,世界你好,世界。\n"


def test_the_schema_is_valid_and_says_what_is_checked(tmp_path: Path) -> None:
    Draft202012Validator.check_schema(schema())
    assert set(schema()["properties"]) == set(settings()) | {"extend"}
    code, out, _ = run("config", "--schema", cwd=tmp_path)
    assert code == 0
    assert json.loads(out) == schema()
    check = Draft202012Validator(schema())
    assert check.is_valid({"select": ["PN"], "per-file-ignores": {"a/**": ["LW"]}, "extend": "b.toml"})
    assert not check.is_valid({"selct": ["PN"]})
    assert not check.is_valid({"select": "PN"})


def test_every_key_is_the_long_option_of_a_command() -> None:
    options = set()
    for name in ("clean", "lint"):
        command: Any = cli.main.get_command(None, name)  # type: ignore[arg-type]
        options |= {(param.name, long[2:]) for param in command.params for long in param.opts if long[:2] == "--"}
    assert {(field.name, key) for key, field in settings().items()} <= options
    others = {"config_file", "isolated", "help"}
    assert {name for name, _ in options} <= {field.name for field in fields(Options)} | others


def test_config_shows_each_value_with_its_origin(tmp_path: Path) -> None:
    write(tmp_path, "base.toml", 'layout = "blank"')
    write(tmp_path, "texttool.toml", 'extend = "base.toml"\nignore = ["PN", "LW"]')
    code, out, err = run("config", "--output-format", "json", cwd=tmp_path)
    told = json.loads(out)
    assert (code, err) == (0, "")
    assert told["ignore"] == {"value": ["PN", "LW"], "origin": "texttool.toml"}
    assert told["layout"] == {"value": "blank", "origin": "base.toml"}
    assert told["encoding"] == {"value": "auto", "origin": "default"}
    assert set(told) == set(settings())
    code, out, err = run("config", cwd=tmp_path)
    assert [line.split() for line in out.splitlines() if line.startswith("layout")] == [
        ["layout", '"blank"', "base.toml"]
    ]
    assert len(out.splitlines()) == len(told)


def test_init_writes_a_configuration_that_is_valid_and_overwrites_nothing(tmp_path: Path) -> None:
    assert run("init", cwd=tmp_path)[0] == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == [".pre-commit-config.yaml", "texttool.toml"]
    assert find([tmp_path]).values["ignore"].value == ()
    write(tmp_path, "texttool.toml", "layout = 'blank'")
    code, out, err = run("init", cwd=tmp_path)
    assert (code, out, err) == (2, "", "texttool: texttool.toml: is there already; nothing was written\n")
    assert (tmp_path / "texttool.toml").read_text() == "layout = 'blank'"


def test_init_prints_the_snippet_where_pre_commit_has_its_file(tmp_path: Path) -> None:
    write(tmp_path, ".pre-commit-config.yaml", "repos: []\n")
    code, out, _ = run("init", cwd=tmp_path)
    assert code == 0
    assert "texttool-lint" in out
    assert (tmp_path / ".pre-commit-config.yaml").read_text() == "repos: []\n"


def test_a_folder_without_a_file_has_the_defaults(tmp_path: Path) -> None:
    assert find([tmp_path], isolated=True) == configfile.Config(None, {})
