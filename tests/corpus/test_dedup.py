"""``dedup`` on one text and on several: what it writes where, and how it ends."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tests.conftest import COMMAND

SAID = "粮站的老账本记着那年秋天每户交来的谷子，几斗几升都有，字迹工整，一笔不乱，连天气也写在旁边，今天读来还很清楚。"
WRAPPED = SAID.replace("，", "，\n")
LONG = "".join(
    f"第{a}队在第{b}块地里种了{c}。"
    for a, b, c in zip("一二三四五六七八九", "甲乙丙丁戊己庚辛壬", "麦粟豆稻麻黍菜瓜棉", strict=True)
)
BOOK = (
    LONG
    + "\n"
    + "春天修渠，夏天守水，秋天打场，冬天积肥，一年到头没有闲的时候，村里的老人都这样说，年轻人也照着做了一年又一年。"
    * 2
)


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "corpus"
    (folder / "deep").mkdir(parents=True)
    (folder / "a.txt").write_text("头一句在这里。" + SAID + "后面还有别的话。\n", "utf-8")
    (folder / "deep" / "b.txt").write_text("另一个开头。\n" + WRAPPED + "\n再见。\n", "utf-8")
    (folder / "c.txt").write_text("与别的都没有关系的几句话。\n", "utf-8")
    return folder


def texttool(*args: str, stdin: str = "") -> tuple[int, str, str]:
    done = subprocess.run([COMMAND, "dedup", *args], input=stdin.encode(), capture_output=True, check=False)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def test_a_folder_is_reported(corpus: Path) -> None:
    status, out, err = texttool("corpus")
    assert (status, err) == (1, "")
    assert out == "corpus/deep/b.txt:2:1: DP101 stands in corpus/a.txt:1:8 (59 characters, 100 % the same)\n"


def test_the_one_that_is_kept_is_named(corpus: Path) -> None:
    (corpus / "deep" / "b.txt").rename(corpus / "0.txt")
    assert "a.txt:1:8: DP101 stands in corpus/0.txt:2:1 " in texttool("corpus")[1]
    assert "0.txt:2:1: DP101 stands in corpus/a.txt:1:8 " in texttool("corpus", "--keep", "best")[1]


def test_groups_are_written_as_json_lines(corpus: Path) -> None:
    assert texttool("corpus", "--groups", "groups.jsonl")[0] == 1
    [line] = Path("groups.jsonl").read_text("utf-8").splitlines()
    group = json.loads(line)
    assert (group["kind"], group["identity"]) == ("span", 1.0)
    for span in group["spans"]:
        text = Path(span["name"]).read_text("utf-8")
        assert text[span["start"] : span["end"]].replace("\n", "") == SAID[:-1]
        assert text[: span["start"]].count("\n") + 1 == span["line"]


def test_no_group_is_an_empty_file(corpus: Path) -> None:
    assert texttool("corpus/c.txt", "--groups", "groups.jsonl") == (0, "", "")
    assert Path("groups.jsonl").read_bytes() == b""


def test_documents_that_are_nearly_the_same(corpus: Path) -> None:
    (corpus / "x.txt").write_text(BOOK, "utf-8")
    (corpus / "y.txt").write_text(BOOK.replace("麦", "薯").replace("，", ","), "utf-8")
    _, out, _ = texttool("corpus", "--documents")
    [line] = [line for line in out.splitlines() if "DP401" in line]
    assert line.startswith("corpus/y.txt:1:1: DP401 nearly the same as corpus/x.txt (")
    assert "DP401" not in texttool("corpus")[1]


def test_a_text_is_filtered(corpus: Path) -> None:
    text = SAID + "别的话。" + WRAPPED
    told = "texttool: -: 1 passage stands twice: `texttool lint --select DP` lists it, --unsafe removes it\n"
    assert texttool(stdin=text) == (0, text, told)
    assert texttool("--min-length", "16", stdin=text)[2] == "texttool: -: 1 passage stands twice: --unsafe removes it\n"
    assert texttool("--quiet", stdin=text) == texttool("--keep", "none", stdin=text) == (0, text, "")
    assert texttool("--unsafe", stdin=text) == (0, SAID + "别的话。", "")
    assert texttool("--unsafe", "--keep", "longest", "--mark", stdin=text) == (0, SAID + "别的话。〔重出，见1行〕", "")


def test_what_was_removed_comes_back(corpus: Path) -> None:
    path = corpus / "twice.txt"
    path.write_text(before := "\ufeff" + SAID + "别的话。" + WRAPPED + "\r\n", "utf-8")
    was = path.read_bytes()
    chosen = ("--unsafe", "--mark", "--keep", "best", "--min-length", "30", "-i", "--audit", "trail.jsonl")
    assert texttool(str(path), *chosen)[0] == 0
    assert path.read_text("utf-8") != before
    subprocess.run([COMMAND, "undo", str(path), "--audit", "trail.jsonl", "-i"], check=True, capture_output=True)
    assert path.read_bytes() == was


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["corpus", "--unsafe"], "several texts are reported"),
        (["corpus", "--mark"], "several texts are reported"),
        (["corpus", "-i", "--groups", "x"], "needs --unsafe"),
        (["corpus", "--check", "--unsafe", "--groups", "x"], "exclude --check and --diff"),
        (["corpus", "--diff", "--documents"], "exclude --check and --diff"),
        (["corpus", "-o", "out", "--index", "x"], "excludes -o, -i"),
        (["corpus", "-", "-o", "out"], "give it as a file"),
        (["corpus", "--groups", "no/such/folder"], "No such file"),
        (["corpus", "--min-length", "3"], "min-length"),
    ],
)
def test_what_does_not_fit_is_refused(corpus: Path, args: list[str], says: str) -> None:
    status, out, err = texttool(*args)
    assert (status, out) == (2, "")
    assert says in err


def test_a_bad_file_does_not_stop_the_rest(corpus: Path) -> None:
    (corpus / "deep" / "gone.txt").symlink_to("nowhere")
    (corpus / "bin.txt").write_bytes(b"\0\1\2" * 99)
    status, out, err = texttool("corpus", "no-such.txt")
    assert status == 2
    assert out.count("DP101") == 1
    assert "no-such.txt" in err


def test_an_index_answers_for_a_new_file(corpus: Path) -> None:
    new = Path("new.txt")
    new.write_text("这是新的。\n" + WRAPPED + "\n完。\n", "utf-8")
    assert texttool("--index", "index", "new.txt") == (
        2,
        "",
        "texttool: index: is no index; name the folders to build it from\n",
    )
    assert texttool("--index", "index", "corpus") == (
        0,
        "",
        "texttool: index: 3 files came, 0 changed, 0 went\n",
    )
    said = "new.txt:2:1: DP101 stands in corpus/a.txt:1:8 (59 characters, 100 % the same)\n"
    status, out, err = texttool("--index", "index", "new.txt", "--groups", "groups.jsonl")
    assert (status, out, err) == (1, said, "")
    names = [span["name"] for span in json.loads(Path("groups.jsonl").read_text("utf-8"))["spans"]]
    assert names == ["corpus/a.txt", "corpus/deep/b.txt", "new.txt"]
    assert texttool("--index", "index", stdin=WRAPPED)[1].startswith("-:1:1: DP101 stands in corpus/a.txt:1:8 ")
    assert texttool("--index", "index", "corpus/c.txt") == (0, "", "")


def test_an_index_says_what_changed_behind_its_back(corpus: Path) -> None:
    texttool("--index", "index", "corpus")
    (corpus / "a.txt").write_text("这里已经换成了别的文字。\n", "utf-8")
    (corpus / "deep" / "b.txt").unlink()
    status, out, err = texttool("--index", "index", stdin=WRAPPED)
    assert (status, out) == (0, "")
    assert "1 files changed since they were indexed" in err
    assert "1 are gone" in err


def test_an_index_of_another_version_is_refused(corpus: Path) -> None:
    texttool("--index", "index", "corpus")
    manifest = Path("index", "manifest.json")
    manifest.write_text(json.dumps(json.loads(manifest.read_text()) | {"version": "0"}))
    for args in (["corpus"], ["corpus/c.txt"]):
        assert texttool("--index", "index", *args) == (
            2,
            "",
            "texttool: index: was made by another version of texttool; remove it and build it again\n",
        )
