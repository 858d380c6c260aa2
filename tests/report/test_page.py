"""The page of ``report``: as bytes, and in a real Chromium."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import COMMAND, ROOT
from texttool.config import Options
from texttool.corpus.examining import Examiner
from texttool.filters.dedup import find_duplicates
from texttool.measure.portrait import Portrait
from texttool.measure.prescription import Named
from texttool.measure.tally import Tally
from texttool.report import html
from texttool.report.gathered import Gathered, told
from texttool.report.portraits import entry
from texttool.walk import Input

PAGE = ROOT / "samples" / "work-report" / "in.txt"
HOSTILE = "甲,乙<script>document.title='taken'</script><img src=x onerror=document.title='taken'>\x1b[31m\u202e。\n"
NAME = "<img src=x onerror=document.title='taken'>\x1b]0;x\x07\"'&.txt"
FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update", "--window-size=1200,900"),
)


def report(*paths: str | Path, code: int = 0, **env: str) -> bytes:
    done = subprocess.run(
        [COMMAND, "report", "-q", *map(str, paths)], capture_output=True, check=False, env={**os.environ, **env}
    )
    assert (done.returncode, done.stderr) == (code, b"")
    return done.stdout


def corpus(root: Path) -> Path:
    """Texts of several kinds: a page that is scanned, a novel in GBK, a copy, clean ones, hostile ones."""
    root.mkdir()
    (root / "page.txt").write_bytes(PAGE.read_bytes())
    (root / "novel.txt").write_bytes((ROOT / "samples" / "novel-gbk" / "in.txt").read_bytes())
    shutil.copy(root / "page.txt", root / "copy.txt")
    (root / "clean.txt").write_text("渡口的船工起得很早，先看水，再看天。\n", "utf-8")
    (root / NAME.replace("/", "")).write_text(HOSTILE, "utf-8")
    return root


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("report")
    path = folder / "report.html"
    report(corpus(folder / "texts"), "-o", path)
    return path


class _Elements(HTMLParser):
    """The elements of a page, and the values of their attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def elements(data: bytes) -> list[tuple[str, dict[str, str | None]]]:
    parser = _Elements()
    parser.feed(data.decode())
    return parser.found


def test_the_page_needs_nothing_else(page: Path) -> None:
    found = elements(page.read_bytes())
    assert not [tag for tag, _ in found if tag in ("link", "img", "iframe", "object", "embed", "base")]
    assert [attrs for tag, attrs in found if tag == "script"] == [{}]
    assert not [attrs for _, attrs in found if any(name.startswith("on") or name == "style" for name in attrs)]
    links = [attrs.get(name) or "" for _, attrs in found for name in ("href", "xlink:href", "src") if name in attrs]
    assert links
    assert all(link.startswith("#") for link in links)
    [policy] = [attrs["content"] for _, attrs in found if attrs.get("http-equiv") == "Content-Security-Policy"]
    assert str(policy).startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in str(policy)


def test_every_link_leads_somewhere(page: Path) -> None:
    found = elements(page.read_bytes())
    there = {attrs["id"] for _, attrs in found if "id" in attrs}
    links = {attrs.get(name) or "" for _, attrs in found for name in ("href", "xlink:href") if name in attrs}
    assert {link[1:] for link in links} <= there
    assert any(link.startswith("#group-") for link in links)


def test_what_is_hostile_stands_as_text(page: Path) -> None:
    data = page.read_bytes().decode()
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e]", data)
    assert "&lt;img src=x onerror=document.title=" in data
    assert "<img" not in data
    assert data.count("<script>") == 1


def test_the_same_texts_give_the_same_page(page: Path) -> None:
    texts = page.parent / "texts"
    assert {report(texts, PYTHONHASHSEED="1"), report(texts, "-j", "3", PYTHONHASHSEED="7")} == {page.read_bytes()}


def test_an_earlier_page_is_no_text(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("甲,乙。\n", "utf-8")
    out = tmp_path / "report.html"
    report(tmp_path, "-o", out)
    first = out.read_bytes()
    report(tmp_path, "-o", out)
    assert out.read_bytes() == first
    done = subprocess.run([COMMAND, "report", out, "-o", out], capture_output=True, check=False)
    assert (done.returncode, done.stderr.decode()) == (2, f"texttool: {out}: is a text and the report at once\n")
    assert out.read_bytes() == first


def test_a_bad_file_does_not_stop_the_rest(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("甲,乙。\n", "utf-8")
    out = tmp_path / "report.html"
    args = [COMMAND, "report", tmp_path / "a.txt", tmp_path / "no.txt", "-o", out]
    done = subprocess.run(args, capture_output=True, check=False)
    missing, summary = done.stderr.decode().splitlines()
    assert (done.returncode, missing) == (2, f"texttool: {tmp_path}/no.txt: No such file or directory")
    assert summary == f"texttool: {out}: 1 text, 1 finding"
    assert b"a.txt" in out.read_bytes()


def test_a_page_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    out = tmp_path / "no" / "report.html"
    done = subprocess.run([COMMAND, "report", PAGE, "-o", out], capture_output=True, check=False)
    assert (done.returncode, done.stderr.decode()) == (2, f"texttool: {out}: No such file or directory\n")


@pytest.mark.parametrize("missing", ["jinja2", "vl_convert"])
def test_what_is_not_installed_is_named_with_the_command_that_installs_it(missing: str, tmp_path: Path) -> None:
    code = (
        "import importlib.util as u, sys; find = u.find_spec\n"
        f"u.find_spec = lambda name, *a: None if name == {missing!r} else find(name, *a)\n"
        "sys.argv[1:] = ['report', *sys.argv[1:]]\nfrom texttool.__main__ import main; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, PAGE, "-o", tmp_path / "r.html"], capture_output=True, check=False
    )
    assert done.returncode == 2
    assert done.stderr == b"texttool: a report needs two more packages: pip install 'texttool[report]'\n"
    assert not list(tmp_path.iterdir())


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    binary, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if not (binary and driver):
        pytest.skip("there is no chromium with its driver here")
    from selenium import webdriver
    from selenium.webdriver.chrome.options import Options
    from selenium.webdriver.chrome.service import Service

    options = Options()
    options.binary_location = binary
    for flag in (*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('chromium')}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    chromium = webdriver.Chrome(options=options, service=Service(driver))
    yield chromium
    chromium.quit()


def opened(browser: Any, path: Path) -> Any:
    browser.get("about:blank")
    browser.get(path.as_uri())
    browser.execute_script("document.documentElement.style.scrollBehavior = 'auto'")
    return browser


def all_of(browser: Any, selector: str) -> list[Any]:
    return list(browser.find_elements("css selector", selector))


def rows(browser: Any) -> list[str]:
    """The names of the texts that are shown."""
    shown = [row for row in all_of(browser, "#texts-table tbody tr") if row.is_displayed()]
    return [row.find_element("css selector", ".name").text.split("\n")[0] for row in shown]


def search(browser: Any, words: str) -> list[str]:
    field = browser.find_element("id", "search")
    field.clear()
    field.send_keys(words or " ")
    return [Path(name).name for name in rows(browser)]


def test_it_opens_without_a_complaint(browser: Any, page: Path) -> None:
    opened(browser, page)
    assert browser.get_log("browser") == []
    assert browser.title.endswith("texttool report")
    assert browser.execute_script("return document.documentElement.dataset.ready") == "yes"
    assert browser.execute_script("return performance.getEntriesByType('resource').length") == 0


def test_the_charts_have_marks(browser: Any, page: Path) -> None:
    opened(browser, page)
    for name, least in (("troubles", 4), ("encodings", 2), ("widths", 4), ("rules", 8), ("along", 3), ("map", 5)):
        marks = [
            mark
            for mark in all_of(browser, f"figure.{name} .role-mark path")
            if mark.size["width"] > 0 and (mark.size["height"] > 0 or name == "along")  # a level line has none
        ]
        assert len(marks) >= least, name


def test_the_search_filters(browser: Any, page: Path) -> None:
    opened(browser, page)
    assert len(rows(browser)) == 5
    assert search(browser, "gb18030") == ["novel.txt"]
    assert browser.find_element("id", "shown").text == "1 of 5"
    assert sorted(search(browser, "OCR-report dp101")) == ["copy.txt", "page.txt"]
    assert search(browser, "nothing has this") == []
    assert len(search(browser, "")) == 5
    assert search(browser, "<img") == [Path(NAME).name.replace("\x1b", "\\x1b").replace("\x07", "\\x07")]


def test_columns_sort(browser: Any, page: Path) -> None:
    opened(browser, page)
    head = all_of(browser, "#texts-table th")

    def column(number: int) -> list[str]:
        return [
            row.find_elements("css selector", "td")[number].text for row in all_of(browser, "#texts-table tbody tr")
        ]

    head[2].click()
    sizes = [int(cell.replace(",", "")) for cell in column(2)]
    assert sizes == sorted(sizes, reverse=True)
    assert head[2].get_attribute("aria-sort") == "descending"
    head[2].click()
    assert [int(cell.replace(",", "")) for cell in column(2)] == sorted(sizes)
    head[1].send_keys("\ue007")  # enter
    assert column(1) == sorted(column(1))


def test_links_jump(browser: Any, page: Path) -> None:
    opened(browser, page)
    browser.execute_script("arguments[0].click()", all_of(browser, "#passages h3 a")[0])
    target = browser.execute_script("return document.querySelector(':target')")
    assert target.get_attribute("id").startswith("text-")
    top = browser.execute_script("return arguments[0].getBoundingClientRect().top", target)
    assert 0 <= top < 900
    browser.execute_script(
        "arguments[0].dispatchEvent(new MouseEvent('click', {bubbles: true}))", all_of(browser, ".map a")[0]
    )
    assert browser.execute_script("return document.querySelector(':target').id") == "group-1"
    rule = next(link for link in all_of(browser, "#rules td a") if link.text == "DP101")
    browser.execute_script("arguments[0].click()", rule)
    assert sorted(Path(name).name for name in rows(browser)) == ["copy.txt", "page.txt"]
    # A link to a text that the search hides shows it again.
    clean = next(
        row for row in all_of(browser, "#texts-table tbody tr") if "clean.txt" in row.get_attribute("textContent")
    )
    browser.execute_script("location.hash = arguments[0]", clean.get_attribute("id"))
    time.sleep(0.2)
    assert len(rows(browser)) == 5


def test_hostile_names_and_texts_do_nothing(browser: Any, page: Path) -> None:
    opened(browser, page)
    assert "taken" not in browser.title
    assert all_of(browser, "img") == []
    assert len(all_of(browser, "script")) == 1
    text = browser.find_element("id", "passages").text
    assert "<script>document.title='taken'</script>" in text


def test_light_and_dark_and_on_paper(browser: Any, page: Path) -> None:
    def background(**features: str) -> str:
        named = [
            {"name": name.replace("_", "-"), "value": value} for name, value in features.items() if name != "media"
        ]
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": features.get("media", ""), "features": named})
        return str(browser.execute_script("return getComputedStyle(document.body).backgroundColor"))

    opened(browser, page)
    light, dark = background(prefers_color_scheme="light"), background(prefers_color_scheme="dark")
    assert sum(map(int, re.findall(r"\d+", light)[:3])) > 700
    assert sum(map(int, re.findall(r"\d+", dark)[:3])) < 150
    assert background(media="print", prefers_color_scheme="light") == "rgb(255, 255, 255)"
    assert not browser.find_element("id", "search").is_displayed()
    background()


def test_two_thousand_texts_open_soon_and_fit_in_ten_megabytes(browser: Any, tmp_path: Path) -> None:
    """The page of two thousand texts: portraits of real ones under many names, and passages that they share."""
    texts = {f"{i:04}.txt": PAGE.read_text("utf-8").replace("全年", f"第{i}年") for i in range(40)}
    work = Examiner(Options(as_text=True))
    entries, tally = [], Tally()
    for name, text in texts.items():
        (tmp_path / name).write_text(text, "utf-8")
        portraits: list[Portrait] = []
        work(Input(tmp_path / name, Path(name)), portraits.append)
        tally.update(portraits[0].tally)
        entries.append(entry(portraits[0], Named((name,))))
    groups, more = told(list(find_duplicates(texts)), texts)
    many = [{**entries[i % 40], "path": f"corpus/folder/{i:04}.txt"} for i in range(2000)]
    out = tmp_path / "report.html"
    out.write_bytes(
        html.page(Gathered(Named(("corpus",), folder=True), many, tally, groups * (200 // len(groups)), more, True))
    )
    assert out.stat().st_size < 10_000_000
    opened(browser, out)
    assert browser.get_log("browser") == []
    timing = "const [t] = performance.getEntriesByType('navigation'); return t.loadEventEnd - t.startTime"
    spent = browser.execute_script(timing)
    print(f"{out.stat().st_size / 1e6:.1f} MB, loaded in {spent:.0f} ms")  # a bound on a time would be none of a test
    assert len(all_of(browser, "#texts-table tbody tr")) == 2000
    assert search(browser, "1999.txt") == ["1999.txt"]
