"""What holds for one document: the rules that its name leaves, and the guard that its markup and comments make."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from texttool.config import Options
from texttool.document import Document
from texttool.finding import Finding
from texttool.guard import Guard
from texttool.markup import Marked, format_of, marked
from texttool.pipeline import Pipeline
from texttool.rule import Rule
from texttool.visible import excerpt

UNUSED, FAULTY = "TT001", "TT002"


class PerFile:
    """Narrows the pipeline of a run to what each document may be cleaned with."""

    def __init__(self, options: Options, pipeline: Pipeline) -> None:
        self.pipeline = pipeline
        self._ignored: list[tuple[Callable[[str], bool], tuple[str, ...]]] = []
        if options.per_file_ignores:
            from texttool.ignores import matcher

            ignores = options.per_file_ignores.items()
            self._ignored = [(matcher((pattern,), options.root), codes) for pattern, codes in ignores]

    def pipeline_of(self, path: str) -> Pipeline:
        """The pipeline without the rules that are ignored in this file, however they were selected."""
        codes = tuple(code for matches, codes in self._ignored if matches(path) for code in codes)
        if not codes:
            return self.pipeline
        rules = tuple(rule for rule in self.pipeline.rules if not rule.code.startswith(codes))
        return Pipeline(rules, self.pipeline.unsafe)


def mark(document: Document) -> tuple[Guard | None, Marked | None]:
    """The guard over a document and its markup; None where it is of no format that has any."""
    kind = format_of(document.path)
    if kind is None:
        return None, None
    found = marked(document.text, kind)
    from texttool.markup.suppress import suppressions

    wanted, _ = suppressions(document.text, found.comments)
    return Guard(found.protected, wanted), found


def of_comments(text: str, found: Marked, guard: Guard, rules: Sequence[Rule]) -> Iterator[Finding]:
    """What is to be said of the comments to us, once the rules have run: those unused, and those that say nothing."""
    from texttool.markup.suppress import suppressions

    chosen = {rule.code: rule for rule in rules}
    if FAULTY in chosen:
        for (start, end), why in suppressions(text, found.comments)[1]:
            yield _finding(chosen[FAULTY], text, start, end, why)
    for i, one in enumerate(guard.suppressed if UNUSED in chosen else ()):
        # A rule that did not run might have needed it; a code of no rule at all never does.
        if i in guard.used:
            continue
        if _no_rule(one.code):
            yield _finding(chosen[UNUSED], text, *one.at, f"{one.code}, which no rule has,")
        elif any(code.startswith(one.code) for code in chosen):
            yield _finding(chosen[UNUSED], text, *one.at, one.code)


def _no_rule(code: str) -> bool:
    from texttool.rulebook import every_rule

    return not any(rule.code.startswith(code) for rule in every_rule())


def _finding(rule: Rule, text: str, start: int, end: int, what: str) -> Finding:
    found = text[start:end]
    return Finding(rule.code, start, end, found, found, rule.message.format(found=excerpt(what, 120)), rule.name)
