"""``dedup`` on several files with -o or -i: what stands in another file goes from all but the one that is kept."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import COMMAND
from tests.filters.test_dedup_laws import pasted
from texttool.config import Options
from texttool.corpus import dedup_remove
from texttool.corpus.dedup_remove import _result, remove
from texttool.corpus.dedup_texts import Gathered
from texttool.document import load
from texttool.errors import Failure
from texttool.filters.dedup.fold import folded_text
from texttool.filters.dedup.policy import DEFAULT
from texttool.pipeline import Result
from texttool.walk import walk

SAID = "粮站的老账本记着那年秋天每户交来的谷子，几斗几升都有，字迹工整，一笔不乱，连天气也写在旁边，今天读来还很清楚。"
WRAPPED = SAID.replace("，", "，\n")
FILES = {
    "a.txt": f"头一句在这里。\n{WRAPPED}后面还有别的话。\n",
    "deep/b.txt": f"另一个开头。{SAID}再见。\n",
    "deep/c.txt": SAID,
    "d.txt": "与别的都没有关系的几句话。\n",
    "e.txt": SAID.replace("一笔", "一竖") + "\n",
}


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name, text in FILES.items():
        path = Path("corpus", name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return Path("corpus")


def texttool(*args: str) -> tuple[int, str, str]:
    done = subprocess.run([COMMAND, "dedup", *args], capture_output=True, check=False)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def texts(folder: str) -> dict[str, str]:
    return {str(p.relative_to(folder)): p.read_text("utf-8") for p in Path(folder).rglob("*.txt")}


@pytest.mark.parametrize(
    ("args", "changed"),
    [
        ((), {"deep/b.txt": "另一个开头。再见。\n", "deep/c.txt": ""}),
        (("--keep", "longest"), {"deep/b.txt": "另一个开头。再见。\n", "deep/c.txt": ""}),
        (("--keep", "best"), {"a.txt": "头一句在这里。\n后面还有别的话。\n", "deep/c.txt": ""}),
        (("--keep", "none"), {}),
        (("--min-length", "60"), {}),
        (
            ("--mark",),
            {
                "deep/b.txt": "另一个开头。〔重出，见a.txt第2行〕再见。\n",
                "deep/c.txt": "〔重出，见a.txt第2行〕",
            },
        ),
        (
            ("--mark", "--keep", "best"),
            {
                "a.txt": "头一句在这里。\n〔重出，见deep/b.txt第1行〕后面还有别的话。\n",
                "deep/c.txt": "〔重出，见deep/b.txt第1行〕",
            },
        ),
    ],
)
def test_what_stands_in_another_file_goes(corpus: Path, args: tuple[str, ...], changed: dict[str, str]) -> None:
    """Of a file that is wholly a copy nothing is left; one that is nearly a copy stays as it is."""
    assert texttool("corpus", "-o", "out", "--unsafe", *args)[:2] == (0, "")
    assert texts("out") == FILES | changed
    assert texts("corpus") == FILES
    assert texttool("out", "--check", "--unsafe", *args)[0] == 0


def test_nothing_goes_unless_it_is_asked_for(corpus: Path) -> None:
    status, out, err = texttool("corpus", "-o", "out", "--mark", "--keep", "longest")
    assert (status, out) == (0, "")
    assert "2 passages stand twice to the character; --unsafe removes them" in err
    assert texts("out") == FILES


def test_every_byte_comes_back(corpus: Path) -> None:
    (corpus / "b5.txt").write_bytes(("前言。\r\n" + SAID + "\r\n").encode("gb18030"))
    (corpus / "bom.txt").write_bytes(("\ufeff后记。" + WRAPPED).encode("utf-16"))
    before = {path: path.read_bytes() for path in corpus.rglob("*.txt")}
    assert texttool("corpus", "-i", "--unsafe", "--audit", "trail.jsonl", "--mark")[0] == 0
    changed = {path for path, data in before.items() if path.read_bytes() != data}
    assert len(changed) == 4
    for path in changed:
        undone = [COMMAND, "undo", str(path), "--audit", "trail.jsonl", "-i"]
        subprocess.run(undone, check=True, capture_output=True)
    assert {path: path.read_bytes() for path in corpus.rglob("*.txt")} == before


def test_the_groups_name_what_went_and_what_stays(corpus: Path) -> None:
    assert texttool("corpus", "-o", "out", "--unsafe", "--groups", "groups.jsonl")[0] == 0
    groups = [json.loads(line) for line in Path("groups.jsonl").read_text("utf-8").splitlines()]
    assert [[span["name"] for span in group["spans"]] for group in groups] == [
        ["corpus/a.txt", "corpus/deep/b.txt"],
        ["corpus/a.txt", "corpus/deep/c.txt"],
    ]
    for group in groups:
        for span in group["spans"]:
            text = Path(span["name"]).read_text("utf-8")[span["start"] : span["end"]]
            assert folded_text(text) == folded_text(SAID)
            assert Path(span["name"]).read_text("utf-8")[: span["start"]].count("\n") + 1 == span["line"]


def test_near_copies_of_documents_are_told_of_and_left(corpus: Path) -> None:
    book = "".join(f"第{n}天，{c}号船到了{d}。" for n, (c, d) in enumerate(zip(SAID * 2, WRAPPED * 2, strict=False)))
    (corpus / "x.txt").write_text(book, "utf-8")
    (corpus / "y.txt").write_text(book.replace("天，谷", "日，古"), "utf-8")
    status, out, _ = texttool("corpus", "-o", "out", "--unsafe", "--documents")
    assert status == 1
    assert "corpus/y.txt:1:1: DP401 nearly the same as corpus/x.txt" in out
    assert texts("out")["y.txt"] == texts("corpus")["y.txt"]


def test_a_file_is_no_copy_of_itself(corpus: Path) -> None:
    Path("link.txt").symlink_to("corpus/deep/c.txt")
    for args in (("link.txt", "corpus/deep/c.txt"), ("corpus/deep/c.txt", "./corpus/deep/../deep/c.txt")):
        assert texttool(*args, "-i", "--unsafe")[0] == 0
        assert texts("corpus") == FILES
    assert texttool("corpus", "link.txt", "-o", "out", "--unsafe")[0] == 0
    assert texttool("corpus/deep/c.txt", "link.txt")[:2] == (0, "")
    assert texts("out")["link.txt"] == texts("out")["deep/c.txt"] == ""


def test_a_diff_tells_of_other_files(corpus: Path) -> None:
    status, out, _ = texttool("corpus", "--diff", "--unsafe")
    assert status == 1
    assert [line for line in out.splitlines() if line.startswith("--- ")] == [
        "--- corpus/deep/b.txt",
        "--- corpus/deep/c.txt",
    ]


def test_a_bad_file_does_not_stop_the_rest(corpus: Path) -> None:
    (corpus / "gone.txt").symlink_to("nowhere")
    (corpus / "bin.txt").write_bytes(b"\0\1\2" * 99)
    status, _, err = texttool("corpus", "-o", "out", "--unsafe")
    assert status == 2
    assert err.count("gone.txt") == err.count("bin.txt") == 1
    assert Path("out/deep/c.txt").read_text("utf-8") == ""


def test_a_text_that_changed_since_is_not_written(corpus: Path) -> None:
    known = Gathered()
    for item in walk((corpus,)):
        known.take(item, Options())
    results = {"corpus/a.txt": Result(FILES["a.txt"], "", [])}
    with pytest.raises(Failure, match="was changed by another program"):
        _result(known, results, load(b"another text", "corpus/a.txt"))
    with pytest.raises(Failure, match="was changed by another program"):
        _result(known, results, load(b"a new file", "corpus/new.txt"))


def test_nothing_is_written_where_a_text_would_be_lost(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from texttool.filters.dedup import survivors
    from texttool.filters.dedup.survivors import LostTextError

    monkeypatch.setattr(survivors, "_parts", lambda copy, _, __: [copy._replace(first=(1, 2))])
    with pytest.raises(LostTextError):
        dedup_remove.clean((corpus,), Options(in_place=True, unsafe=True), DEFAULT, None, documents=False)
    assert texts("corpus") == FILES


@settings(max_examples=200)
@given(pasted(), st.sampled_from(["first", "longest", "best"]), st.booleans())
def test_a_second_run_removes_nothing(documents: list[str], keep: str, mark: bool) -> None:
    policy = DEFAULT._replace(keep=keep, mark=mark, remove=24)
    named = {f"{number}": text for number, text in enumerate(documents)}
    once = remove(named, list(named), policy, unsafe=True)
    for name, text in named.items():
        assert once.results[name].source == text
        assert once.results[name].edits().apply(text) == once.results[name].text
    left = {name: result.text for name, result in once.results.items()}
    again = remove(left, list(left), policy, unsafe=True)
    assert again.groups == []
    assert {name: result.text for name, result in again.results.items()} == left
