"""Texts in figures: of all together, or of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from texttool import streams
from texttool.config import Options
from texttool.corpus.counting import Counted, Counter
from texttool.corpus.intake import NOTHING, listed
from texttool.corpus.kinds import suffixes
from texttool.corpus.shard import share
from texttool.corpus.shared import each
from texttool.measure.tally import Tally
from texttool.report import figures


def stats(paths: tuple[Path, ...], options: Options) -> int:
    """Writes the figures of the texts under ``paths``. Gives the exit status. Raises Failure."""
    run = _Run(paths, options)
    write = {"json": run.json, "csv": run.csv}.get(options.output_format, run.table)
    for piece in write():
        streams.out(piece.encode() if isinstance(piece, str) else piece)
    return run.status


class _Run:
    """The texts one by one, and the sum of those that have come."""

    def __init__(self, paths: tuple[Path, ...], options: Options) -> None:
        self.options = options
        self.items = list(share(listed(paths, options, suffixes(options)), options, records=False))
        self.work = Counter(options)
        self.total = Tally()
        self.status = NOTHING

    def counted(self) -> Iterator[Counted]:
        """Each text with its figures."""
        for taken in each(self.items, self.work, self.options, writes=self.options.each):
            self.status = max(self.status, taken.status)
            for value in taken.values:
                self.total.update(value.tally)
                yield value

    def json(self) -> Iterator[str]:
        """An object: ``total``, and ``texts``, an object a line, where each is asked for."""
        yield "{"
        if self.options.each:
            yield '"texts": ['
            for i, (path, tally) in enumerate(self.counted()):
                yield f"{',' if i else ''}\n{figures.row(path, tally)}"
            yield "\n],\n"
        else:
            _through(self.counted())
        yield f'"total": {figures.as_json(self.total)}}}\n'

    def csv(self) -> Iterator[str]:
        """A row a text, as they come; or one of them all."""
        yield figures.as_csv(figures.columns())
        if self.options.each:
            for path, tally in self.counted():
                yield figures.as_csv(figures.cells(path, tally))
        else:
            _through(self.counted())
            yield figures.as_csv(figures.cells("total", self.total))

    def table(self) -> Iterator[bytes]:
        """Tables for people; of each text a line, where that is asked for."""
        from texttool.report import figuretables, screen

        columns, color = screen.width(), self.options.color
        if self.options.each:
            for one in self.counted():
                yield screen.drawn((figuretables.line(one.path, figures.figures(one.tally)),), color, columns)
            yield b"\n"
        else:
            _through(self.counted())
        yield screen.drawn(figuretables.drawn(figures.figures(self.total), columns), color, columns)


def _through(counted: Iterable[Counted]) -> None:
    """Lets them all come; they are summed up as they do."""
    for _ in counted:
        pass
