"""What is fuzzed: each target takes any bytes, makes of them what it needs, and asserts a law."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Callable, Sequence
from functools import cache
from itertools import groupby
from pathlib import Path

from tests.strategies import ALPHABET
from texttool import audit, configfile, document, pipeline, rulebook
from texttool.diff import unified
from texttool.edits import Edits
from texttool.errors import Failure
from texttool.rule import Rule

# A byte stands for one of these, so that a mutated byte is another word of the texts that rules look for.
PIECES = (
    *dict.fromkeys(ALPHABET),
    *(
        "一是",
        "二是",
        "三是",
        "（一）",
        "第一条",
        "第三章",
        "1.",
        "2)",
        "——",
        "……",
        "...",
        "--",
        "\r\n",
        "\n\n",
        "\u3000\u3000",
    ),
    *("http://a.b/", "a@b.cn", "3.14", "12:30", "```\n", "| a | b |\n", "<p>", "def f(x):\n", "x = 1;\n", "if (a) {\n"),
    *(
        "Ã©",
        "锟斤拷",
        "\ufffd",
        "\udc80",
        "\udcff",
        "⼀",
        "é",
        "が",
        "\u0301",
        "\U000e0041",
        "\x0c",
        "- 3 -\n",
        "第3页\n",
        "co-\n",
        "word ",
    ),
    *(
        "的的",
        "解解",
        "他说：“",
        "”。",
        "《",
        "》",
        "(",
        ")",
        "臺",
        "台",
        "裡",
        "里",
        "这是一段很长的话要站两次才算",
        "。\n",
    ),
)
KEYS = (
    *("select", "ignore", "filters", "per-file-ignores", "exclude", "extend", "jobs", "max-findings", "locale", "x"),
    *(
        " = ",
        "=",
        "[",
        "]",
        "{",
        "}",
        '"',
        "'",
        "\n",
        ",",
        ".",
        "#",
        "true",
        "-1",
        "7",
        "nan",
        "PN",
        "*",
        "甲",
        "\\",
        "\x00",
    ),
)


def text_of(data: bytes, pieces: tuple[str, ...] = PIECES) -> str:
    """A text, a piece a byte."""
    return "".join(pieces[byte % len(pieces)] for byte in data)


@cache
def groups() -> list[list[Rule]]:
    """The rules as they run: alone, or with those that share their scan."""
    made = groupby(enumerate(rulebook.every_rule()), key=lambda item: item[1].scan or item[0])
    return [[rule for _, rule in group] for _, group in made]


def decode(data: bytes) -> None:
    """Any bytes are read, and written back where that is said to be exact."""
    read = document.load(data)
    if read.exact:
        assert read.encode(read.text) == data


def rule(data: bytes) -> None:
    """One rule, or those of one scan: once is enough, and the source comes back."""
    rules, text = groups()[(data[0] if data else 0) % len(groups())], text_of(data[1:])
    result = pipeline.run(text, rules, unsafe=True)
    _once_is_enough(result, rules, unsafe=True)
    edits = result.edits()
    assert edits.apply(text) == result.text
    assert edits.inverse(text).apply(result.text) == text
    result.findings()


def _once_is_enough(result: pipeline.Result, rules: Sequence[Rule], *, unsafe: bool = False) -> None:
    again = pipeline.run(result.text, rules, unsafe=unsafe)
    assert again.text == result.text, f"edits once more: {[stage.rule.code for stage in again.stages if stage.applied]}"


def clean(data: bytes) -> None:
    """The pipeline: lint agrees, and every byte comes back from the trail."""
    read = document.load(text_of(data).encode("utf-8", "surrogateescape"), encoding="utf-8")
    rules = rulebook.rules()
    result = pipeline.run(read.text, rules)
    fixable = [finding for finding in result.findings() if finding.put != finding.found and finding.safe]
    assert bool(fixable) == (result.text != read.text)
    output = read.encode(result.text, "utf-8")
    assert audit.undo(list(audit.record(read, result, output, "utf-8")), output, "-") == read.data


def twice(data: bytes) -> None:
    """The pipeline: once is enough. It does not hold everywhere yet: tests/test_fuzz.py knows where not."""
    read = document.load(text_of(data).encode("utf-8", "surrogateescape"), encoding="utf-8")
    rules = rulebook.rules()
    _once_is_enough(pipeline.run(read.text, rules), rules)


def then(data: bytes) -> None:
    """Edits of edits are one after the other."""
    half = len(data) // 2
    source = "甲乙ab\n，" * 4
    first = _edits(data[:half], source)
    middle = first.apply(source)
    second = _edits(data[half:], middle)
    both = first.then(second, middle)
    assert both.apply(source) == second.apply(middle)
    assert both.inverse(source).apply(second.apply(middle)) == source


def _edits(data: bytes, source: str) -> Edits:
    """Valid edits: each takes three bytes, for how far to go, how much to take and what to put."""
    made: list[tuple[int, int, str]] = []
    at = 0
    for skip, take, put in zip(data[::3], data[1::3], data[2::3], strict=False):
        start = at + skip % 4
        end = start + take % 4
        if end > len(source):
            break
        if not made or made[-1][:2] != (start, end):
            made.append((start, end, ("", "x", "，，", "\n", source[start:end])[put % 5]))
        at = end
    return Edits.of(made)


def config(data: bytes) -> None:
    """Any configuration file is read, or refused with its name in one line."""
    path = _folder() / "texttool.toml"
    path.write_text(text_of(data, KEYS), "utf-8")
    try:
        configfile.effective(configfile.find((), path))
    except Failure as failure:
        assert "\n" not in str(failure)


def patch(data: bytes) -> None:
    """A diff is a patch: GNU patch makes of the source what clean makes of it."""
    path = _folder() / "a.txt"
    text = text_of(data)
    read = document.load(text.encode("utf-8", "surrogateescape"), str(path), encoding="utf-8")
    if read.newline == "\r":
        return  # of one such line, to patch, is the whole text
    result = pipeline.run(read.text, rulebook.rules(["unwrap", "punct"]))
    path.write_bytes(read.data)
    difference = unified(read, result.edits())
    if difference:
        command = ["patch", "-s", "--binary", "--posix", str(path)]
        subprocess.run(command, input=difference, check=True, capture_output=True)
    assert path.read_bytes() == read.encode(result.text, "utf-8")


@cache
def _folder() -> Path:
    return Path(tempfile.mkdtemp(prefix="texttool-fuzz-"))


TARGETS: dict[str, Callable[[bytes], None]] = {
    target.__name__: target for target in (decode, rule, clean, twice, then, config, patch)
}
