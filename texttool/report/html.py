"""A report as one page that needs nothing else: no network, no script but its own, every value escaped."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path
from typing import Any

from texttool import __version__
from texttool.errors import Failure
from texttool.report.gathered import Gathered
from texttool.report.pagedata import context
from texttool.visible import visible

_PAGE = Path(__file__).parent / "page"
_PACKAGES = ("jinja2", "vl_convert")


def check() -> None:
    """Raises Failure where what draws the page is not installed."""
    from importlib.util import find_spec

    if not all(map(find_spec, _PACKAGES)):
        raise Failure("a report needs two more packages: pip install 'texttool[report]'")


def page(made: Gathered) -> bytes:
    """The page, as UTF-8. The same of the same texts."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    from texttool.report.charts import chart

    values = context(made)
    charts = {name: Markup(chart(name, rows)) for name, rows in values.pop("rows").items()}
    style, script = ((_PAGE / f"page.{kind}").read_text("utf-8") for kind in ("css", "js"))
    environment = Environment(
        loader=FileSystemLoader(_PAGE), autoescape=True, finalize=_finalized, undefined=StrictUndefined
    )
    environment.filters.update(count=lambda number: f"{number:,}", share=lambda number: f"{number:.0%}")
    template = environment.get_template("page.html")
    own = {"style": Markup(style), "script": Markup(script), "policy": Markup(_policy(style, script))}
    made_of = template.render(**values, **own, charts=charts, version=__version__)
    return made_of.encode("utf-8", "backslashreplace")


def _finalized(value: Any) -> Any:
    """Texts as people may read them, before they are escaped; what is markup already is left."""
    return visible(value) if type(value) is str else value


def _policy(style: str, script: str) -> str:
    """A Content-Security-Policy that lets the page use its own style and script, by their hashes, and nothing else."""
    own = f"style-src {_hashed(style)}; script-src {_hashed(script)}"
    return f"default-src 'none'; {own}; base-uri 'none'; form-action 'none'"


def _hashed(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
