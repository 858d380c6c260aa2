"""Why each line break of a document is undone or kept."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from texttool import streams
from texttool.config import Options
from texttool.corpus.intake import NOTHING, guarded, inputs, read
from texttool.corpus.shard import share
from texttool.visible import visible
from texttool.walk import Input


def explain(paths: tuple[Path, ...], options: Options) -> int:
    """Writes a line for each break: ``path:line: verdict confidence evidence``. Gives the exit status.

    Raises Failure where standard output cannot be written.
    """
    return max(
        (
            guarded(item, partial(_explain, item, options))
            for item in share(inputs(paths, options), options, records=False)
        ),
        default=NOTHING,
    )


def _explain(item: Input, options: Options) -> int:
    from texttool.filters import unwrap

    document = read(item, options).document
    if document is not None:
        name = visible(document.path)
        for line, join, confidence, evidence in unwrap.explain(document.text, options.layout):
            streams.out(f"{name}:{line}: {'join' if join else 'keep'} {confidence:.2f} {evidence}\n".encode())
    return NOTHING
