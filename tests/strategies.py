"""Texts that find faults: Han, marks of both widths, white space, digits, Latin, and what hides or breaks."""

from __future__ import annotations

import os

from hypothesis import settings
from hypothesis import strategies as st

from texttool.edits import Edits

HAN = "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说"
MARKS = ",.;:?!()，。；：？！（）、“”‘’\"'《》〈〉…—-·"
CONTROLS = "\x00\x07\x1b\x7f\x85\u00a0\u00ad\u200b\u202e\u2028\ufeff"
ALPHABET = HAN + MARKS * 3 + " 　\t\n\n\n\r0123456789abcABC" + CONTROLS + "é한가あア\U00020000\U0001f600"

texts = st.text(st.sampled_from(ALPHABET), max_size=120)
# Bytes that no encoding explains, as the decoder hands them on.
damaged = st.text(st.sampled_from(ALPHABET + "\udc80\udcff"), max_size=60)


@st.composite
def edits_of(draw: st.DrawFn, source: str) -> Edits:
    """Valid edits of one text: replacements, deletions, insertions, and edits that change nothing."""
    points = sorted(draw(st.lists(st.integers(0, len(source)), max_size=12)))
    made: list[tuple[int, int, str]] = []
    for start, end in zip(points[::2], points[1::2], strict=False):
        if not made or (made[-1][1] <= start and made[-1][:2] < (start, end)):
            made.append((start, end, draw(st.one_of(st.text("xy，\n", max_size=3), st.just(source[start:end])))))
    return Edits.of(made)


@st.composite
def two_steps(draw: st.DrawFn) -> tuple[str, Edits, str, Edits]:
    """A text, edits of it, the text they make, and edits of that."""
    source = draw(st.text("ab\n，", max_size=14))
    first = draw(edits_of(source))
    middle = first.apply(source)
    return source, first, middle, draw(edits_of(middle))


def laws(examples: int) -> settings:
    """So many examples of a law; ``make fuzz`` multiplies them."""
    return settings(max_examples=examples * int(os.environ.get("FUZZ", "1")))
