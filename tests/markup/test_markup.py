"""What is protected in each format: the prose is given, all else must stay; and nothing of it is ever edited."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import COMMAND
from tests.strategies import laws
from texttool import rulebook
from texttool.corpus.perfile import mark
from texttool.document import Document
from texttool.guard import Guard
from texttool.markup import format_of, marked
from texttool.markup.spans import complement
from texttool.pipeline import run

FENCED = "```py\nprint('你好,世界')\n```"

# What holds 你好,世界 as code, a link, front matter, a formula or syntax: (format, text)
KEPT = [
    ("md", "---\ntitle: 你好,世界\n---\n好。\n"),
    ("md", "+++\ntitle = '你好,世界'\n+++\n好。\n"),
    ("md", f"好。\n\n{FENCED}\n"),
    ("md", f"- 好。\n\n  {FENCED.replace(chr(10), chr(10) + '  ')}\n"),
    ("md", "~~~\n你好,世界\n"),
    ("md", "好。\n\n    你好,世界\n"),
    ("md", "好`你好,世界`。\n"),
    ("md", "好``你好,`世界``。\n"),
    ("md", "[你好,世界](https://a.example/b)\n"),
    ("md", "[好](https://a.example/你好,世界)\n"),
    ("md", "![你好,世界](a.png '你好,世界')\n"),
    ("md", "[好]\n\n[好]: a.html '你好,世界'\n"),
    ("md", "<https://a.example/你好,世界>\n"),
    ("md", "好<b title='你好,世界'>好</b>。\n"),
    ("md", "<div>\n你好,世界\n</div>\n"),
    ("md", "<!-- 你好,世界 -->\n"),
    ("md", "好$你好,世界$。\n"),
    ("md", "$$\n你好,世界\n$$\n"),
    ("md", "好\\(你好,世界\\)。\n"),
    ("md", "| 你好,世界 | 好 |\n|---|---|\n| 你好,世界 | 好 |\n"),
    ("html", "<p>好<code>你好,世界</code></p>\n"),
    ("html", "<pre>你好,世界\n你好,世界</pre>\n"),
    ("html", "<script>a = '你好,世界'</script>\n"),
    ("html", "<style>a { content: '你好,世界' }</style>\n"),
    ("html", "<a href='#'>你好,世界</a>\n"),
    ("html", "<p title='你好,世界'>好</p>\n"),
    ("html", "<!-- 你好,世界 -->\n"),
    ("html", "<!doctype 你好,世界>\n<?你好,世界>\n"),
    ("html", "<math><mi>你好,世界</mi></math>\n"),
    ("tex", "\\documentclass{你好,世界}\n你好,世界\n\\begin{document}\n好\n\\end{document}\n你好,世界\n"),
    ("tex", "好% 你好,世界\n"),
    ("tex", "\\verb|你好,世界|\n"),
    ("tex", "\\begin{verbatim}\n你好,世界\n\\end{verbatim}\n"),
    ("tex", "\\begin{align*}\n你好,世界\n\\end{align*}\n"),
    ("tex", "$你好,世界$ \\(你好,世界\\) \\[你好,世界\\] $$你好,世界$$\n"),
    ("tex", "\\cite{你好,世界}\\ref[你好,世界]{你好,世界}\n"),
]
# The same words as prose beside all of that: (format, text with 你好,世界 once as prose)
PROSE = [
    ("md", "# 你好,世界\n"),
    ("md", "- 你好,世界\n- 好\n"),
    ("md", "> 你好,世界\n"),
    ("md", "1. 好\n\n   你好,世界\n"),
    ("md", "好\n======\n\n**你好,世界** `a`\n"),
    ("md", "价$5，你好,世界，$6。\n"),
    ("md", "好`a\n\n你好,世界`\n"),
    ("md", "\\`你好,世界\\`\n"),
    ("md", "好\r\n\r\n你好,世界\r\n"),
    ("html", "<p>你好,世界</p><code>a</code>\n"),
    ("html", "<p>a &lt; b <b>你好,世界</b> 3 < 4\n"),
    ("tex", "\\section{你好,世界}\n"),
    ("tex", "100\\% 你好,世界\n"),
    ("tex", "\\$5 你好,世界 \\$6\n"),
    ("tex", "\\\\% 好\n你好,世界\n"),
]


def cleaned(form: str, text: str) -> str:
    document = Document(f"a.{form}", b"", text, "utf-8", b"", "\n")
    guard, _ = mark(document)
    return run(text, rulebook.rules(), guard=guard).text


def open_places(form: str, text: str) -> list[int]:
    """Where 你好,世界 stands and may be edited."""
    prose = list(complement(marked(text, format_of(f"a.{form}") or "").protected, len(text)))
    places = [m.start() for m in re.finditer("你好,世界", text)]
    return [at for at in places if any(start < at + 5 and at < end for start, end in prose)]


@pytest.mark.parametrize(("form", "text"), KEPT)
def test_what_is_no_prose_is_never_touched(form: str, text: str) -> None:
    assert open_places(form, text) == []
    assert cleaned(form, text) == text


@pytest.mark.parametrize(("form", "text"), PROSE)
def test_prose_may_be_edited(form: str, text: str) -> None:
    assert open_places(form, text) == [text.index("你好,世界")]


def test_prose_is_cleaned() -> None:
    assert cleaned("md", "# 你好,世界\n\n- 你好,世界 `你好,世界`\n") == "# 你好，世界\n\n- 你好，世界 `你好,世界`\n"
    assert cleaned("html", "<p>你好,世界 <b>你好,世界</b></p>\n") == "<p>你好，世界 <b>你好，世界</b></p>\n"
    assert cleaned("tex", "你好,世界 $你好,世界$ 好。\n") == "你好，世界 $你好,世界$ 好。\n"


def test_lines_of_a_paragraph_are_joined_and_the_shape_of_the_text_stays() -> None:
    lines = (
        "全年新建基层法律服务站四十六个，覆",
        "盖职工十二万人，接待来访三百一十七",
        "人次，办理案件二百零五件，调解成功",
    )
    page = "\n".join((*lines, "率比上一年提高了三个百分点。\n"))
    joined = page.replace("\n", "", 3)
    assert cleaned("md", page) == joined
    assert cleaned("md", f"# 题\n{page}{FENCED}\n{page}") == f"# 题\n{joined}{FENCED}\n{joined}"
    quoted = "".join(f"> {line}\n" for line in page.splitlines())
    assert cleaned("md", quoted) == quoted
    hard = page.replace("，覆\n", "，覆\\\n")
    assert "，覆\\\n盖" in cleaned("md", hard)


def test_a_format_is_known_by_its_suffix() -> None:
    assert [format_of(name) for name in ("a.md", "A.MARKDOWN", "b/c.html", "d.htm", "e.tex")] == [
        "markdown",
        "markdown",
        "html",
        "html",
        "tex",
    ]
    assert [format_of(name) for name in ("a.txt", "md", "-", "a.md.txt", ".md")] == [None] * 5


PIECES = (
    *("你好,世界", "\n", "\n\n", "`", "```", "$", "[", "](", ")", "<a>", "</a>", "<!--", "-->", "- ", "> ", "# ", "|"),
    *("\\", "%", "{", "}", "\t", "\\begin{verbatim}", "\\end{verbatim}", "---\n", "\r", "\0", "  ", "\u2028"),
)
documents = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


@given(documents, st.sampled_from(["markdown", "html", "tex"]))
@laws(300)
def test_protected_spans_survive_whatever_the_text(text: str, kind: str) -> None:
    spans = list(complement(marked(text, kind).protected, len(text)))  # the prose
    kept = list(complement(spans, len(text)))
    assert all(0 <= start < end <= len(text) for start, end in kept)
    result = run(text, rulebook.rules(), guard=Guard(kept))
    done, at = [], 0
    for start, end in kept:
        at = result.text.find(text[start:end], at)
        assert at >= 0, (text[start:end], result.text)
        done.append(at)
        at += end - start
    assert not [one for one in result.edits() if any(one[0] < end and start < one[1] for start, end in kept)]


@pytest.mark.parametrize("kind", ["markdown", "html", "tex"])
@pytest.mark.parametrize(
    "piece", ["`", "$", "\\begin{align}", "<!--", "<a", "[", "{", "\\verb", "- ", "> ", "\\(", "---\n"]
)
def test_work_is_linear(kind: str, piece: str) -> None:
    # What takes quadratic time does not come back for minutes.
    marked(piece * (60_000 // len(piece)), kind)
    marked(piece * (60_000 // len(piece)) + ">", kind)


@pytest.mark.parametrize("command", [["clean"], ["lint", "--fix", "-"]])
def test_the_commands_know_formats_by_names(tmp_path: Path, command: list[str]) -> None:
    (tmp_path / "a.md").write_text("你好,世界 `你好,世界`。\n", "utf-8")
    if command[0] == "clean":
        done = subprocess.run([COMMAND, "clean", "a.md"], cwd=tmp_path, capture_output=True, check=True)
    else:
        data = (tmp_path / "a.md").read_bytes()
        args = [COMMAND, *command, "--stdin-filename", "a.md"]
        done = subprocess.run(args, input=data, cwd=tmp_path, capture_output=True, check=True)
    assert done.stdout.decode() == "你好，世界 `你好,世界`。\n"
