"""Whether work grows with the text and no faster: every rule alone, on texts made of one short piece over and over.

A rule that shares a scan with others runs with them. A ratio of 4 is linear; above 6 there is something to look into.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from itertools import groupby

from texttool import pipeline, rulebook
from texttool.rule import Rule

SIZE = 20_000  # code points; and four times that
MOST = 6  # of the ratio of their times
LEAST = 0.02  # seconds: what takes less is noise

# What rules look at: marks, spaces, line ends, openers that nothing closes, numbers, labels.
PIECES = (
    *"，。“”（\"'(.-…一a1\t\n \u3000\u200b《<$\\`|=",
    *(
        ",\n",
        " \n",
        "甲\n",
        "甲,",
        "a.",
        "1.",
        "“（",
        "甲 ",
        "a b\n",
        "第一",
        "一、",
        "(1)",
        "12\n",
        "\x0c",
        "- ",
        "---\n",
    ),
    *("http://", "a@b.", "Ã©", "\u3000\u3000甲\n", "甲乙。\n\n", "\r\n"),
)


def groups() -> Iterator[list[Rule]]:
    """The rules as they run: alone, or with those that share their scan."""
    for _, group in groupby(enumerate(rulebook.every_rule()), key=lambda item: item[1].scan or item[0]):
        yield [rule for _, rule in group]


def hostile(rules: list[Rule], size: int) -> Iterator[tuple[str, str]]:
    """Pieces, and texts of about ``size`` code points made of them: the common ones and the rules' own examples."""
    own = [before for rule in rules for before, _ in rule.examples] + [
        text for rule in rules for text, *_ in rule.finds
    ]
    for piece in (*PIECES, *filter(None, own)):
        yield piece, piece * (size // len(piece)) + "x"


def seconds(rules: list[Rule], text: str) -> float:
    """CPU time of one run."""
    started = time.process_time()
    pipeline.run(text, rules, unsafe=True)
    return time.process_time() - started


def main() -> None:
    """Prints, for each rule, the text on which its time grows most when the text grows fourfold."""
    for rules in groups():
        worst = (0.0, 0.0, "nothing that takes time")
        for (piece, short), (_, long) in zip(hostile(rules, SIZE), hostile(rules, 4 * SIZE), strict=True):
            seconds(rules, short)  # patterns compiled, tables read
            little, much = (min(seconds(rules, text) for _ in range(2)) for text in (short, long))
            if much > LEAST:
                worst = max(worst, (much / max(little, LEAST / 4), much, piece))
        mark = "  <- look into this" if worst[0] > MOST else ""
        print(f"{rules[0].code}  x {worst[0]:5.1f}  {worst[1]:6.2f} s  {worst[2][:24]!r}{mark}", flush=True)


if __name__ == "__main__":
    main()
