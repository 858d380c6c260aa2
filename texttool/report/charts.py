"""Charts as SVG, drawn by Vega-Lite without a browser. Their specifications are in ``page/charts.json``."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

# Vega makes links absolute, against this; ours lead to places in the page.
_BASE = "https://vega.github.io/vega-datasets/"


@cache
def _specs() -> dict[str, Any]:
    specs: dict[str, Any] = json.loads((Path(__file__).parent / "page" / "charts.json").read_text("utf-8"))
    return specs


def chart(name: str, rows: Sequence[Mapping[str, Any]]) -> str:
    """The chart ``name`` of the rows, as an SVG element; every text in it is escaped. Empty where there are no rows.

    Raises ImportError where vl-convert is not installed.
    """
    if not rows:
        return ""
    import vl_convert

    spec = {**_specs()[name], "data": {"values": list(rows)}, "config": _specs()["config"]}
    svg: str = vl_convert.vegalite_to_svg(spec, allowed_base_urls=[])
    return svg.replace(f'"{_BASE}#', '"#')
