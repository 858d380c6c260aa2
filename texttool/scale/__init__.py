"""Past one machine: the same filters on Daft, here or on a cluster, for those who use it from Python.

Nothing here imports Daft or pyarrow until it is called.
"""

from __future__ import annotations

import pickle
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from daft import DataFrame


def clean(
    df: DataFrame,
    column: str = "text",
    *,
    recipe: str | None = None,
    filters: Sequence[str] | None = None,
    select: Sequence[str] | None = None,
    ignore: Sequence[str] | None = None,
    unsafe: bool = False,
    locale: str = "auto",
    jobs: int = 0,
) -> DataFrame:
    """The frame with ``column`` cleaned, and with the columns ``edits`` (counts by rule) and ``status``.

    ``status`` is cleaned, unchanged or rejected: a text that could not be cleaned stays as it was. The other arguments
    are those of ``texttool.clean``; ``jobs`` is the number of processes (0: one a core of the machine or the cluster).
    Nothing runs until the frame is collected or written. Raises ValueError for a name or a code that does not exist,
    texttool.errors.Failure where Daft is not installed.
    """
    from texttool import recipes, rulebook
    from texttool.config import Options
    from texttool.scale import engines

    daft = engines.imported()
    options = Options(
        recipe=recipe,
        filters=None if filters is None else tuple(filters),
        select=None if select is None else tuple(select),
        ignore=tuple(ignore or ()),
        unsafe=unsafe,
        locale=locale,
    )
    rulebook.rules(*recipes.chosen(recipe, filters, select, ignore), locale)
    made = _worker(daft, jobs or engines.cpus())(pickle.dumps(options))
    cleaned = df.with_column("_texttool", made.each(df[column]))
    parts = {name: daft.col("_texttool").get(name) for name in ("edits", "status")}
    text = daft.col("_texttool").get("text")
    names = df.column_names
    kept = [text.alias(name) if name == column else daft.col(name) for name in names]
    return cleaned.select(*kept, *(part.alias(name) for name, part in parts.items()))


def _worker(daft: Any, jobs: int) -> Any:
    """The class that Daft makes once a process."""
    text = daft.DataType.string()
    edits = daft.DataType.map(text, daft.DataType.int64())
    made = daft.DataType.struct({"text": text, "edits": edits, "status": text, "reason": text})

    class Mapped:
        def __init__(self, options: bytes) -> None:
            from texttool.scale.column import Column

            self.column = Column(pickle.loads(options))

        @daft.method.batch(return_dtype=made, batch_size=256)  # type: ignore[untyped-decorator]
        def each(self, texts: Any) -> Any:
            from texttool.scale.column import arrow

            return arrow(self.column.text("", text) for text in texts.to_arrow().to_pylist())

    return daft.cls(Mapped, use_process=True, max_concurrency=jobs)
