"""The index of passages: it follows its files, answers as the finder does, and survives what befalls it."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from tests.conftest import COMMAND
from texttool import store
from texttool.config import Options
from texttool.corpus import dedup_update
from texttool.corpus.dedup_ask import ask
from texttool.corpus.dedup_diagonals import in_blocks
from texttool.corpus.dedup_index import load
from texttool.corpus.dedup_segment import build
from texttool.corpus.dedup_update import Changes, update
from texttool.errors import Failure
from texttool.filters.dedup import find_duplicates
from texttool.filters.dedup.policy import DEFAULT
from texttool.log import lock

HAN = [chr(code) for code in range(0x4E00, 0x5600)]


def prose(seed: int, sentences: int = 60) -> str:
    draw = random.Random(seed)
    said = ("，".join("".join(draw.choices(HAN, k=draw.randint(4, 14))) for _ in range(3)) for _ in range(sentences))
    return "".join(f"{sentence}。" + ("\n" if draw.random() < 0.3 else "") for sentence in said)


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    folder = Path("corpus")
    folder.mkdir()
    for number in range(12):
        (folder / f"{number:02}.txt").write_text(prose(number), "utf-8")
    return folder


INDEX = Path("index")


def spans(text: str, name: str = "new.txt", *, documents: bool = False) -> set[tuple[str, ...]]:
    answer = ask(load(INDEX), {name: text}, Options(), DEFAULT, documents=documents)
    return {(group.kind, *(answer.texts[n][s:e] for n, s, e in group.spans)) for group in answer.groups}


def quoting(*numbers: int, at: int = 200, length: int = 90) -> str:
    return "。\n".join(prose(900 + n, 20) + prose(n)[at : at + length] for n in numbers)


def test_an_answer_is_what_the_finder_says_of_all_texts(corpus: Path) -> None:
    update(INDEX, [corpus], Options())
    for new in (quoting(3), quoting(0, 5, 11), quoting(4, at=0), quoting(7, length=26), prose(77), "", prose(2)):
        texts = {str(path): path.read_text("utf-8") for path in sorted(corpus.iterdir())} | {"new.txt": new}
        groups = [group for group in find_duplicates(texts) if any(name == "new.txt" for name, _, _ in group.spans)]
        wanted = {(group.kind, *(texts[n][s:e] for n, s, e in group.spans)) for group in groups}
        assert spans(new, documents=True) == wanted


def test_a_passage_with_errors_is_found(corpus: Path) -> None:
    update(INDEX, [corpus], Options())
    copied = prose(6)[300:420]
    wrong = "".join("误" if i % 15 == 7 else char for i, char in enumerate(copied))
    [(_, there, here)] = spans(prose(99) + wrong.replace("，", ",\n"))
    assert there in copied
    assert len(there) > 100
    assert "误" in here


def test_it_follows_its_files(corpus: Path) -> None:
    assert update(INDEX, [corpus], Options()) == Changes(12, 0, 0, 0)
    manifest = (INDEX / "manifest.json").read_bytes()
    assert update(INDEX, [corpus], Options()) == Changes(0, 0, 0, 0)
    assert (INDEX / "manifest.json").read_bytes() == manifest
    (corpus / "new.txt").write_text(prose(50), "utf-8")
    (corpus / "03.txt").write_text(prose(51), "utf-8")
    (corpus / "04.txt").unlink()
    assert update(INDEX, [corpus], Options()) == Changes(1, 1, 1, 0)
    assert spans(quoting(3), "x") == spans(quoting(4), "x") == set()
    assert len(spans(quoting(50), "x")) == len(spans(quoting(51), "x")) == len(spans(quoting(5), "x")) == 1


def test_a_file_that_was_only_touched_stays(corpus: Path) -> None:
    update(INDEX, [corpus], Options())
    os.utime(corpus / "03.txt", ns=(1, 1))
    before = load(INDEX).files
    assert update(INDEX, [corpus], Options()) == Changes(0, 0, 0, 0)
    changed = [key for key, entry in load(INDEX).files.items() if entry != before[key]]
    assert changed == ["../corpus/03.txt"]
    assert load(INDEX).files[changed[0]].segment == before[changed[0]].segment


def test_other_folders_are_left_alone(corpus: Path) -> None:
    Path("more").mkdir()
    Path("more/one.txt").write_text(prose(70), "utf-8")
    update(INDEX, [corpus], Options())
    assert update(INDEX, [Path("more")], Options()) == Changes(1, 0, 0, 0)
    assert len(load(INDEX).files) == 13


def test_an_index_inside_the_corpus_is_not_part_of_it(corpus: Path) -> None:
    inside = corpus / "index"
    update(inside, [corpus], Options())
    assert update(inside, [corpus], Options()) == Changes(0, 0, 0, 0)
    assert len(load(inside).files) == 12


def test_what_changed_behind_its_back_is_read_again(corpus: Path) -> None:
    update(INDEX, [corpus], Options())
    (corpus / "03.txt").write_text(prose(51), "utf-8")
    (corpus / "04.txt").unlink()
    answer = ask(load(INDEX), {"new.txt": quoting(3, 4, 5, 51)}, Options(), DEFAULT, documents=False)
    assert (answer.changed, answer.gone) == (1, 1)
    assert {group.spans[0][0] for group in answer.groups} == {"corpus/03.txt", "corpus/05.txt"}


def test_other_content_of_the_same_size_and_time_is_noticed(corpus: Path) -> None:
    path = corpus / "03.txt"
    update(INDEX, [corpus], Options())
    state, text = path.stat(), path.read_text("utf-8")
    path.write_text("".join(HAN[-1] if char in HAN else char for char in text), "utf-8")
    os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns))
    assert (path.stat().st_size, path.stat().st_mtime_ns) == (state.st_size, state.st_mtime_ns)
    answer = ask(load(INDEX), {"new.txt": quoting(3, 5)}, Options(), DEFAULT, documents=False)
    assert answer.changed == 1
    assert {group.spans[0][0] for group in answer.groups} == {"corpus/05.txt"}
    assert update(INDEX, [corpus], Options()) == Changes(0, 1, 0, 0)


def test_two_processes_at_once(corpus: Path) -> None:
    """While one brings the index up to date again and again, others ask it and find what has been there all along."""
    steady = Path("steady")
    steady.mkdir()
    (steady / "one.txt").write_text(prose(40), "utf-8")
    update(INDEX, [corpus, steady], Options())
    environment = {**os.environ, "PYTHONPATH": str(Path(store.__file__).parent.parent)}
    new = Path("new.txt")
    new.write_text(quoting(40), "utf-8")
    with subprocess.Popen([sys.executable, "-c", KILLED], stdout=subprocess.PIPE, env=environment) as process:
        assert process.stdout is not None
        process.stdout.readline()
        asking = [COMMAND, "dedup", "--index", "index", "new.txt"]
        answers = [subprocess.run(asking, capture_output=True, check=False) for _ in range(5)]
        process.kill()
    for answer in answers:
        assert answer.returncode == 1, answer.stderr
        assert b": DP101 stands in steady/one.txt:" in answer.stdout


def test_a_file_is_not_compared_with_itself(corpus: Path) -> None:
    update(INDEX, [corpus], Options())
    assert spans(prose(3), "corpus/03.txt") == set()
    assert spans(prose(3), "corpus/copy.txt") != set()


def test_small_segments_become_one(corpus: Path) -> None:
    for number in range(12):
        (corpus / "grows.txt").write_text(prose(100 + number), "utf-8")
        (corpus / f"new-{number}.txt").write_text(prose(200 + number), "utf-8")
        update(INDEX, [corpus], Options())
    index = load(INDEX)
    assert len(index.shapes) <= dedup_update._SMALL
    assert {path.name for path in INDEX.iterdir()} == {"manifest.json", "lock", *index.shapes}
    assert len(index.files) == 25
    assert len(spans(quoting(203), "x")) == len(spans(quoting(111), "x")) == 1
    assert spans(quoting(110), "x") == set()


def test_large_corpora_have_several_segments(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dedup_update, "_FULL", 4000)
    update(INDEX, [corpus], Options())
    assert len(load(INDEX).shapes) > 3
    for number in range(12):
        [(_, there, here)] = spans(quoting(number), "x")
        assert there == here


@pytest.mark.parametrize(
    ("harm", "says"),
    [
        (lambda: (INDEX / "manifest.json").write_text("{"), "is damaged"),
        (lambda: (INDEX / "manifest.json").write_text("[]"), "is damaged"),
        (lambda: rewritten(version="0"), "another version"),
        (lambda: rewritten(files=[[1]]), "is damaged"),
        (lambda: rewritten(segments=3), "is damaged"),
        (lambda: next(INDEX.glob("*.segment")).write_bytes(b"short"), "is damaged"),
        (lambda: (INDEX / "manifest.json").unlink(), "is no index"),
    ],
)
def test_what_is_not_ours_is_refused_in_one_line(corpus: Path, harm: object, says: str) -> None:
    update(INDEX, [corpus], Options())
    harm()  # type: ignore[operator]
    with pytest.raises(Failure, match=says) as failure:
        spans(quoting(3))
    assert "\n" not in str(failure.value)


def rewritten(**changes: object) -> None:
    path = INDEX / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | changes))


def test_a_folder_with_other_files_is_no_place_for_an_index(corpus: Path) -> None:
    INDEX.mkdir()
    (INDEX / "precious.txt").write_text("mine")
    with pytest.raises(Failure, match="not empty"):
        update(INDEX, [corpus], Options())
    assert (INDEX / "precious.txt").read_text() == "mine"


def test_one_update_at_a_time(corpus: Path) -> None:
    update(INDEX, [corpus], Options())
    with lock(INDEX / "lock"), pytest.raises(Failure, match="in use"):
        update(INDEX, [corpus], Options())


def test_a_failed_write_leaves_the_index_as_it_was(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    update(INDEX, [corpus], Options())
    before = load(INDEX)
    (corpus / "new.txt").write_text(prose(50), "utf-8")

    def fail(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch, pytest.raises(Failure, match="No space left"):
        patch.setattr(os, "fsync", fail)
        update(INDEX, [corpus], Options())
    assert load(INDEX) == before
    assert {path.name for path in INDEX.iterdir()} == {"manifest.json", "lock", *before.shapes}


def test_a_link_is_the_file_that_it_leads_to(corpus: Path) -> None:
    (corpus / "link.txt").symlink_to("03.txt")
    Path("linked").symlink_to("corpus")
    update(INDEX, [corpus], Options())
    assert update(INDEX, [Path("linked")], Options()) == Changes(0, 0, 0, 0)
    assert len(load(INDEX).files) == 12


def test_hits_are_bounded_where_a_text_repeats_itself() -> None:
    keys = build([prose(1, 3) * 500]).keys
    blocks = list(in_blocks(keys))
    _, counts = np.unique(np.concatenate(blocks) >> np.uint64(32), return_counts=True)
    assert counts.max() == 8
    assert len(blocks) == 1
    assert build(["啊" * 9999]).keys.size <= 8


KILLED = """
import sys
from pathlib import Path
from texttool.config import Options
from texttool.corpus.dedup_update import update
print("begun", flush=True)
while True:
    for number in range(12):
        path = Path("corpus", f"{number:02}.txt")
        path.write_text(path.read_text("utf-8")[1:] + "完", "utf-8")
    update(Path("index"), [Path("corpus")], Options())
"""


def test_it_survives_being_killed(corpus: Path) -> None:
    update(INDEX, [corpus], Options())
    environment = {**os.environ, "PYTHONPATH": str(Path(store.__file__).parent.parent)}
    draw = random.Random(5)
    for _ in range(6):
        with subprocess.Popen([sys.executable, "-c", KILLED], stdout=subprocess.PIPE, env=environment) as process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(draw.uniform(0.01, 0.4))
            process.send_signal(signal.SIGKILL)
        index = load(INDEX)
        assert len(index.files) == 12
        for name in index.shapes:
            assert len(index.segment(name).keys)
        spans(quoting(3))
    update(INDEX, [corpus], Options())
    assert {path.name for path in INDEX.iterdir()} == {"manifest.json", "lock", *load(INDEX).shapes}
