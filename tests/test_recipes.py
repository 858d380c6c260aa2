from __future__ import annotations

import subprocess

import pytest

import texttool
from tests.conftest import COMMAND
from texttool import recipes, rulebook

WRAPPED = "全年新建基层法律服务  \n站46个,覆盖职工12.  \n8万人,接待来访317  \n0人次。\n"
JOINED = "全年新建基层法律服务站46个，覆盖职工12.8万人，接待来访3170人次。\n"


def test_the_recipes_are_those_that_were_promised() -> None:
    assert recipes.names() == ["ebook", "legacy-encoding", "ocr-report", "training-data", "web"]


@pytest.mark.parametrize("name", recipes.names())
def test_a_recipe_names_filters_and_codes_that_there_are(name: str) -> None:
    found = recipes.recipe(name)
    assert found.about
    assert found.why
    assert rulebook.rules(*recipes.chosen(name, None, None, None))


def test_a_recipe_decides_what_is_done() -> None:
    assert texttool.clean(WRAPPED, recipe="ocr-report").text == JOINED
    assert texttool.clean(WRAPPED, recipe="legacy-encoding").text == WRAPPED
    joined_only = texttool.clean(WRAPPED, recipe="training-data").text
    assert joined_only == JOINED.replace("，", ",")
    # A page of the web has no wraps: its lines stay, its marks are set.
    assert texttool.clean(WRAPPED, recipe="web").text.count("\n") == WRAPPED.count("\n")


def test_what_is_asked_for_comes_before_the_recipe() -> None:
    assert texttool.clean(WRAPPED, ["punct"], recipe="legacy-encoding").text == WRAPPED.replace(",", "，")
    codes = {rule.code for rule in rulebook.rules(*recipes.chosen("web", None, None, ["PN1"]))}
    assert not any(code.startswith(("PN1", "ST3")) for code in codes)
    assert "PN201" in codes


def test_an_unknown_recipe_is_named_with_the_nearest() -> None:
    with pytest.raises(ValueError, match=r"unknown recipe 'ebok'; did you mean 'ebook'"):
        texttool.clean("", recipe="ebok")


def test_the_command_takes_and_explains_them() -> None:
    run = subprocess.run(
        [COMMAND, "clean", "--recipe", "ocr-report"], input=WRAPPED.encode(), capture_output=True, check=True
    )
    assert run.stdout.decode() == JOINED
    listed = subprocess.run([COMMAND, "rules", "--recipes"], capture_output=True, check=True).stdout.decode()
    assert all(name in listed.split("\n") for name in recipes.names())
