from __future__ import annotations

import os
from pathlib import Path

import pytest

from texttool.config import Options
from texttool.corpus.target import targets
from texttool.errors import Failure
from texttool.walk import Input, walk


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    root = tmp_path / "tree"
    for name in (
        "b.txt",
        "a/table.csv",
        "a/make.PY",
        "a/z.txt",
        "a/中.txt",
        ".hidden",
        ".git/config",
        "C.txt",
        "a\nb.txt",
    ):
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    (tmp_path / "outside.txt").write_text("outside")
    (root / "loop").symlink_to(root)
    (root / "out.txt").symlink_to(tmp_path / "outside.txt")
    (root / "in.txt").symlink_to(root / "b.txt")
    (root / "dangling.txt").symlink_to(root / "nowhere")
    return root


def test_a_folder_is_walked_in_the_order_of_its_bytes(tree: Path) -> None:
    found = [str(item.inside) for item in walk((tree,))]
    assert found == ["C.txt", "a\nb.txt", "a/z.txt", "a/中.txt", "b.txt", "dangling.txt"]


def test_no_file_is_visited_twice(tree: Path) -> None:
    assert len(list(walk((tree, tree)))) == 6


def test_a_named_file_is_taken_whatever_its_name(tree: Path) -> None:
    assert list(walk((tree / ".hidden",))) == [Input(tree / ".hidden", Path(".hidden"))]


def test_a_named_program_is_taken_too(tree: Path) -> None:
    assert [item.path.name for item in walk((tree / "a" / "make.PY",))] == ["make.PY"]


def test_nothing_named_is_standard_input() -> None:
    [item] = walk(())
    assert item.is_stdin


def test_output_stays_inside_the_folder(tree: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    made = targets((tree,), list(walk((tree,))), Options(output=out))
    assert all(target and Path(os.path.normpath(target)).is_relative_to(out) for target in made)
    up = tree / "a" / ".." / "b.txt"
    assert targets((up, tree / "C.txt"), [Input(up, Path("b.txt"))], Options(output=out)) == [out / "b.txt"]


def test_one_file_may_name_its_output(tree: Path, tmp_path: Path) -> None:
    item = [Input(tree / "b.txt", Path("b.txt"))]
    assert targets((tree / "b.txt",), item, Options(output=tmp_path / "x.txt")) == [tmp_path / "x.txt"]
    assert targets((tree / "b.txt",), item, Options(output=tmp_path)) == [tmp_path / "b.txt"]


def test_what_exists_as_another_name_of_the_input_is_refused(tree: Path) -> None:
    link = tree.parent / "same.txt"
    os.link(tree / "b.txt", link)
    with pytest.raises(Failure, match="input and output at once"):
        targets((tree / "b.txt",), [Input(tree / "b.txt", Path("b.txt"))], Options(output=link))


def test_names_that_differ_in_case_only_are_refused(tmp_path: Path) -> None:
    items = [Input(tmp_path / "x" / "a.txt", Path("a.txt")), Input(tmp_path / "y" / "A.txt", Path("A.txt"))]
    with pytest.raises(Failure, match="would both be written here"):
        targets((tmp_path / "x", tmp_path / "y"), items, Options(output=tmp_path / "out"))
