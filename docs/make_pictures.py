"""Makes the pictures of the README from the samples: the screen of ``doctor`` as SVG, the page of ``report`` as PNG.

``--check`` tells whether the screen still says what the picture shows; it needs no browser.
"""

from __future__ import annotations

import html
import io
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from rich.cells import cell_len
from rich.console import Console
from rich.terminal_theme import TerminalTheme

from texttool import store
from texttool.config import Options
from texttool.corpus.examining import Examiner
from texttool.measure.portrait import Portrait
from texttool.measure.prescription import Named
from texttool.report.doctor import screen
from texttool.report.portraits import entry
from texttool.walk import Input

HERE = Path(__file__).parent
ROOT = HERE.parent
SAMPLE = Path("samples/work-report/in.txt")
WIDTH, CELL = 100, 12.2  # columns; what rich makes one wide
_TEXT = re.compile(r'(<text [^>]*)textLength="[^"]*"([^>]*)>([^<]*)</text>')
# As rich draws it, but with fonts that are at hand: a picture that is fetched from elsewhere is no part of the project.
FORMAT = """<svg class="rich-terminal" viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">
<style>
.{unique_id}-matrix {{
  font-family: ui-monospace, Menlo, "DejaVu Sans Mono", "Noto Sans Mono CJK SC", monospace;
  font-size: {char_height}px; line-height: {line_height}px; font-variant-east-asian: full-width;
}}
.{unique_id}-title {{ font-size: 18px; font-family: system-ui, sans-serif; }}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal">
<rect x="0" y="0" width="{terminal_width}" height="{terminal_height}" />
</clipPath>
{lines}
</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""
THEME = TerminalTheme(
    (30, 33, 37),
    (222, 224, 220),
    [
        *((30, 33, 37), (229, 114, 96), (122, 193, 137), (222, 176, 98)),
        *((116, 170, 226), (190, 142, 208), (94, 186, 190), (200, 203, 199)),
    ],
    [
        *((100, 108, 118), (240, 140, 122), (150, 214, 163), (238, 198, 128)),
        *((146, 194, 240), (208, 168, 224), (128, 208, 212), (255, 255, 255)),
    ],
)


def doctor() -> str:
    """The screen of ``doctor`` on a sample, as SVG."""
    portraits: list[Portrait] = []
    Examiner(Options())(Input(SAMPLE, SAMPLE), portraits.append)
    paper = Console(
        record=True, file=io.StringIO(), width=WIDTH, force_terminal=True, color_system="truecolor", highlight=False
    )
    for part in screen(entry(portraits[0], Named((str(SAMPLE),))), WIDTH):
        paper.print(part)
    svg = paper.export_svg(title=f"texttool doctor {SAMPLE}", theme=THEME, code_format=FORMAT, unique_id="doctor")
    return _TEXT.sub(_in_cells, svg)


def _in_cells(match: re.Match[str]) -> str:
    """A run of text as long as its cells: rich takes its characters, of which ideographs fill two cells each."""
    before, after, text = match.groups()
    return f'{before}textLength="{CELL * cell_len(html.unescape(text)):g}"{after}>{text}</text>'


def said(svg: str) -> str:
    """The words of a picture: what other versions of rich draw the same."""
    found = re.findall(r"<text[^>]*>([^<]*)</text>", svg)
    return "".join(html.unescape("".join(found)).split())


def report(out: Path) -> None:
    """The top of the page of ``report`` on the samples, as Chromium shows it; left as it is where there is none."""
    binary, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if not (binary and driver):
        sys.stderr.write(f"{out} is left as it is: there is no chromium with its driver here\n")
        return
    from selenium import webdriver
    from selenium.webdriver.chrome.options import Options as Flags
    from selenium.webdriver.chrome.service import Service

    with tempfile.TemporaryDirectory() as folder:
        scans, page = Path(folder) / "scans", Path(folder) / "report.html"
        scans.mkdir()
        for sample in (ROOT / "samples").iterdir():
            shutil.copy(sample / "in.txt", scans / f"{sample.name}.txt")
        subprocess.run([sys.executable, "-m", "texttool", "report", "scans", "-o", page], check=True, cwd=folder)
        flags = Flags()
        flags.binary_location = binary
        for flag in (
            *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
            *("--disable-background-networking", "--disable-component-update", "--hide-scrollbars"),
            *("--force-color-profile=srgb", "--window-size=1130,1400", f"--user-data-dir={folder}/profile"),
        ):
            flags.add_argument(flag)
        chromium = webdriver.Chrome(options=flags, service=Service(driver))
        try:
            chromium.get(page.as_uri())
            store.write(out, chromium.get_screenshot_as_png())
        finally:
            chromium.quit()


def main(arguments: list[str]) -> int:
    """Makes the pictures, or with ``--check`` tells whether they are current."""
    picture = HERE / "doctor.svg"
    if arguments != ["--check"]:
        store.write(picture, doctor().encode())
        report(HERE / "report.png")
        return 0
    current = said(picture.read_text("utf-8")) == said(doctor())
    if not current:
        sys.stderr.write(f"{picture} is not what doctor says: run `make docs`\n")
    return 0 if current else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
